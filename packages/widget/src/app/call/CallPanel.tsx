/** A call in the chat: consent before the microphone, then who is spoken with, what is said, and the ways out. Loaded when wanted. */
import type { VNode } from 'preact'
import { useEffect, useReducer, useRef, useState } from 'preact/hooks'
import type { Chat, ChatState } from '../chat.ts'
import { Icon } from '../Icon.tsx'
import { Avatar } from '../Turn.tsx'
import { whyNot } from '../texts.ts'
import { duration } from '../times.ts'
import { CallIcon } from './CallIcon.tsx'
import { Captions } from './Captions.tsx'
import { Contour } from './Contour.tsx'
import { type CallNow, CallSession, type Trouble } from './session.ts'
import './style.ts'
import { w } from './words.ts'

export interface CallProps {
  chat: Chat
  state: ChatState
  isFull: boolean
  onFull(isFull: boolean): void
  onClose(): void
}

export function CallPanel({ chat, state, isFull, onFull, onClose }: CallProps): VNode {
  const [session] = useState(() => new CallSession(chat))
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  useEffect(() => {
    const stop = session.watch(() => redraw(undefined))
    void session.look()
    return () => {
      stop()
      session.leave()
    }
  }, [session])
  const last = state.entries.at(-1)
  useEffect(() => {
    if (last && last.author.kind !== 'system') session.stands(last.author.kind)
  }, [last?.position])
  const { now } = session
  const agent = state.session?.agent?.name ?? null
  const isOn = now.phase === 'on'
  if (!isFull) return <Bar session={session} onFull={() => onFull(true)} onClose={onClose} />
  return (
    <section class="call" aria-label={w('call')}>
      <Top now={now} agent={agent} company={state.session?.workspace.name ?? ''} />
      {now.phase === 'over' ? (
        <Over now={now} onClose={onClose} />
      ) : isOn ? (
        <>
          <div class="middle">
            <Contour session={session} />
            <p class="who-now" role="status">
              {sayNow(now)}
            </p>
            <Captions now={now} state={state} />
          </div>
          <Mending session={session} />
          <Keys session={session} onType={() => onFull(false)} />
        </>
      ) : (
        <Consent session={session} agent={agent} onClose={onClose} />
      )}
      <p class="by">{isOn && recordingWord(now)}</p>
    </section>
  )
}

function Top({ now, agent, company }: { now: CallNow; agent: string | null; company: string }): VNode {
  const isPerson = now.call?.state === 'person' || now.call?.state === 'waiting' || now.call?.state === 'outside'
  const name = now.call?.name ?? (isPerson ? null : agent)
  return (
    <header class="wh">
      <Avatar author={{ kind: isPerson || !agent ? 'operator' : 'agent', name }} size="md" />
      <div class="who">
        <h1>
          <bdi>{name ?? company}</bdi>
        </h1>
        <p>{now.phase === 'on' ? <Clock since={now.since} /> : w('call')}</p>
      </div>
    </header>
  )
}

/** The seconds of it are for eyes: nobody wants them read out. */
function Clock({ since, isShort }: { since: number; isShort?: boolean }): VNode {
  const [at, setAt] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setAt(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <>
      {isShort ? <span class="sr">{w('talking')}</span> : w('talking')}{' '}
      <span class="clock" role="timer">
        {duration(Math.max(0, at - since))}
      </span>
    </>
  )
}

interface ConsentProps {
  session: CallSession
  agent: string | null
  onClose: () => void
}

function Consent({ session, agent, onClose }: ConsentProps): VNode {
  const { phase, notice, trouble } = session.now
  const start = useRef<HTMLButtonElement>(null)
  const isBusy = phase !== 'consent'
  useEffect(() => start.current?.focus(), [isBusy])
  return (
    <div class="middle">
      <h2>{agent ? w('title', { name: agent }) : w('titlePerson')}</h2>
      <p>{agent ? w('aiNotice') : w('peopleNotice')}</p>
      {notice?.text ? <p dir="auto">{notice.text}</p> : notice?.recorded && <p>{w('recorded')}</p>}
      {trouble ? (
        <p class="trouble" role="alert">
          {wordOf(trouble)}
        </p>
      ) : (
        <p class="small" role="status">
          {phase === 'microphone' ? w('asking') : phase === 'starting' ? w('starting') : w('micNotice')}
        </p>
      )}
      <div class="ways">
        <button
          type="button"
          class="btn brand"
          ref={start}
          aria-disabled={isBusy}
          onClick={() => !isBusy && void (session.now.notice ? session.begin() : session.look())}
        >
          <Icon name="phone" />
          {w(trouble ? 'again' : 'start')}
        </button>
        <button type="button" class="btn" onClick={onClose}>
          {w(trouble ? 'chatInstead' : 'notNow')}
        </button>
      </div>
    </div>
  )
}

function wordOf(trouble: Trouble): string {
  if (trouble.of === 'microphone') return w(trouble.why)
  if (trouble.code === 'call.unreachable' || trouble.code === 'unavailable') return w('unreachable')
  return trouble.code === 'call.not_offered' ? w('notOffered') : whyNot(trouble.code)
}

function sayNow({ call, isCut }: CallNow): string {
  if (isCut) return w('cut')
  if (call?.state === 'waiting') return call.position ? w('position', { count: call.position }) : w('waiting')
  if (call?.state === 'outside') return w('outside')
  if (call?.state === 'person') return w('person')
  return call?.state === 'agent' ? w('ai') : w('starting')
}

const recordingWord = ({ call }: CallNow): string =>
  call?.recording === 'on' ? w('recordedNow') : call?.recording === 'paused' ? w('paused') : ''

/** What keeps this side from hearing or being heard, and the way to mend it. */
function Mending({ session }: { session: CallSession }): VNode | null {
  const { isDeaf, isSilent, trouble } = session.now
  if (!isDeaf && !isSilent) return null
  return (
    <div class="banner" role="alert">
      <span>{trouble ? wordOf(trouble) : w(isDeaf ? 'micLost' : 'silent')}</span>
      <button type="button" class="btn" onClick={() => void session.wake()}>
        {w(isDeaf ? 'micAgain' : 'listen')}
      </button>
    </div>
  )
}

function Keys({ session, onType }: { session: CallSession; onType: () => void }): VNode {
  const { isMuted } = session.now
  const mute = useRef<HTMLButtonElement>(null)
  useEffect(() => mute.current?.focus(), [])
  return (
    <div class="keys">
      <button type="button" ref={mute} aria-pressed={isMuted} onClick={() => session.mute(!isMuted)}>
        <span class="round">{isMuted ? <CallIcon name="muted" /> : <Icon name="mic" />}</span>
        {w('mute')}
      </button>
      <button type="button" class="hang" title={w('hangUp')} onClick={() => session.hangUp()}>
        <span class="round">
          <CallIcon name="hangUp" />
        </span>
        {w('end')}
      </button>
      <button type="button" title={w('typeLong')} onClick={onType}>
        <span class="round">
          <CallIcon name="keys" />
        </span>
        {w('type')}
      </button>
    </div>
  )
}

function Over({ now, onClose }: { now: CallNow; onClose: () => void }): VNode {
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => back.current?.focus(), [])
  const word = now.call?.end === 'lost' ? 'overLost' : now.call?.end === 'failed' ? 'overFailed' : 'over'
  return (
    <div class="middle">
      <h2>{w(word)}</h2>
      <p class="clock">{duration(now.endedMs)}</p>
      <p class="small" role="status">
        {w('overMore')}
      </p>
      <div class="ways">
        <button type="button" class="btn brand" ref={back} onClick={onClose}>
          {w('back')}
        </button>
      </div>
    </div>
  )
}

/** The call while the visitor writes: one line above the chat. */
function Bar({ session, onFull, onClose }: { session: CallSession; onFull: () => void; onClose: () => void }): VNode {
  const { phase, isMuted, since } = session.now
  useEffect(() => {
    if (phase === 'over') onClose()
  }, [phase])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out like this everywhere
    <div class="callbar" role="group" aria-label={w('call')}>
      <span class="pulse" aria-hidden="true" />
      <span class="grow">
        <Clock since={since} isShort />
      </span>
      <button
        type="button"
        class="ib"
        aria-pressed={isMuted}
        aria-label={w('mute')}
        onClick={() => session.mute(!isMuted)}
      >
        {isMuted ? <CallIcon name="muted" /> : <Icon name="mic" />}
      </button>
      <button type="button" class="btn" onClick={onFull}>
        {w('show')}
      </button>
      <button type="button" class="ib hang" aria-label={w('hangUp')} onClick={() => session.hangUp()}>
        <CallIcon name="hangUp" />
      </button>
    </div>
  )
}
