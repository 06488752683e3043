/** Who the contact is and how to reach them; stage and tags of this conversation. */
import type { Contact, Conversation } from '@earshot/contracts'
import X from 'lucide-react/icons/x'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { loadLate } from '../app/load-late.ts'
import { useContactOnline } from '../conversations/live.ts'
import { useAddress } from '../conversations/use-address.ts'
import { ContactAvatar } from '../ui/Avatar.tsx'
import { IconButton } from '../ui/Button.tsx'
import { ChannelMark } from '../ui/ChannelMark.tsx'
import { CopyValue } from '../ui/Copy.tsx'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { ContactName } from './ContactName.tsx'
import { SeeMore } from './SeeMore.tsx'
import { StageMenu } from './StageMenu.tsx'
import { Tags } from './Tags.tsx'
import { AssigneeMenu, PriorityMenu, SnoozeMenu } from './WorkMenus.tsx'

const FollowUpConsent = lazy(() => loadLate(() => import('../settings/follow-ups/FollowUpConsent.tsx')))
const ScheduledFollowUp = lazy(() => loadLate(() => import('../settings/follow-ups/ScheduledFollowUp.tsx')))

type Props = { conversation: Conversation; contact: Contact | undefined }

export function ContactCard({ conversation, contact }: Props) {
  const { t } = useTranslation('conversations')
  const { showDetails, search } = useAddress()
  const { name, phone, email } = conversation.contact
  const heading = useRef<HTMLDivElement>(null)
  const shownAlone = search.pane === 'details'
  useEffect(() => {
    if (shownAlone) heading.current?.focus({ preventScroll: true })
  }, [shownAlone])
  return (
    <div className="sec">
      <div className="row g5 t" ref={heading} tabIndex={-1}>
        <ContactAvatar name={name} size="lg" corner={<ChannelMark kind={conversation.channel.kind} />} />
        <div className="grow">
          <ContactName contact={conversation.contact} />
          <div className="small t3">
            <LastSeen conversation={conversation} />
          </div>
        </div>
        <IconButton className="only-m" label={t('panel.close')} icon={X} onClick={() => showDetails(false)} />
      </div>
      <dl className="kv facts">
        <dt>{t('panel.phone')}</dt>
        <dd>
          {phone ? <CopyValue className="num" text={phone} label={t('panel.copyPhone', { value: phone })} /> : <None />}
        </dd>
        <dt>{t('panel.email')}</dt>
        <dd>{email ? <CopyValue text={email} label={t('panel.copyEmail', { value: email })} /> : <None />}</dd>
        <dt>{t('panel.stage')}</dt>
        <dd>
          <StageMenu conversation={conversation} />
        </dd>
        <dt>{t('work.assignee')}</dt>
        <dd>
          <AssigneeMenu conversation={conversation} />
        </dd>
        <dt>{t('work.priorityLabel')}</dt>
        <dd>
          <PriorityMenu conversation={conversation} />
        </dd>
        <dt>{t('work.snoozeLabel')}</dt>
        <dd>
          <SnoozeMenu conversation={conversation} />
        </dd>
        <Suspense>
          <FollowUpConsent contactId={conversation.contact.id} />
          <ScheduledFollowUp conversation={conversation} />
        </Suspense>
        <dt>{t('panel.tags')}</dt>
        <dd className="row g2 wrap tagline">
          <Tags conversation={conversation} />
        </dd>
      </dl>
      <SeeMore conversation={conversation} contact={contact} />
    </div>
  )
}

function None() {
  const { t } = useTranslation('conversations')
  return <span className="none">{t('panel.none')}</span>
}

function LastSeen({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const online = useContactOnline(conversation.id)
  const { lastActiveAt } = conversation.contact
  if (online) return <span className="ok">{t('panel.online')}</span>
  if (!lastActiveAt) return t('panel.neverSeen')
  return (
    <>
      {t('panel.lastActive')} <RelativeTime at={lastActiveAt} />
    </>
  )
}
