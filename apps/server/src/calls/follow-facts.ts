/** Follows the hub: one node at a time hears its facts, applies each once, and passes on what is of the moment. */
import type { HubFact, HubMoment } from '@earshot/voice'
import type { Client } from 'pg'
import { createAlarm } from '../platform/alarm.ts'
import type { Services } from '../platform/context.ts'
import { asSystem, transact } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import type { FeedEvent } from '../platform/events.ts'
import type { Feed } from '../platform/feed.ts'
import { applyFact } from './apply-fact.ts'
import { tellMoment } from './moments.ts'
import { findCall, findCallWorkspace, findRunningOf } from './queries.ts'
import { findCursor, moveCursor } from './queries-facts.ts'
import { endSilent, followConversation, reconcile } from './reconcile.ts'

const RETRY_MS = 500
const RECONCILE_MS = 10_000
/** The lock lives as long as its connection; that is looked after so often. */
const LOOK_MS = 2000
/** A fact is tried so often; where the database is away, the cursor cannot be moved either. */
const MOST_TRIES = 4
const AWAY_MS = 60_000

export interface FollowParts {
  services: Services
  database: Database
  feed: Feed
}

export function followCalls({ services, database, feed }: FollowParts): { stop(): Promise<void> } {
  const alarm = createAlarm()
  const over = new AbortController()
  const places = new Places(services)
  const apply = applyOrSkip(services)
  let awaySince: number | undefined
  const unsubscribe = feed.subscribe((events) => carry(services, events))

  async function run(): Promise<void> {
    while (!over.signal.aborted) {
      let client: Client | undefined
      try {
        client = await database.connect('calls')
        const { rows } = await client.query<{ locked: boolean }>(
          "select pg_try_advisory_lock(hashtextextended('calls.follow', 7)) as locked",
        )
        if (rows[0]!.locked) await lead(client)
      } catch (error) {
        if (!over.signal.aborted) services.log.debug({ err: error }, 'the hub could not be followed; trying again')
        awaySince ??= performance.now()
        // A service that has just begun knows nothing of how long the hub was away.
        if (!over.signal.aborted && performance.now() - awaySince > AWAY_MS) await endSilent(services).catch(() => {})
      } finally {
        await client?.end().catch(() => {})
      }
      if (!over.signal.aborted) await alarm.rest(RETRY_MS)
    }
  }

  /** Facts first, as far as they go; then what no fact has told. */
  async function lead(client: Client): Promise<void> {
    const lost = new AbortController()
    const signal = AbortSignal.any([over.signal, lost.signal])
    const { hub, seq } = await services.calls.engine.identify()
    awaySince = undefined
    const after = await findCursor(database.db, hub)
    let applied = after
    let reconciled = false
    const looks = setInterval(() => void client.query('select 1').catch(() => lost.abort()), LOOK_MS)
    const reconciles = setInterval(() => void again(), RECONCILE_MS)
    const again = () =>
      reconcile(services, applied).catch((error) => services.log.debug({ err: error }, 'calls were not reconciled'))
    try {
      if (seq <= after) await first()
      for await (const heard of services.calls.engine.events(after, signal)) {
        if (!('seq' in heard)) {
          await places.tell(heard)
          continue
        }
        await apply(hub, heard)
        applied = heard.seq
        if (!reconciled && applied >= seq) await first()
      }
    } finally {
      clearInterval(looks)
      clearInterval(reconciles)
    }
    async function first(): Promise<void> {
      reconciled = true
      await reconcile(services, applied)
    }
  }

  const running = run()
  return {
    async stop() {
      unsubscribe()
      over.abort()
      alarm.ring()
      await running
    },
  }
}

/** A fact that cannot be applied must not hold up all other calls: it is said, and passed over. */
function applyOrSkip(services: Services) {
  let failures = { seq: 0, times: 0 }
  return async (hub: string, fact: HubFact): Promise<void> => {
    try {
      await applyFact(services, hub, fact)
      failures = { seq: 0, times: 0 }
    } catch (error) {
      const times = failures.seq === fact.seq ? failures.times + 1 : 1
      failures = { seq: fact.seq, times }
      services.log.warn({ err: error, fact: fact.t, callId: fact.call, times }, 'a fact of the hub was not applied')
      if (times < MOST_TRIES) throw error
      await moveCursor(services.db, hub, fact.seq)
    }
  }
}

/** A conversation was changed by another door: its call follows at once. On every node; the second finds nothing to do. */
async function carry(services: Services, events: FeedEvent[]): Promise<void> {
  const touched = new Map<string, Set<string>>()
  for (const { event, workspaceId } of events)
    if (event.type === 'conversation.control_changed' || event.type === 'conversation.closed' || isBlocking(event))
      touched.set(workspaceId, (touched.get(workspaceId) ?? new Set()).add(event.conversationId))
  for (const [workspaceId, ids] of touched) {
    const ctx = asSystem(services, workspaceId)
    const calls = await transact(ctx, (tx) => findRunningOf(tx, workspaceId, [...ids]))
    for (const { id } of calls)
      void followConversation(ctx, id).catch((error: unknown) =>
        services.log.warn({ err: error, callId: id }, 'a call could not follow its conversation; it is tried again'),
      )
  }
}

const isBlocking = (
  event: FeedEvent['event'],
): event is Extract<FeedEvent['event'], { type: 'conversation.changed' }> =>
  event.type === 'conversation.changed' && (event.fields?.includes('blocked') ?? false)

/** Where the calls belong whose moments are heard; moments come often, and calls stay where they are. */
class Places {
  private readonly services: Services
  private readonly known = new Map<string, { workspaceId: string; conversationId: string } | null>()

  constructor(services: Services) {
    this.services = services
  }

  async tell(moment: HubMoment): Promise<void> {
    const place = await this.of(moment.call)
    if (!place) return
    const { workspaceId, conversationId } = place
    if (moment.t === 'levels') {
      const { ms, caller, speaker, by } = moment
      tellMoment(this.services, workspaceId, { t: 'levels', conversationId, ms, caller, speaker, by })
    } else if (moment.t === 'partial' && moment.message.t === 'text') {
      const { utterance, role, text, startMs } = moment.message
      tellMoment(this.services, workspaceId, { t: 'partial', conversationId, utterance, role, text, startMs })
    }
  }

  private async of(callId: string) {
    const known = this.known.get(callId)
    if (known !== undefined) return known
    if (this.known.size > 1000) this.known.clear()
    const workspaceId = await findCallWorkspace(this.services.db, callId)
    const call =
      workspaceId && (await transact({ ...this.services, workspaceId }, (tx) => findCall(tx, workspaceId, callId)))
    const place = workspaceId && call ? { workspaceId, conversationId: call.conversationId } : null
    this.known.set(callId, place)
    return place
  }
}

export type { HubFact }
