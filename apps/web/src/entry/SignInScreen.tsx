/** The door: email and password, and the shape of a conversation beside it. */
import './texts.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthError, signIn } from '../app/auth.ts'
import { setupQuery } from '../app/guards.ts'
import { problemText } from '../app/problem.ts'
import { meQuery } from '../app/session.ts'
import { useTitle } from '../app/title.ts'
import { BrandMark } from '../ui/BrandMark.tsx'
import { Button } from '../ui/Button.tsx'
import { Checkbox } from '../ui/Choice.tsx'
import { PasswordField, TextField } from '../ui/Field.tsx'
import { Banner } from '../ui/States.tsx'
import { SignInArt } from './SignInArt.tsx'

export function SignInScreen() {
  const { t } = useTranslation(['entry', 'common'])
  const { data: setup } = useQuery(setupQuery)
  useTitle(t('entry:signIn.submit'))
  return (
    <div className="auth">
      <main className="pane" id="main">
        <div className="row">
          <BrandMark />
          <span className="title">{t('common:product')}</span>
        </div>
        <div className="door">
          <div>
            <h1 className="head big">{t('entry:signIn.title')}</h1>
            <p className="t3">{window.location.host}</p>
          </div>
          <SignInForm />
        </div>
        <div className="row small t3">{setup && t('entry:signIn.version', { version: setup.version })}</div>
      </main>
      <SignInArt />
    </div>
  )
}

function SignInForm() {
  const { t } = useTranslation('entry')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [remember, setRemember] = useState(true)
  const { enter, busy, refusal } = useEnter()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) void enter(email.trim(), password, remember)
  }
  return (
    <form className="fields" onSubmit={submit}>
      {refusal && (
        <Banner tone="bad" icon={CircleAlert}>
          {refusal}
        </Banner>
      )}
      <TextField
        large
        label={t('signIn.email')}
        type="email"
        autoComplete="username"
        required
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordField
        large
        label={t('signIn.password')}
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Checkbox checked={remember} onChange={setRemember}>
        {t('signIn.remember')}
      </Checkbox>
      <Button type="submit" variant="primary" size="lg" full busy={busy}>
        {t('signIn.submit')}
      </Button>
    </form>
  )
}

function useEnter() {
  const { t } = useTranslation('entry')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { next } = useSearch({ from: '/sign-in' })
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const enter = async (email: string, password: string, remember: boolean) => {
    setBusy(true)
    setRefusal(null)
    try {
      await signIn(email, password, remember)
      // What was asked before belongs to nobody, or to somebody else.
      queries.removeQueries()
      await queries.fetchQuery(meQuery)
      await navigate({ href: next ?? '/conversations', replace: true })
    } catch (error) {
      setRefusal(wordsFor(error))
    } finally {
      setBusy(false)
    }
  }
  const wordsFor = (error: unknown) => {
    if (!(error instanceof AuthError)) return problemText(error)
    if (error.status === 429) return t('signIn.tooMany')
    return error.status >= 400 && error.status < 500 ? t('signIn.wrong') : problemText(error)
  }
  return { enter, busy, refusal }
}
