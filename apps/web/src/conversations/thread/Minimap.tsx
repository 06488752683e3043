/** The strip under the head: when it began, the shape of what is loaded, and now. */
import type { Conversation, Entry, Review } from '@earshot/contracts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Contour } from '../../ui/Contour.tsx'
import { relativeTime } from '../../ui/relative-time.ts'
import { contourOf } from './contour-of.ts'

/** The width of one bar and its gap, before a long conversation squeezes them. */
const BAR = 5.8

type Props = {
  conversation: Conversation
  entries: readonly Entry[]
  /** The end is not among them. */
  hasNewer?: boolean
  review: Review | null | undefined
}

export function Minimap({ conversation, entries, hasNewer = false, review }: Props) {
  const { t } = useTranslation('conversations')
  const flagged = useMemo(() => positionsOf(review), [review])
  const turns = useMemo(() => contourOf(entries, flagged), [entries, flagged])
  const count = (who: string) => turns.filter((turn) => turn.who === who).length
  const operators = count('operator')
  const label = `${t('contour', { contact: count('contact'), ours: turns.length - count('contact') })}${operators > 0 ? ` ${t('contourOperator')}` : ''}`
  const from = entries[0]?.at ?? conversation.startedAt
  const active = conversation.status === 'active'
  const end = hasNewer ? (entries.at(-1)?.at ?? conversation.lastMessageAt) : conversation.lastMessageAt
  const to = active && !hasNewer ? t('now') : relativeTime(new Date(end), new Date())
  return (
    <div className="minimap">
      <span className="num">{relativeTime(new Date(from), new Date())}</span>
      <span className="shape">
        <Contour turns={turns} width={turns.length * BAR} height={22} gap={2.4} label={label} stretch />
      </span>
      <span className="num">{to}</span>
    </div>
  )
}

function positionsOf(review: Review | null | undefined): ReadonlySet<number> {
  const open = review?.flags.filter((flag) => flag.state !== 'dismissed') ?? []
  return new Set(open.flatMap((flag) => flag.evidence.map(({ position }) => position)))
}
