/** The agents that speak on calls from this node: one for each call the hub has dialled us for, fed by the bus and the feed. */
import type { Delta } from '@earshot/contracts'
import type { WebSocket } from 'ws'
import { findAgent } from '../../agents/index.ts'
import type { Bus, BusMessage } from '../../platform/bus.ts'
import { asSystem, type Services, transact } from '../../platform/context.ts'
import type { FeedEvent } from '../../platform/events.ts'
import type { Feed } from '../../platform/feed.ts'
import { findCall } from '../queries.ts'
import { KeptTts, providersOf } from '../speech/index.ts'
import { BuiltIn } from './built-in.ts'
import { LAST_WORDS, type SaidLast, type SayLast } from './last-words.ts'
import { Line } from './line.ts'
import { type CallPlace, languageOf } from './place.ts'
import { Realtime } from './realtime/index.ts'

interface Session {
  line: Line
  conversationId: string
  agent: BuiltIn | Realtime
}

/** A hub that dials again finds the agent as it was for this long. */
const LINGER_MS = 15_000

export class VoiceAgents {
  private readonly services: Services
  private readonly bus: Bus
  private readonly sessions = new Map<string, Promise<Session | null>>()
  private readonly open = new Map<string, Session>()
  private readonly stops: (() => void)[]
  private stopped = false

  constructor({ services, bus, feed }: { services: Services; bus: Bus; feed: Feed }) {
    this.services = services
    this.bus = bus
    this.stops = [
      bus.subscribe((message) => this.onMessage(message)),
      feed.subscribe((events) => this.onEvents(events)),
    ]
  }

  /** Calls an agent of this node speaks on. */
  get count(): number {
    return this.open.size
  }

  async attach(kind: 'media' | 'control', workspaceId: string, callId: string, socket: WebSocket): Promise<void> {
    // What comes before the call has been looked up waits in the socket.
    socket.pause()
    const session = this.stopped
      ? null
      : await this.sessionOf(workspaceId, callId).catch((error) => this.lost(callId, error))
    if (!session) {
      socket.close(1011, 'no such call')
      return
    }
    session.line.attach(kind, socket, () => this.onClose(callId, session))
    socket.resume()
  }

  async stop(): Promise<void> {
    this.stopped = true
    for (const stop of this.stops) stop()
    for (const session of this.open.values()) {
      session.agent.close()
      session.line.drop()
    }
  }

  private lost(callId: string, error: unknown): null {
    this.services.log.error({ err: error, callId }, 'no agent could be made for a call')
    this.sessions.delete(callId)
    return null
  }

  private sessionOf(workspaceId: string, callId: string): Promise<Session | null> {
    const known = this.sessions.get(callId)
    // One that left for the queue comes back as a new one.
    if (known && !this.open.get(callId)?.agent.isOver) return known
    this.open.delete(callId)
    const made = this.make(workspaceId, callId)
    this.sessions.set(callId, made)
    return made
  }

  private async make(workspaceId: string, callId: string): Promise<Session | null> {
    const place = await placeOf(this.services, workspaceId, callId)
    if (!place) {
      this.sessions.delete(callId)
      return null
    }
    const line = new Line()
    const isRealtime = place.agent.config.voice.by === 'openai_realtime'
    const agent = isRealtime ? new Realtime(line, place) : new BuiltIn(line, place)
    line.agent = agent
    const session = { line, agent, conversationId: place.call.conversationId }
    this.open.set(callId, session)
    return session
  }

  private onClose(callId: string, session: Session): void {
    if (session.line.isOpen) return
    setTimeout(() => {
      if (session.line.isOpen || this.open.get(callId) !== session) return
      session.agent.close()
      this.open.delete(callId)
      this.sessions.delete(callId)
    }, LINGER_MS).unref()
  }

  private *of(conversationId: string): Generator<Session> {
    for (const session of this.open.values()) if (session.conversationId === conversationId) yield session
  }

  private onMessage({ topic, body, workspaceId }: BusMessage): void {
    if (topic === LAST_WORDS) void this.sayLast(workspaceId, body as SayLast | SaidLast)
    if (topic !== 'delta') return
    const delta = body as Delta
    for (const { agent } of this.of(delta.conversationId)) if (agent instanceof BuiltIn) agent.onDelta(delta)
  }

  private async sayLast(workspaceId: string, message: SayLast | SaidLast): Promise<void> {
    if (message.t !== 'say') return
    const session = this.open.get(message.callId)
    if (!session) return
    if (session.agent instanceof BuiltIn) await session.agent.lastWords(message)
    const said: SaidLast = { t: 'said', id: message.id }
    this.bus.publish({ topic: LAST_WORDS, workspaceId, body: said })
  }

  private onEvents(events: FeedEvent[]): void {
    if (this.open.size === 0) return
    for (const { event } of events) {
      if (!('conversationId' in event)) continue
      for (const { agent } of this.of(event.conversationId)) {
        if (event.type === 'conversation.control_changed') agent.onControl(event.epoch, event.control === 'agent')
        if (!(agent instanceof BuiltIn)) continue
        if (event.type === 'conversation.appended')
          void agent
            .onAppended(event.from, event.to)
            .catch((error) => this.services.log.error({ err: error }, 'an answer could not be read to be spoken'))
      }
    }
  }
}

async function placeOf(services: Services, workspaceId: string, callId: string): Promise<CallPlace | null> {
  const ctx = asSystem(services, workspaceId)
  const found = await transact(ctx, async (tx) => {
    const call = await findCall(tx, workspaceId, callId)
    const agent = call?.agentId ? await findAgent(tx, workspaceId, call.agentId) : undefined
    return call && agent && call.state !== 'ended' ? { call, agent } : null
  })
  if (!found) return null
  const { voice, profile } = found.agent.config
  const { tts, ...providers } = await providersOf(services, workspaceId)
  const { espeak, clips } = services.speech
  return {
    ctx,
    ...found,
    // Calls of the demo cost nobody anything, and recognise nothing.
    providers: found.call.demo
      ? { ...providers, stt: null, tts: new KeptTts(espeak, clips, workspaceId) }
      : { ...providers, tts },
    language: languageOf(found.agent.config),
    listensFor: voice.language ?? profile.languages[0],
  }
}
