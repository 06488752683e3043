/** The turn runner of a node: claims contacts who wait, answers them, and lets go at once when somebody else takes the floor. */
import type { Typing } from '@earshot/contracts'
import type { Bus, BusMessage } from '../platform/bus.ts'
import { asSystem, type Services, transact } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import type { FeedEvent } from '../platform/events.ts'
import type { Feed } from '../platform/feed.ts'
import { Breaker } from './breaker.ts'
import { followWaiting, TURN_TOPIC } from './follow-waiting.ts'
import {
  type Claim,
  claimTurns,
  finishTurn,
  hasContactMessage,
  markWaiting,
  readNextTurnMs,
  releaseTurn,
  renewLease,
} from './queries-turns.ts'
import { type RunningTurn, runTurn, TurnOver } from './run-turn.ts'

export interface TurnsParts {
  services: Services
  database: Database
  feed: Feed
  bus: Bus
}

/** Without news, the table is looked at this often: for leases of dead nodes and lost wake-ups. */
const POLL_MS = 1000
const LEAST_PAUSE_MS = 20
/** A contact who says nothing more about typing has stopped. */
const TYPING_LASTS_MS = 6000
const ERROR_PAUSE_MS = 2000

export class Turns {
  private readonly parts: TurnsParts
  private readonly active = new Map<string, RunningTurn>()
  private readonly running = new Set<Promise<void>>()
  private readonly typing = new Map<string, number>()
  private readonly breaker = new Breaker()
  private readonly stops: (() => void)[]
  private readonly follower: { stop(): Promise<void> }
  private timer: NodeJS.Timeout | undefined
  private pumping = false
  private again = false
  private stopped = false

  constructor(parts: TurnsParts) {
    this.parts = parts
    const { services, database, feed, bus } = parts
    this.follower = followWaiting({ database, feed, bus, log: services.log })
    this.stops = [
      bus.subscribe((message) => this.onMessage(message)),
      feed.subscribe((events) => this.onEvents(events)),
    ]
    this.pump()
  }

  /** Turns being answered by this node. */
  get count(): number {
    return this.active.size
  }

  /** Gives every running turn back, for another node or the next start. */
  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    for (const stop of this.stops) stop()
    for (const turn of this.active.values()) turn.abort.abort(new TurnOver('shutdown'))
    await Promise.all([this.follower.stop(), ...this.running])
  }

  private pump(): void {
    this.again = true
    if (this.pumping || this.stopped) return
    this.pumping = true
    void this.drain().finally(() => {
      this.pumping = false
    })
  }

  private async drain(): Promise<void> {
    let pauseMs = POLL_MS
    while (this.again && !this.stopped) {
      this.again = false
      try {
        pauseMs = await this.claimDue()
      } catch (error) {
        this.parts.services.log.warn({ err: error }, 'turns could not be claimed; trying again')
        pauseMs = POLL_MS
      }
    }
    clearTimeout(this.timer)
    if (!this.stopped) this.timer = setTimeout(() => this.pump(), pauseMs)
  }

  /** Starts what is due; returns when to look again. */
  private async claimDue(): Promise<number> {
    const { database, services } = this.parts
    const { atOnce, leaseMs, typingMs } = services.agents.limits
    const free = atOnce - [...this.active.values()].filter(({ resting }) => !resting).length
    if (free <= 0) return POLL_MS
    const claims = await claimTurns(database.db, { limit: free, leaseMs, typing: this.whoTypes(), typingMs })
    for (const claim of claims) this.start(claim)
    if (claims.length === free) return POLL_MS
    const nextMs = await readNextTurnMs(database.db)
    if (nextMs === null) return POLL_MS
    // Due and not claimed: the contact is typing.
    return nextMs <= 0 ? 250 : Math.min(POLL_MS, Math.max(LEAST_PAUSE_MS, nextMs))
  }

  private start(claim: Claim): void {
    const running: RunningTurn = {
      claim,
      abort: new AbortController(),
      epoch: null,
      through: claim.throughPosition,
      draft: null,
      resting: false,
      listeners: new Set(),
    }
    this.active.set(claim.conversationId, running)
    const done = this.run(running).finally(() => {
      if (this.active.get(claim.conversationId) === running) this.active.delete(claim.conversationId)
      this.running.delete(done)
      this.pump()
    })
    this.running.add(done)
  }

  private async run(running: RunningTurn): Promise<void> {
    const { services, bus } = this.parts
    const { limits } = services.agents
    const ctx = asSystem(services, running.claim.workspaceId)
    const beat = setInterval(() => void this.renew(running), limits.leaseMs / 3)
    try {
      await runTurn({ services, bus, breaker: this.breaker, limits }, running)
      await transact(ctx, (tx) => finishTurn(tx, running.claim))
    } catch (error) {
      await this.letGo(running, error)
    } finally {
      clearInterval(beat)
    }
  }

  private async letGo(running: RunningTurn, error: unknown): Promise<void> {
    const { services } = this.parts
    const { claim } = running
    const over = error instanceof TurnOver ? error : null
    if (!over)
      services.log.error(
        { err: error, conversationId: claim.conversationId, attempts: claim.attempts },
        'a turn failed; it is tried again',
      )
    if (over?.why === 'lease') return
    try {
      await transact(asSystem(services, claim.workspaceId), async (tx) => {
        // The follower may be behind: the newer message is noted before the turn can be taken again.
        if (over?.why === 'restart') await markWaiting(tx, claim.workspaceId, [claim.conversationId])
        await releaseTurn(tx, claim, { pauseMs: over ? 0 : ERROR_PAUSE_MS, forgive: over !== null })
      })
    } catch (failed) {
      services.log.warn({ err: failed }, 'a turn could not be given back; its lease will run out')
    }
  }

  private async renew(running: RunningTurn): Promise<void> {
    const { services } = this.parts
    const { claim } = running
    const isOurs = await transact(asSystem(services, claim.workspaceId), (tx) =>
      renewLease(tx, claim, services.agents.limits.leaseMs),
    ).catch(() => true)
    if (!isOurs) running.abort.abort(new TurnOver('lease'))
  }

  private onMessage({ topic, body }: BusMessage): void {
    if (topic === TURN_TOPIC) this.pump()
    if (topic !== 'typing') return
    const { conversationId, who, active } = body as Typing
    if (who.kind !== 'contact') return
    if (active) this.typing.set(conversationId, performance.now() + TYPING_LASTS_MS)
    else if (this.typing.delete(conversationId)) this.pump()
  }

  private whoTypes(): string[] {
    const now = performance.now()
    for (const [id, until] of this.typing) if (until < now) this.typing.delete(id)
    return [...this.typing.keys()]
  }

  private onEvents(events: FeedEvent[]): void {
    for (const { event, workspaceId } of events) {
      const running = 'conversationId' in event ? this.active.get(event.conversationId) : undefined
      if (!running) continue
      for (const tell of running.listeners) tell()
      running.listeners.clear()
      if (event.type === 'conversation.appended') void this.onAppended(running, workspaceId, event.from, event.to)
      else if (event.type === 'conversation.control_changed') {
        if (running.epoch === null || event.epoch > running.epoch) running.abort.abort(new TurnOver('control'))
      } else if (
        event.type === 'conversation.deleted' ||
        event.type === 'conversation.merged' ||
        (event.type === 'conversation.changed' && event.fields.includes('blocked'))
      ) {
        running.abort.abort(new TurnOver('control'))
      }
    }
  }

  /** A fragment that arrives while the agent still thinks restarts the turn; while it speaks, it is the next one. */
  private async onAppended(running: RunningTurn, workspaceId: string, from: number, to: number): Promise<void> {
    const { services } = this.parts
    const { conversationId } = running.claim
    this.typing.delete(conversationId)
    if (to <= running.through || running.draft?.hasSpoken) return
    const isNew = await transact(asSystem(services, workspaceId), (tx) =>
      hasContactMessage(tx, workspaceId, conversationId, Math.max(from, running.through + 1), to),
    ).catch(() => false)
    if (isNew && !running.draft?.hasSpoken) running.abort.abort(new TurnOver('restart'))
  }
}
