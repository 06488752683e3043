/** Who was asked in and has not come yet; a new link is shown once, with the way to copy it. */
import './texts.ts'
import type { Invitation } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Mail from 'lucide-react/icons/mail'
import RotateCw from 'lucide-react/icons/rotate-cw'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { Badge } from '../ui/Badge.tsx'
import { Button, IconButton } from '../ui/Button.tsx'
import { CopyButton } from '../ui/Copy.tsx'
import { Icon } from '../ui/Icon.tsx'
import { invitationsQuery, type Shown, useInvitations } from './use-invitations.ts'

type Props = { shown: Shown | null; onShown: (shown: Shown | null) => void }

export function OpenInvitations({ shown, onShown }: Props) {
  const { t } = useTranslation('invitations')
  const { data: items = [] } = useQuery(invitationsQuery)
  const commands = useInvitations(onShown)
  return (
    <>
      {shown && (
        <div className="banner ok invite-link" role="status">
          <span className="grow">
            {t(shown.mailed ? 'sent' : 'byHand', { email: shown.email })}
            <span className="snippet">
              <span className="mono invite-url" dir="ltr">
                {shown.link}
              </span>
              <CopyButton text={shown.link} />
            </span>
          </span>
          <IconButton size="sm" icon={X} label={t('link', { email: shown.email })} onClick={() => onShown(null)} />
        </div>
      )}
      {items.length > 0 && (
        <>
          <h2 className="title section">{t('open')}</h2>
          <ul className="lbox">
            {items.map((invitation) => (
              <Row
                key={invitation.id}
                invitation={invitation}
                busy={commands.resend.isPending || commands.revoke.isPending}
                onAgain={() => commands.resend.mutate(invitation)}
                onRevoke={() => commands.revoke.mutate(invitation)}
              />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

const DAY_MS = 24 * 60 * 60 * 1000

type RowProps = { invitation: Invitation; busy: boolean; onAgain: () => void; onRevoke: () => void }

function Row({ invitation: { email, role, invitedBy, expiresAt }, busy, onAgain, onRevoke }: RowProps) {
  const { t } = useTranslation(['invitations', 'shell'])
  const left = Math.ceil((new Date(expiresAt).getTime() - Date.now()) / DAY_MS)
  return (
    <li className="lrow tall">
      <span className="invite-mark">
        <Icon of={Mail} size="s" />
      </span>
      <span className="grow">
        <span className="strong tr block" dir="ltr">
          {email}
        </span>
        <span className="sub tr block">
          {t(`shell:roles.${role}`)}
          {invitedBy && ` · ${t('invitations:by', { name: invitedBy })}`}
        </span>
      </span>
      {left <= 0 ? (
        <Badge tone="warn">{t('invitations:ended')}</Badge>
      ) : (
        <span className="small t3 hide-s">{t('invitations:endsIn', { count: left })}</span>
      )}
      <Button
        size="sm"
        icon={RotateCw}
        disabled={busy}
        aria-label={t('invitations:againNamed', { email })}
        onClick={onAgain}
      >
        {t('invitations:again')}
      </Button>
      <IconButton
        size="sm"
        icon={X}
        label={t('invitations:revokeNamed', { email })}
        disabled={busy}
        onClick={onRevoke}
      />
    </li>
  )
}
