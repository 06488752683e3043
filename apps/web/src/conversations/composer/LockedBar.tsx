/** Why nobody types here now, and the one thing that changes it. */

import type { Conversation } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import Clock from 'lucide-react/icons/clock'
import Eye from 'lucide-react/icons/eye'
import Hand from 'lucide-react/icons/hand'
import StickyNote from 'lucide-react/icons/sticky-note'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useQueueCommands } from '../../inbox/use-queue-commands.ts'
import { AgentAvatar, OperatorAvatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { readerLocale } from '../../ui/reader-locale.ts'
import { clockTime } from '../../ui/relative-time.ts'
import { codeWords } from '../code-words.ts'
import { useAsk } from '../control/dialog-context.ts'
import { useBlocking, useLifecycle } from '../control/use-commands.ts'
import { agentName } from '../names.ts'
import { contactQuery } from '../queries.ts'
import { useAddress } from '../use-address.ts'
import type { ComposerMode } from './mode.ts'

type Props = { conversation: Conversation; mode: Exclude<ComposerMode, 'open'> | ComposerMode; onNote: () => void }

export function LockedBar({ conversation, mode, onNote }: Props) {
  const { t } = useTranslation('conversations')
  const values = { agent: agentName(conversation, t), name: conversation.assignee?.name ?? t('operator') }
  const ask = useAsk()
  const mayForce = useMay('supervisor')
  const takeOver = (
    <Button variant="primary" icon={Hand} keys="R" onClick={() => ask('takeOver')}>
      {t('takeOver.verb')}
    </Button>
  )
  const note = (
    <Button icon={StickyNote} keys="N" onClick={onNote}>
      {t('note.short')}
    </Button>
  )
  switch (mode) {
    case 'agent':
      return (
        <Bar
          mark={<AgentAvatar size="sm" />}
          title={t('locked.agent.title', values)}
          text={t('locked.agent.text', values)}
          actions={[note, takeOver]}
        />
      )
    case 'queue':
      return (
        <Bar
          mark={<Mark icon={Clock} tone="warn" />}
          title={t('locked.queue.title', values)}
          text={<Waiting conversation={conversation} />}
          actions={[note, <Claim conversation={conversation} otherwise={takeOver} key="claim" />]}
        />
      )
    case 'taken':
      return (
        <Bar
          mark={<OperatorAvatar name={values.name} size="sm" />}
          title={t('locked.taken.title', values)}
          text={t(mayForce ? 'locked.taken.force' : 'locked.taken.text', values)}
          actions={mayForce ? [note, takeOver] : [note]}
        />
      )
    case 'blocked':
      return <BlockedBar conversation={conversation} />
    case 'closed':
      return <ClosedBar conversation={conversation} note={note} />
    default:
      return (
        <Bar mark={<Mark icon={Eye} />} title={t('locked.viewer.title')} text={t('locked.viewer.text')} actions={[]} />
      )
  }
}

/** C claims wherever somebody waits. In the inbox that is the button; elsewhere taking over asks first. */
function Claim({ conversation, otherwise }: { conversation: Conversation; otherwise: ReactNode }) {
  const { t } = useTranslation('inbox')
  const { inInbox } = useAddress()
  const { claim } = useQueueCommands(conversation)
  const take = () => {
    if (!claim.isPending) claim.mutate()
  }
  useShortcuts([{ keys: 'C', group: 'act', label: t('claim'), run: take }])
  if (!inInbox) return otherwise
  return (
    <Button variant="primary" icon={Hand} keys="C" busy={claim.isPending} onClick={take}>
      {t('claim')}
    </Button>
  )
}

type BarProps = { mark: ReactNode; title: ReactNode; text: ReactNode; actions: ReactNode[] }

function Bar({ mark, title, text, actions }: BarProps) {
  return (
    <div className="composer locked" role="status">
      <div className="row lockbar">
        {mark}
        <div className="grow">
          <div className="strong" dir="auto">
            {title}
          </div>
          <div className="small t3">{text}</div>
        </div>
        {actions.map((action, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two fixed places
          <span key={i}>{action}</span>
        ))}
      </div>
    </div>
  )
}

function Mark({ icon, tone }: { icon: typeof Clock; tone?: 'warn' | 'bad' | 'ok' }) {
  return (
    <span className={tone ?? 't3'}>
      <Icon of={icon} size="l" />
    </span>
  )
}

function Waiting({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const { handoff } = conversation
  if (!handoff?.requestedAt) return t('locked.queue.text')
  const since = clockTime(new Date(handoff.requestedAt))
  const reason = handoff.reason ? codeWords('reason', handoff.reason) : t('reason.other')
  return t('locked.queue.since', { since, reason })
}

function BlockedBar({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const { unblock } = useBlocking(conversation)
  const { data: contact } = useQuery(contactQuery(conversation.contact.id))
  const block = contact?.blocks.find(({ channelId }) => channelId === conversation.channel.id)
  const date = (at: string) =>
    new Intl.DateTimeFormat(readerLocale(), {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    }).format(new Date(at))
  const by = block && t(block.by ? 'locked.blocked.by' : 'locked.blocked.on', { name: block.by, at: date(block.at) })
  const until =
    block &&
    (block.expiresAt ? t('locked.blocked.until', { at: date(block.expiresAt) }) : t('locked.blocked.untilLifted'))
  const reason = block?.reason && t('locked.blocked.reason', { reason: block.reason })
  return (
    <Bar
      mark={<Mark icon={Ban} tone="bad" />}
      title={t('locked.blocked.title')}
      text={[t('locked.blocked.text'), by && `${by}, ${until}.`, reason].filter(Boolean).join(' ')}
      actions={[
        <Button variant="primary" busy={unblock.isPending} onClick={() => unblock.mutate()} key="unblock">
          {t('block.lift')}
        </Button>,
      ]}
    />
  )
}

function ClosedBar({ conversation, note }: { conversation: Conversation; note: ReactNode }) {
  const { t } = useTranslation('conversations')
  const { reopen } = useLifecycle(conversation)
  const archived = conversation.status === 'archived'
  return (
    <Bar
      mark={<Mark icon={Check} />}
      title={t(archived ? 'locked.closed.archived' : 'locked.closed.title')}
      text={t('locked.closed.text')}
      actions={[
        note,
        <Button variant="primary" busy={reopen.isPending} onClick={() => reopen.mutate()} key="reopen">
          {t('reopen')}
        </Button>,
      ]}
    />
  )
}
