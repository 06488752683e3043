/** Draws each row of the transcript as what it is. */
import type { Conversation, Entry, Review } from '@earshot/contracts'
import CircleHelp from 'lucide-react/icons/circle-help'
import { type ComponentProps, lazy, memo, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { loadLate } from '../../app/load-late.ts'
import { SoundOf } from '../../audio/VoiceMessage.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { agentName } from '../names.ts'
import { DayLine } from './DayLine.tsx'
import { FunctionCall } from './FunctionCall.tsx'
import { Note } from './Note.tsx'
import type { Row } from './rows.ts'
import { SystemLine } from './SystemLine.tsx'
import { Turn } from './Turn.tsx'
import type { DrawnRows } from './use-rows.ts'

const CallEvent = lazy(() => loadLate(() => import('../../calls/transcript/CallEvent.tsx')))

type Props = { rows: DrawnRows; conversation: Conversation; review: Review | null | undefined }

export function Lines({ rows: { drawn, measure }, conversation, review }: Props) {
  const { t } = useTranslation('conversations')
  const unanswered = useMemo(() => unansweredAt(review), [review])
  const badge = (
    <Badge tone="warn" icon={CircleHelp} className="inmeta">
      {t('unanswered')}
    </Badge>
  )
  const { flow, language } = conversation
  const shared = { agent: agentName(conversation, t), flow: flow?.name ?? null, language, unanswered, badge }
  return (
    <SoundOf value={conversation.id}>
      {drawn.map(({ row, index }) => (
        <div className="linerow" key={row.key} data-index={index} ref={measure}>
          <OneRow row={row} {...shared} />
        </div>
      ))}
    </SoundOf>
  )
}

type OneProps = Omit<ComponentProps<typeof Turn>, 'author' | 'entries'> & { row: Row }

function OneRow({ row: { day, isNew, line }, ...shared }: OneProps) {
  const { t } = useTranslation('conversations')
  return (
    <>
      {day !== null && <DayLine at={day} />}
      {isNew && (
        <div className="day unreadline">
          <span>{t('newLine')}</span>
        </div>
      )}
      {line.kind === 'turn' ? (
        <Turn author={line.author} entries={line.entries} {...shared} />
      ) : (
        <OtherEntry entry={line.entry} agent={shared.agent} />
      )}
    </>
  )
}

const OtherEntry = memo(function OtherEntry({ entry, agent }: { entry: Entry; agent: string }) {
  switch (entry.kind) {
    case 'function_call':
      return <FunctionCall entry={entry} />
    case 'note':
    case 'coaching':
      return <Note kind={entry.kind} entry={entry} agent={agent} />
    case 'call_event':
      return (
        <Suspense fallback={<div className="sysline" id={`entry-${entry.position}`} />}>
          <CallEvent entry={entry} agent={agent} />
        </Suspense>
      )
    default:
      return <SystemLine entry={entry} agent={agent} />
  }
})

/** Where a question of the contact stayed open, by the last word of its evidence. */
function unansweredAt(review: Review | null | undefined): ReadonlySet<number> {
  return new Set(review?.unanswered.flatMap(({ evidence }) => evidence.slice(-1).map(({ position }) => position)) ?? [])
}
