/** Messages of one voice, said together: contact right, agent and operator left, one name and time below. */
import type { Conversation, Entry } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { memo, type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery } from '../../app/queries.ts'
import { SoundOf } from '../../audio/VoiceMessage.tsx'
import { PlayFrom } from '../../calls/recorded/PlayFrom.tsx'
import { spokenOf } from '../../calls/transcript/timeline.ts'
import { AgentAvatar, OperatorAvatar } from '../../ui/Avatar.tsx'
import { Markdown } from '../../ui/Markdown.tsx'
import { clockTime } from '../../ui/relative-time.ts'
import { Attachments } from './Attachments.tsx'
import { Citations } from './Citations.tsx'

type Props = {
  author: Entry['author']
  entries: readonly Entry[]
  /** Who the agent of the conversation is, for history that does not name its authors. */
  agent: string
  flow: string | null
  language: string | null
  /** Positions whose question stayed open, as the review found. */
  unanswered: ReadonlySet<number>
  badge: ReactNode
}

export const Turn = memo(function Turn({ author: given, entries, agent, flow, language, unanswered, badge }: Props) {
  const last = entries.at(-1)
  if (!last) return null
  const author = given.kind === 'agent' ? { ...given, name: given.name ?? agent } : given
  return (
    <div className={clsx('turn', author.kind === 'contact' && 'cu', author.kind === 'operator' && 'op')}>
      <VoiceMark author={author} />
      <div className="stackm">
        {entries.map((entry) => (
          <Bubble entry={entry} voice={author.name} language={language} key={entry.position} />
        ))}
        <Citations entries={entries} />
        <Meta author={author} last={last} flow={flow}>
          {entries.some((entry) => unanswered.has(entry.position)) && badge}
        </Meta>
      </div>
    </div>
  )
}, sameTurn)

/** Entries never change once they are in the log, except how far they were delivered. */
function sameTurn(a: Props, b: Props): boolean {
  return (
    a.entries.length === b.entries.length &&
    a.entries.every((entry, i) => entry === b.entries[i]) &&
    a.agent === b.agent &&
    a.flow === b.flow &&
    a.language === b.language &&
    a.unanswered === b.unanswered
  )
}

export function VoiceMark({ author }: { author: Pick<Entry['author'], 'kind' | 'name'> & { id?: string | null } }) {
  if (author.kind === 'agent') return <AgentVoice id={author.id ?? null} />
  if (author.kind === 'operator') return <OperatorAvatar name={author.name} size="sm" />
  return null
}

/** With its own picture, where it has one. */
function AgentVoice({ id }: { id: string | null }) {
  const { data: agents } = useQuery(agentsQuery)
  return <AgentAvatar size="sm" src={agents?.find((agent) => agent.id === id)?.avatarUrl} />
}

type BubbleProps = { entry: Entry; voice: string | null; language: string | null }

function Bubble({ entry, voice, language }: BubbleProps) {
  const { t } = useTranslation('conversations')
  const lang = entry.author.kind === 'operator' ? undefined : (language ?? undefined)
  return (
    <div className="bub" id={`entry-${entry.position}`} lang={lang} dir="auto">
      {/* With a direction of its own it does not decide that of the words. */}
      <span className="sr" dir="auto">
        {t('spoke', { name: voice ?? t(`author.${entry.author.kind}`) })}
      </span>
      {!entry.text && spokenOf(entry) && <p className="none">{t('unwritten')}</p>}
      <Words kind={entry.author.kind} text={entry.text ?? ''} />
      <Attachments files={entry.attachments} />
      <SpokenInCall entry={entry} />
    </div>
  )
}

/** What was said in a call can be heard where it stands. */
function SpokenInCall({ entry }: { entry: Entry }) {
  const conversationId = useContext(SoundOf)
  const of = spokenOf(entry)
  if (!of || conversationId === null) return null
  return <PlayFrom conversationId={conversationId} callId={of.callId} position={entry.position} showsLength />
}

/** What a contact wrote is shown to the letter; agents and operators write Markdown. */
export function Words({ kind, text }: { kind: Entry['author']['kind']; text: string }) {
  if (text === '') return null
  if (kind === 'contact') return <p className="asis">{text}</p>
  return <Markdown text={text} />
}

type MetaProps = { author: Entry['author']; last: Entry; flow: string | null; children: ReactNode }

function Meta({ author, last, flow, children }: MetaProps) {
  const { t } = useTranslation('conversations')
  const time = <time dateTime={last.at}>{clockTime(new Date(last.at))}</time>
  if (author.kind === 'contact') {
    return (
      <div className="meta">
        {time} {children}
      </div>
    )
  }
  const delivery = author.kind === 'operator' && last.delivery && last.delivery !== 'stored' ? last.delivery : null
  return (
    <div className="meta">
      <b dir="auto">{author.name ?? t(`author.${author.kind}`)}</b>
      {author.kind === 'operator' && <span>{t('author.operator')} ·</span>}
      {time}
      {author.kind === 'agent' && flow && <span>· {flow}</span>}
      {delivery && <span className={delivery === 'failed' ? 'bad' : undefined}>· {t(`delivery.${delivery}`)}</span>}
      {children}
    </div>
  )
}

/** The contact's bubble while they type. */
export function TypingTurn({ label }: { label: string }) {
  return (
    <div className="turn cu">
      <div className="stackm">
        <div className="bub dots" role="img" aria-label={label}>
          <span className="typing cust">
            <i />
            <i />
            <i />
          </span>
        </div>
      </div>
    </div>
  )
}

type StreamingProps = { name: string; text: string; thinking: boolean; language: Conversation['language'] }

/** An answer while it is written. Silent to screen readers: the finished message is announced. */
export function StreamingTurn({ name, text, thinking, language }: StreamingProps) {
  const { t } = useTranslation('conversations')
  return (
    <div className="turn" aria-hidden>
      <AgentAvatar size="sm" />
      <div className="stackm">
        <div className={clsx('bub', text === '' ? 'dots' : 'writing')} lang={language ?? undefined} dir="auto">
          {text === '' ? (
            <span className="typing t3">
              <i />
              <i />
              <i />
            </span>
          ) : (
            <Markdown text={text} />
          )}
        </div>
        <div className="meta">
          <b dir="auto">{name}</b> {t(thinking ? 'thinking' : 'writing')}
        </div>
      </div>
    </div>
  )
}
