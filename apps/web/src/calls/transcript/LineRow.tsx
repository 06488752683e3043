/** One line of the transcript of a call. */
import type { Call, Conversation, Entry } from '@earshot/contracts'
import Ear from 'lucide-react/icons/ear'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import { durationOf } from '../../contact/amounts.ts'
import { FunctionCall } from '../../conversations/thread/FunctionCall.tsx'
import { AgentAvatar, ContactAvatar, OperatorAvatar } from '../../ui/Avatar.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Markdown } from '../../ui/Markdown.tsx'
import { agentOf, transferTarget } from '../names.ts'
import { PlayFrom } from '../recorded/PlayFrom.tsx'
import CallEvent from './CallEvent.tsx'
import { type Line, spokenOf, type Voice } from './timeline.ts'

type Props = { line: Line; call: Call; conversation: Conversation }

export const LineRow = memo(function LineRow({ line, call, conversation }: Props) {
  if (line.kind === 'tool')
    return (
      <div className="calltool">
        <FunctionCall entry={line.entry} />
      </div>
    )
  if (line.kind === 'coach') return <Coaching line={line} call={call} />
  if (line.kind === 'event') return <Happened entry={line.entry} call={call} />
  return <Said line={line} call={call} contact={conversation.contact.name} />
})

function Happened({ entry, call }: { entry: Entry; call: Call }) {
  const { t } = useTranslation('calls')
  return <CallEvent entry={entry} agent={agentOf(call, t)} />
}

export const LETTER: Record<Voice, string> = { contact: 'c', agent: 'a', operator: 'h', external: 'h' }

export function Face({ voice, name }: { voice: Voice; name: string | null }) {
  if (voice === 'agent') return <AgentAvatar size="sm" />
  return voice === 'contact' ? <ContactAvatar name={name} size="sm" /> : <OperatorAvatar name={name} size="sm" />
}

type SaidLine = Extract<Line, { kind: 'said' }>

function Said({ line, call, contact }: { line: SaidLine; call: Call; contact: string | null }) {
  const { t } = useTranslation('calls')
  const { entry, voice, atMs } = line
  const name = useSpeakerName(call, voice, voice === 'contact' ? contact : line.name)
  return (
    <div className={`tl ${LETTER[voice]}`} id={`entry-${entry.position}`}>
      <time>{durationOf(atMs)}</time>
      <Begins line={line} call={call}>
        <Face voice={voice} name={voice === 'contact' ? contact : line.name} />
      </Begins>
      <div>
        <div className="nm">
          <span dir="auto">{name}</span>
          {voice === 'operator' && <span className="t3 plain">{t('operator')}</span>}
        </div>
        <div className="tx" dir="auto">
          <Words entry={entry} voice={voice} />
        </div>
      </div>
    </div>
  )
}

/** Who it is while the call goes on; once it is over, the way to hear it. */
function Begins({ line, call, children }: { line: SaidLine; call: Call; children: ReactNode }) {
  const of = spokenOf(line.entry)
  if (call.state !== 'ended' || call.recording.state !== 'ready' || !of) return children
  return <PlayFrom conversationId={call.conversationId} callId={of.callId} position={line.entry.position} />
}

function Words({ entry: { text }, voice }: { entry: Entry; voice: Voice }) {
  const { t } = useTranslation('calls')
  if (!text) return <span className="none">{t('transcript.unwritten')}</span>
  return voice === 'contact' ? text : <Markdown text={text} />
}

export function useSpeakerName(call: Call, voice: Voice, name: string | null): string {
  const { t } = useTranslation('calls')
  if (voice === 'contact') return name ?? t('theContact')
  if (voice === 'external') return transferTarget(call) || t('who.external')
  if (voice === 'operator') return name ?? t('operator')
  return name ?? agentOf(call, t)
}

/** Only the agent gets it; what became of it stands below. */
function Coaching({ line: { coaching, atMs }, call }: { line: Extract<Line, { kind: 'coach' }>; call: Call }) {
  const { t } = useTranslation('calls')
  const { member } = useSession()
  const { text, by, state, seenAt, appliedAt } = coaching
  const agent = agentOf(call, t)
  const start = Date.parse(call.answeredAt ?? call.startedAt)
  const clock = (at: string | null) => (at === null ? '' : durationOf(Math.max(0, Date.parse(at) - start)))
  const time = durationOf(atMs)
  const said = by.id === member.id ? t('coaching.byYou', { time }) : t('coaching.by', { name: by.name, time })
  return (
    <div className="coach callcoach">
      <Icon of={Ear} size="s" />
      <div>
        <div dir="auto" className="asis">
          {text}
        </div>
        <div className="m">
          {said} {t(`coaching.${state}`, { agent, time: clock(state === 'applied' ? appliedAt : seenAt) })}
        </div>
      </div>
    </div>
  )
}
