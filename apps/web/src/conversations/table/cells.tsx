/** What stands in each cell of the table. What is not known is said; no cell is ever just blank. */
import type { Outcome } from '@earshot/contracts'
import Check from 'lucide-react/icons/check'
import Flag from 'lucide-react/icons/flag'
import Forward from 'lucide-react/icons/forward'
import LogOut from 'lucide-react/icons/log-out'
import Quote from 'lucide-react/icons/quote'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'
import { writeWords } from '../../app/address-words.ts'
import { AgentAvatar, ContactAvatar } from '../../ui/Avatar.tsx'
import { Tag, Unread } from '../../ui/Badge.tsx'
import { Channel, ChannelMark } from '../../ui/ChannelMark.tsx'
import { Icon, type IconShape } from '../../ui/Icon.tsx'
import { QualityBar, Stars } from '../../ui/Score.tsx'
import { Stage } from '../../ui/Stage.tsx'
import { Highlighted } from '../highlight.tsx'
import { HandlerMark } from '../list/ConversationRow.tsx'
import { MatchSnippet } from '../MatchSnippet.tsx'
import { contactName } from '../names.ts'
import { plainPreview } from '../plain-preview.ts'
import type { Hit } from '../queries.ts'
import type { ConversationSearch } from '../search.ts'
import { dayAndTime, lasted } from './cell-words.ts'
import type { ColumnKey } from './columns.ts'
import { useSay } from './say.ts'

export type CellProps = {
  row: Hit
  memberId: string
  company: string | null
  kept: ConversationSearch
  tabStop: boolean
}

export function Cell({ column, ...props }: CellProps & { column: ColumnKey }): ReactNode {
  const { row, memberId } = props
  const { t, words } = useSay()
  switch (column) {
    case 'contact':
      return <ContactCell {...props} />
    case 'agent':
      return <AgentCell {...props} />
    case 'channel':
      return <Channel kind={row.channel.kind}>{words(`channel.${row.channel.kind}`)}</Channel>
    case 'status':
      return <span className={`status ${row.status}`}>{words(`status.${row.status}`)}</span>
    case 'outcome':
      return <OutcomeMark outcome={row.outcome} />
    case 'messages':
      return <span className="num">{row.messageCount.toLocaleString()}</span>
    case 'rating':
      return <RatingCell row={row} />
    case 'quality':
      return <QualityBar score={row.quality} none={t('cell.notReviewed')} />
    case 'date':
      return <time dateTime={row.startedAt}>{dayAndTime(row.startedAt, t)}</time>
    case 'flagged':
      return <Flagged count={row.flagCount} />
    case 'tags':
      return <TagsCell row={row} />
    case 'session':
      return <span className="mono tr">{row.sessionId}</span>
    case 'flow':
      return <Text none={t('cell.noFlow')}>{row.flow?.name}</Text>
    case 'handler':
      return <HandlerMark conversation={row} memberId={memberId} />
    case 'handoff':
      return (
        <Text none={t('cell.noHandoff')}>
          {row.handoff && row.handoff.state !== 'none' ? t(`filter.handoff.${row.handoff.state}`) : null}
        </Text>
      )
    case 'stage':
      return (
        <Stage stageKey={row.stage.key} category={row.stage.category} color={row.stage.color} name={row.stage.name} />
      )
    case 'resolution':
      return <span className="tr">{t(`filter.resolution.${row.resolution}`)}</span>
    case 'duration':
      return row.status === 'active' ? (
        <span className="ongoing">{t('cell.ongoing')}</span>
      ) : (
        <span className="num">{lasted(row.durationMs)}</span>
      )
    case 'lastMessage':
      return <LastMessageCell {...props} />
    case 'functions':
      return <Text none={t('cell.noFunctions')}>{row.functions.join(', ')}</Text>
  }
}

/** The link of the row: its focus is the row's, and a middle click opens a tab. */
function ContactCell({ row, kept, tabStop }: CellProps) {
  const { words, onOpen } = useSay()
  const name = contactName(row.contact, words)
  return (
    // Not the router's link: dozens come into sight with every turn of the wheel, and each of those costs.
    <a
      href={`/conversations/${row.id}${writeWords({ ...kept, at: row.match?.position })}`}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        onOpen(row)
      }}
      className={row.unreadCount > 0 ? 'who un' : 'who'}
      data-row={row.id}
      tabIndex={tabStop ? 0 : -1}
    >
      <ContactAvatar name={row.contact.name} size="sm" />
      <span className="tr grow" dir="auto">
        <Highlighted text={name} query={kept.q} />
      </span>
      <Unread count={row.unreadCount} label={words('unreadCount', { count: row.unreadCount })} />
    </a>
  )
}

function AgentCell({ row, company }: CellProps) {
  const { t } = useSay()
  if (!row.agent) return <span className="none">{t('cell.noAgent')}</span>
  return (
    <span className="row g3">
      <AgentAvatar size="xs" />
      <span className="tr" dir="auto">
        {company ? `${row.agent.name}, ${company}` : row.agent.name}
      </span>
      <span className="t3" title={row.channel.name}>
        <ChannelMark kind={row.channel.kind} size="xs" />
      </span>
    </span>
  )
}

const OUTCOME: Record<Outcome, { icon: IconShape; look: string }> = {
  completed: { icon: Check, look: 'ok' },
  abandoned: { icon: LogOut, look: 'warn' },
  failed: { icon: TriangleAlert, look: 'bad' },
  transferred: { icon: Forward, look: 'info' },
}

export function OutcomeMark({ outcome }: { outcome: Outcome | null }) {
  const { t, words } = useSay()
  if (!outcome) return <span className="none">{t('cell.noOutcome')}</span>
  const { icon, look } = OUTCOME[outcome]
  return (
    <span className="outc">
      <Icon of={icon} size="s" className={look} />
      {words(`outcome.${outcome}`)}
    </span>
  )
}

function RatingCell({ row }: { row: Hit }) {
  const { t } = useSay()
  const stars = row.rating?.stars ?? null
  const comment = row.rating?.comment
  return (
    <span className="row g2 rated" title={comment ?? undefined}>
      <Stars stars={stars} label={t('cell.stars', { count: stars ?? 0 })} none={t('cell.noRating')} />
      {comment && (
        <>
          <Icon of={Quote} size="xs" className="t3" />
          <span className="tr t3" dir="auto">
            {comment}
          </span>
        </>
      )}
    </span>
  )
}

export function Flagged({ count }: { count: number }) {
  const { t } = useSay()
  if (count === 0) return <span className="sr">{t('cell.notFlagged')}</span>
  return (
    <span className="flag" title={t('cell.flagged', { count })}>
      <Icon of={Flag} size="s" />
      <span className="sr">{t('cell.flagged', { count })}</span>
    </span>
  )
}

function TagsCell({ row }: { row: Hit }) {
  const { t } = useSay()
  const [first, ...others] = row.tags
  if (!first) return <span className="none">{t('cell.noTags')}</span>
  return (
    <span className="row g2" title={row.tags.map(({ key, value }) => `${key}:${value}`).join('\n')}>
      <Tag name={first.key} value={first.value} />
      {others.length > 0 && <span className="t3 num small">+{others.length}</span>}
    </span>
  )
}

function LastMessageCell({ row, kept }: CellProps) {
  const { t } = useSay()
  const said = row.preview && (row.preview.author === 'contact' ? row.preview.text : plainPreview(row.preview.text))
  // While searching, the words that were found need the room.
  if (kept.q && row.match) {
    return (
      <span className="tr" dir="auto">
        <MatchSnippet match={row.match} />
      </span>
    )
  }
  return (
    <span className="row g3">
      <time className="t3" dateTime={row.lastMessageAt}>
        {dayAndTime(row.lastMessageAt, t)}
      </time>
      <span className="tr grow" dir="auto">
        {said || <span className="none">{t('cell.nothingSaid')}</span>}
      </span>
    </span>
  )
}

const Text = ({ children, none }: { children: string | null | undefined; none: string }) =>
  children ? (
    <span className="tr" dir="auto" title={children}>
      {children}
    </span>
  ) : (
    <span className="none">{none}</span>
  )
