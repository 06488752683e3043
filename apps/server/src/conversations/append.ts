/** Append: the single way anything is said. Batches of one node's appends go out as one transaction each; an answer follows its commit. */
import { randomUUID } from 'node:crypto'
import type { AuthorKind, EntryKind } from '@earshot/contracts'
import type { Client } from 'pg'
import { AppError } from '../platform/errors.ts'
import type { EntryData } from './entry-data.ts'
import { batchStatement, isTransient, readBatch, readSingle, singleStatement } from './queries-append.ts'

export interface AppendItem {
  workspaceId: string
  conversationId: string
  kind: EntryKind
  author: { kind: AuthorKind; id: string | null; name: string | null }
  text: string | null
  data?: EntryData | null
  /** The sender's key: a repeat is answered with the first result. */
  clientKey?: string | null
  /** The epoch an agent's turn began with. */
  epoch?: number | null
  origin?: 'live' | 'ingest' | 'history'
  at?: Date | null
  usage?: { inputTokens: number; outputTokens: number; costUsd: number } | null
}

export type AppendOutcome =
  | 'appended'
  | 'reopened'
  | 'duplicate'
  | 'conflict'
  | 'stale'
  | 'blocked'
  | 'agent_answers'
  | 'taken'
  | 'expired'
  | 'not_found'
  | 'busy'

export interface Appended {
  outcome: AppendOutcome
  position: number | null
  epoch: number | null
  at: Date | null
}

export type Append = (item: AppendItem) => Promise<Appended>

declare module '../platform/context.ts' {
  interface Services {
    append: Append
  }
}

interface Job {
  item: AppendItem
  resolve(result: Appended): void
  reject(error: unknown): void
}
interface Lane {
  queue: Job[]
  client: Client | null
  running: boolean
}

export interface Writer {
  append: Append
  /** Refuses new work, waits for what was accepted, closes its connections. */
  stop(): Promise<void>
  readonly waiting: number
  readonly stats: {
    batches: number
    singles: number
    items: number
    bisected: number
    retried: number
    parked: number
    largest: number
  }
}

export interface WriterOptions {
  connect(name: string): Promise<Client>
  lanes?: number
  maxWaiting?: number
  maxBatch?: number
  retryForMs?: number
}

const MAX_BATCH_CHARS = 4_000_000
const WAITERS = 4

/**
 * Starts a node's writer.
 *
 * Everything that waited while the last batch was in flight goes out as one transaction; there is no timer. A conversation always uses
 * the same lane, so the order of one conversation is the order of the calls, and two lanes never meet on a conversation lock. A
 * conversation that somebody else holds comes back `busy`: it is set aside and tried on a connection that may wait, with everything said
 * later in it behind; the others go on. A batch that PostgreSQL refuses is halved until the guilty item stands alone. After a lost
 * connection the same batch is sent again: every item has a key, so a second commit finds duplicates.
 */
export function startWriter(options: WriterOptions): Writer {
  const { maxWaiting = 10_000, maxBatch = 500, retryForMs = 15_000 } = options
  const stats = { batches: 0, singles: 0, items: 0, bisected: 0, retried: 0, parked: 0, largest: 0 }
  const lanes: Lane[] = Array.from({ length: options.lanes ?? 2 }, emptyLane)
  const waiters: Lane[] = Array.from({ length: WAITERS }, emptyLane)
  const parked = new Map<string, Job[]>()
  const held: string[] = []
  let waiting = 0
  let stopped = false
  let onIdle = () => {}

  function append(item: AppendItem): Promise<Appended> {
    if (stopped || waiting >= maxWaiting) return Promise.reject(new AppError('append.overloaded'))
    return new Promise((resolve, reject) => {
      waiting++
      const job: Job = { item: { ...item, clientKey: item.clientKey ?? `~${randomUUID()}` }, resolve, reject }
      const behind = parked.get(item.conversationId)
      if (behind) {
        behind.push(job)
        return
      }
      const lane = lanes[laneOf(item.conversationId, lanes.length)]!
      lane.queue.push(job)
      if (lane.running) return
      lane.running = true
      queueMicrotask(() => void drain(lane))
    })
  }

  async function drain(lane: Lane): Promise<void> {
    while (lane.queue.length > 0) {
      const busy = await deliver(lane, takeBatch(lane.queue, maxBatch), false)
      for (const [id, jobs] of busy) park(id, jobs, lane)
    }
    lane.running = false
  }

  /** Sends the jobs and settles them; returns what was not done because somebody holds the conversation, in order. */
  async function deliver(
    lane: Lane,
    jobs: Job[],
    wait: boolean,
    busy = new Map<string, Job[]>(),
  ): Promise<Map<string, Job[]>> {
    let results: Appended[]
    try {
      results = await execute(lane, jobs, wait)
    } catch (error) {
      if (jobs.length === 1 || isTransient(error)) {
        for (const job of jobs) settle(job, undefined, error)
        return busy
      }
      stats.bisected++
      const half = jobs.length >> 1
      await deliver(lane, jobs.slice(0, half), wait, busy)
      return deliver(lane, jobs.slice(half), wait, busy)
    }
    for (const [i, result] of results.entries()) {
      const job = jobs[i]!
      if (result.outcome !== 'busy') settle(job, result)
      else busy.set(job.item.conversationId, [...(busy.get(job.item.conversationId) ?? []), job])
    }
    return busy
  }

  /** Sets a held conversation aside: its refused jobs, then what already waits for it in the lane, then what comes later. */
  function park(id: string, jobs: Job[], lane: Lane): void {
    stats.parked++
    parked.set(id, [...jobs, ...lane.queue.filter((job) => job.item.conversationId === id)])
    lane.queue = lane.queue.filter((job) => job.item.conversationId !== id)
    held.push(id)
    const free = waiters.find((waiter) => !waiter.running)
    if (!free) return
    free.running = true
    void waitForHeld(free)
  }

  async function waitForHeld(lane: Lane): Promise<void> {
    for (let id = held.shift(); id !== undefined; id = held.shift()) {
      for (let jobs = parked.get(id)!; jobs.length > 0; ) await deliver(lane, takeBatch(jobs, maxBatch), true)
      parked.delete(id) // in the same tick as the emptiness check: nothing can slip in between
    }
    lane.running = false
  }

  function settle(job: Job, result: Appended | undefined, error?: unknown): void {
    waiting--
    if (result) job.resolve(result)
    else job.reject(isTransient(error) ? new AppError('unavailable', {}, { cause: error }) : error)
    if (waiting === 0) onIdle()
  }

  /** Runs until the batch is known to be committed or refused. */
  async function execute(lane: Lane, jobs: Job[], wait: boolean): Promise<Appended[]> {
    const giveUpAt = performance.now() + retryForMs
    const items = jobs.map((job) => job.item)
    for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 500)) {
      try {
        lane.client ??= await openLane(lane, options)
        const single = items.length === 1 && !wait
        const { rows } = await lane.client.query<unknown[]>(
          single ? singleStatement(items[0]!) : batchStatement(items, wait),
        )
        stats.items += items.length
        stats.largest = Math.max(stats.largest, items.length)
        stats[single ? 'singles' : 'batches']++
        return single ? [readSingle(rows[0]!)] : readBatch(rows)
      } catch (error) {
        if (!isTransient(error) || performance.now() > giveUpAt) throw error
        stats.retried++
        void lane.client?.end().catch(() => {})
        lane.client = null
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    }
  }

  return {
    append,
    get waiting() {
      return waiting
    },
    stats,
    async stop() {
      stopped = true
      if (waiting > 0) await new Promise<void>((resolve) => (onIdle = resolve))
      for (const lane of [...lanes, ...waiters]) await lane.client?.end().catch(() => {})
    },
  }
}

const emptyLane = (): Lane => ({ queue: [], client: null, running: false })

async function openLane(lane: Lane, options: WriterOptions): Promise<Client> {
  const client = await options.connect('log')
  client.on('error', () => {
    if (lane.client === client) lane.client = null
  })
  return client
}

function takeBatch(queue: Job[], maxBatch: number): Job[] {
  let chars = 0
  let count = 0
  while (count < queue.length && count < maxBatch && (count === 0 || chars < MAX_BATCH_CHARS))
    chars += (queue[count++]!.item.text?.length ?? 0) + 200
  return queue.splice(0, count)
}

/** The last hex digits of a version 7 uuid are random: a cheap, even choice. */
const laneOf = (id: string, lanes: number): number => Number.parseInt(id.slice(-4), 16) % lanes
