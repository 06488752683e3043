/** Changes the password; every other session is signed out with it. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthError, changePassword } from '../app/auth.ts'
import { problemText } from '../app/problem.ts'
import { Button } from '../ui/Button.tsx'
import { PasswordField } from '../ui/Field.tsx'
import { toast } from '../ui/Toasts.tsx'
import { sessionsKey } from './SessionList.tsx'

export function PasswordForm({ email }: { email: string }) {
  const { t } = useTranslation('settings')
  const [open, setOpen] = useState(false)
  if (!open) return <Button onClick={() => setOpen(true)}>{t('profile.changePassword')}</Button>
  return <Form email={email} onClose={() => setOpen(false)} />
}

function Form({ email, onClose }: { email: string; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const queries = useQueryClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: async () => {
      toast.done(t('settings:profile.passwordChanged'))
      onClose()
      await queries.invalidateQueries({ queryKey: sessionsKey })
    },
  })
  const refused = change.error instanceof AuthError && change.error.status === 400
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (next.length >= 10) change.mutate()
  }
  return (
    <form className="fields slim" onSubmit={submit}>
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label={t('settings:profile.currentPassword')}
        autoComplete="current-password"
        required
        autoFocus
        value={current}
        error={refused ? t('settings:profile.passwordWrong') : change.error ? problemText(change.error) : undefined}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <PasswordField
        label={t('settings:profile.newPassword')}
        hint={t('settings:profile.newPasswordHint')}
        autoComplete="new-password"
        required
        minLength={10}
        maxLength={200}
        value={next}
        onChange={(event) => setNext(event.target.value)}
      />
      <div className="row">
        <Button type="submit" variant="primary" busy={change.isPending} disabled={next.length < 10 || current === ''}>
          {t('settings:profile.changePassword')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {t('common:cancel')}
        </Button>
      </div>
    </form>
  )
}
