/** You: name, password, and where you are signed in. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { changeName } from '../app/auth.ts'
import { LeaveGuard } from '../app/LeaveGuard.tsx'
import { tellProblem } from '../app/problem.ts'
import { meQuery, useSession } from '../app/session.ts'
import { useDraft } from '../app/use-draft.ts'
import { OperatorAvatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Input } from '../ui/Field.tsx'
import { toast } from '../ui/Toasts.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { SessionList } from './SessionList.tsx'
import { FormRow, SettingsPage } from './SettingsPage.tsx'

export function ProfileScreen() {
  const { t } = useTranslation(['settings', 'shell', 'common'])
  const { user, member } = useSession()
  const draft = useDraft({ name: user.name })
  const save = useSaveName()
  return (
    <SettingsPage
      documentTitle={t('settings:profile.title')}
      title={t('settings:profile.title')}
      lead={t('settings:profile.lead')}
      actions={
        <Button
          variant="primary"
          busy={save.isPending}
          disabled={!draft.changed || draft.value.name.trim() === ''}
          onClick={() => save.mutate(draft.value.name.trim(), { onSuccess: draft.reset })}
        >
          {t('common:save')}
        </Button>
      }
    >
      <div className="row g6 me-card">
        <OperatorAvatar name={member.name} size="xl" />
        <div className="grow">
          <div className="title">{member.name}</div>
          <div className="t3">{t(`shell:roles.${member.role}`)}</div>
        </div>
      </div>
      <FormRow label={t('settings:profile.name')} hint={t('settings:profile.nameHint')}>
        <Input
          aria-label={t('settings:profile.name')}
          autoComplete="name"
          maxLength={100}
          value={draft.value.name}
          onChange={(event) => draft.change({ name: event.target.value })}
        />
      </FormRow>
      <FormRow label={t('settings:profile.email')} hint={t('settings:profile.emailHint')}>
        <div className="said">{user.email}</div>
      </FormRow>
      <FormRow label={t('settings:profile.password')} hint={t('settings:profile.passwordHint')}>
        <PasswordForm email={user.email} />
      </FormRow>
      <FormRow label={t('settings:profile.sessions')} hint={t('settings:profile.sessionsHint')}>
        <SessionList />
      </FormRow>
      <LeaveGuard changed={draft.changed} />
    </SettingsPage>
  )
}

function useSaveName() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (name: string) => {
      await changeName(name)
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
    },
    onSuccess: () => toast.done(t('saved')),
    onError: tellProblem,
  })
}
