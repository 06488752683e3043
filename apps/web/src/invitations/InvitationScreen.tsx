/** Where an invitation's link leads: who asks whom in as what; a name and a password, or the password one has, and one is in. */
import './texts.ts'
import { call } from '@earshot/client'
import { acceptInvitation, readInvitation } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthError, signIn } from '../app/auth.ts'
import { problemText } from '../app/problem.ts'
import { meQuery } from '../app/session.ts'
import { useTitle } from '../app/title.ts'
import { SignInArt } from '../entry/SignInArt.tsx'
import { BrandMark } from '../ui/BrandMark.tsx'
import { Button } from '../ui/Button.tsx'
import { PasswordField, TextField } from '../ui/Field.tsx'
import { Banner } from '../ui/States.tsx'

type Asked = Awaited<ReturnType<typeof call<typeof readInvitation>>>

export function InvitationScreen() {
  const { t } = useTranslation(['invitations', 'common', 'shell'])
  // Behind the #, which no server is told.
  const token = useLocation({ select: ({ hash }) => hash })
  const asked = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => call(readInvitation, { body: { token }, signal }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  useTitle(t('invitations:page.title'))
  return (
    <div className="auth">
      <main className="pane" id="main">
        <div className="row">
          <BrandMark />
          <span className="title">{t('common:product')}</span>
        </div>
        <div className="door">
          {asked.data && <Join token={token} asked={asked.data} />}
          {asked.error && <Gone />}
        </div>
        <div className="row small t3">{window.location.host}</div>
      </main>
      <SignInArt />
    </div>
  )
}

function Gone() {
  const { t } = useTranslation('invitations')
  const navigate = useNavigate()
  return (
    <>
      <div>
        <h1 className="head big">{t('page.gone')}</h1>
        <p className="t3">{t('page.goneText')}</p>
      </div>
      <Button size="lg" onClick={() => void navigate({ to: '/sign-in' })}>
        {t('page.toSignIn')}
      </Button>
    </>
  )
}

function Join({ token, asked }: { token: string; asked: Asked }) {
  const { t } = useTranslation(['invitations', 'shell'])
  const { email, role, workspaceName, invitedBy, hasAccount } = asked
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const join = useJoin(token, asked)
  const roleName = t(`shell:roles.${role}`)
  const ready = password !== '' && (hasAccount || (name.trim() !== '' && password.length >= 10))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready && !join.isPending) join.mutate({ name: name.trim(), password })
  }
  return (
    <>
      <div>
        <h1 className="head big" dir="auto">
          {t('page.head', { workspace: workspaceName })}
        </h1>
        <p className="t3" dir="auto">
          {invitedBy ? t('page.text', { by: invitedBy, role: roleName }) : t('page.textByNobody', { role: roleName })}
        </p>
      </div>
      <form className="fields" onSubmit={submit}>
        {join.error && (
          <Banner tone="bad" icon={CircleAlert}>
            <Refusal error={join.error} />
          </Banner>
        )}
        {hasAccount && <p>{t('page.hasAccount')}</p>}
        <TextField large label={t('email')} type="email" autoComplete="username" readOnly dir="ltr" value={email} />
        {!hasAccount && (
          <TextField
            large
            label={t('page.name')}
            autoComplete="name"
            required
            autoFocus
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <PasswordField
          large
          label={t(hasAccount ? 'page.ownPassword' : 'page.password')}
          hint={hasAccount ? undefined : t('page.passwordHint')}
          autoComplete={hasAccount ? 'current-password' : 'new-password'}
          required
          maxLength={200}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" variant="primary" size="lg" full busy={join.isPending} disabled={!ready}>
          {t('page.join')}
        </Button>
      </form>
    </>
  )
}

function Refusal({ error }: { error: Error }) {
  const { t } = useTranslation('invitations')
  if (!(error instanceof AuthError)) return problemText(error)
  if (error.status === 429) return t('page.tooMany')
  return error.status >= 400 && error.status < 500 ? t('page.wrong') : problemText(error)
}

function useJoin(token: string, { email, hasAccount }: Asked) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: async ({ name, password }: { name: string; password: string }) => {
      if (hasAccount) await signIn(email, password, true)
      await call(acceptInvitation, { body: hasAccount ? { token } : { token, name, password } })
    },
    onSuccess: async () => {
      // What was asked before belongs to nobody, or to somebody else.
      queries.removeQueries()
      await queries.fetchQuery(meQuery)
      await navigate({ to: '/conversations', replace: true })
    },
  })
}
