/** Asks a person in: their address, what they may do, how long the link is good. */
import './texts.ts'
import { ROLES, type Role } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../app/problem.ts'
import { atLeast, useSession } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field, TextField } from '../ui/Field.tsx'
import { Select } from '../ui/Select.tsx'
import { type Shown, useInvitations } from './use-invitations.ts'

const LIVES = ['1', '7', '30'] as const

export function InviteDialog({ onClose, onLink }: { onClose: () => void; onLink: (shown: Shown) => void }) {
  const { t } = useTranslation(['invitations', 'common', 'shell'])
  const { member: me } = useSession()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('operator')
  const [life, setLife] = useState<(typeof LIVES)[number]>('7')
  const [tried, setTried] = useState(false)
  const { invite } = useInvitations((shown) => {
    onLink(shown)
    onClose()
  })
  const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())
  const submit = () => {
    setTried(true)
    if (isAddress && !invite.isPending) invite.mutate({ email: email.trim(), role, expiresInDays: Number(life) })
  }
  const problem = invite.error
    ? problemText(invite.error)
    : tried && !isAddress
      ? t('invitations:emailWrong')
      : undefined
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('invitations:title')}
      description={t('invitations:text')}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={invite.isPending}>
            {t('invitations:send')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('invitations:email')}
        type="email"
        inputMode="email"
        dir="ltr"
        autoComplete="off"
        maxLength={254}
        autoFocus
        value={email}
        error={problem}
        onChange={(event) => {
          setEmail(event.target.value)
          invite.reset()
        }}
      />
      <Field label={t('invitations:role')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('invitations:role')}
            value={role}
            onChange={setRole}
            options={ROLES.filter((one) => atLeast(me.role, one)).map((one) => ({
              value: one,
              label: t(`shell:roles.${one}`),
            }))}
          />
        )}
      </Field>
      <Field label={t('invitations:ends')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('invitations:ends')}
            value={life}
            onChange={setLife}
            options={LIVES.map((value) => ({ value, label: t('invitations:days', { count: Number(value) }) }))}
          />
        )}
      </Field>
    </Dialog>
  )
}
