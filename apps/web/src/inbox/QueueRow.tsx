/** One conversation of the queue: its clock, who, their last words, why they wait, and the next thing to do. */
import type { QueueItem } from '@earshot/contracts'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { AnswerButton } from '../calls/incoming/AnswerButton.tsx'
import { useRunningCall } from '../calls/incoming/use-waiting-calls.ts'
import { codeWords } from '../conversations/code-words.ts'
import { firstName } from '../conversations/names.ts'
import { plainPreview } from '../conversations/plain-preview.ts'
import { ContactAvatar, OperatorAvatar } from '../ui/Avatar.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { ChannelMark } from '../ui/ChannelMark.tsx'
import { absoluteTime } from '../ui/relative-time.ts'
import { Stage } from '../ui/Stage.tsx'
import type { QueueTab } from './inbox-search.ts'
import { SlaRing } from './SlaRing.tsx'
import { useContactName } from './use-contact-name.ts'
import { useQueueCommands } from './use-queue-commands.ts'

type Props = {
  item: QueueItem & { gone?: boolean }
  memberId: string
  isSelected: boolean
  isOpen: boolean
  tab: QueueTab | undefined
  mayAct: boolean
  onSelect: (id: string) => void
  onOpen: (event: { preventDefault: () => void; detail: number }, id: string) => void
}

export const QueueRow = memo(function QueueRow({
  item,
  memberId,
  isSelected,
  isOpen,
  tab,
  mayAct,
  onSelect,
  onOpen,
}: Props) {
  const { t } = useTranslation(['inbox', 'conversations'])
  const { conversation, conversationId } = item
  const { stage, preview } = conversation
  const name = useContactName(conversation.contact)
  const said = preview && (preview.author === 'contact' ? preview.text : plainPreview(preview.text))
  return (
    <article className={clsx('qrow', (isOpen || isSelected) && 'on')} data-queue={conversationId}>
      <SlaRing item={item} />
      <ContactAvatar
        name={conversation.contact.name}
        size="md"
        corner={<ChannelMark kind={conversation.channel.kind} />}
      />
      <div className="grow">
        <div className="row">
          <Link
            to="/inbox/$id"
            params={{ id: conversationId }}
            search={{ queue: tab }}
            className="strong tr qopen"
            dir="auto"
            data-row={conversationId}
            aria-current={isOpen ? 'true' : undefined}
            onFocus={() => onSelect(conversationId)}
            onClick={(event) => onOpen(event, conversationId)}
          >
            {name}
          </Link>
          {item.priority === 'urgent' && <Badge tone="bad">{t('priority.urgent')}</Badge>}
          {item.priority === 'high' && <Badge tone="warn">{t('priority.high')}</Badge>}
          {/* The sentences behind a code are long; a badge is a few words. */}
          <Badge className="hide-s" tone="cust">
            <span className="tr">{item.reason ? codeWords('reason', item.reason) : t('reasonNone')}</span>
          </Badge>
        </div>
        <div className="tr t2" dir="auto">
          {said || t('conversations:nothingSaid')}
        </div>
        <div className="row small t3">
          <span className="tr" title={absoluteTime(new Date(item.requestedAt))}>
            <Where item={item} />
          </span>
          <span className="hide-s">
            <Stage stageKey={stage.key} category={stage.category} color={stage.color} name={stage.name} />
          </span>
        </div>
      </div>
      <div className="row g2 qacts">
        <Next item={item} memberId={memberId} mayAct={mayAct} isSelected={isSelected} />
      </div>
    </article>
  )
})

/** Who answered before, why it still waits, what it needs. */
function Where({ item }: { item: QueueItem & { gone?: boolean } }) {
  const { t } = useTranslation(['inbox', 'conversations'])
  const { conversation, waits, offer, skills, team } = item
  if (item.gone) return t('gone')
  const parts = [
    conversation.agent?.name ?? t('noAgent'),
    offer && t('offeredTo', { name: firstName(offer.member.name) }),
    waits && waitWords(item, t),
    skills.join(', '),
    team?.name,
  ]
  return parts.filter(Boolean).join(' · ')
}

function waitWords(
  { waits }: QueueItem,
  t: ReturnType<typeof useTranslation<['inbox', 'conversations']>>['t'],
): string {
  if (!waits) return ''
  if (waits.reason === 'out_of_hours' && waits.opensAt) return t('waits.opensAt', { at: opening(waits.opensAt) })
  return t(`waits.${waits.reason}`)
}

const opening = (at: string): string =>
  new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(new Date(at))

function Next({ item, memberId, mayAct, isSelected }: Pick<Props, 'item' | 'memberId' | 'mayAct' | 'isSelected'>) {
  const { t } = useTranslation(['inbox', 'conversations'])
  const { claim, accept } = useQueueCommands(item.conversation)
  const { holder, offer, gone } = item
  const running = useRunningCall(item.conversationId)
  const name = useContactName(item.conversation.contact)
  if (gone) return null
  if (holder) {
    const mine = holder.id === memberId
    if (mine && running) return <AnswerButton call={running} name={name} taking="have" />
    return (
      <span className="hstat human">
        <OperatorAvatar name={holder.name} size="xs" />
        <span dir="auto">{mine ? t('you') : firstName(holder.name)}</span>
      </span>
    )
  }
  if (!mayAct) return null
  const mineToAccept = offer?.member.id === memberId
  if (running?.state === 'queued')
    return (
      <AnswerButton
        call={running}
        name={name}
        taking={mineToAccept ? 'accept' : 'claim'}
        keys={isSelected && !mineToAccept ? 'C' : undefined}
      />
    )
  const { mutate, isPending } = mineToAccept ? accept : claim
  return (
    <Button
      variant={isSelected ? 'primary' : 'default'}
      keys={isSelected && !mineToAccept ? 'C' : undefined}
      busy={isPending}
      onClick={() => mutate()}
    >
      {mineToAccept ? t('offer.accept') : t('claim')}
    </Button>
  )
}
