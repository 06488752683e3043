/** The writer of a node: everything that waited while the last batch was in flight goes out as one transaction. There is no timer. */
import { randomUUID } from 'node:crypto'
import { AppError } from '../platform/errors.ts'
import type { Appended, AppendItem } from './append.ts'
import { Lane, type LaneOptions } from './lane.ts'
import { isTransient } from './queries-append.ts'

export interface WriterOptions extends Pick<LaneOptions, 'connect'> {
  lanes?: number
  maxWaiting?: number
  maxBatch?: number
  retryForMs?: number
}

interface Job {
  item: AppendItem
  resolve(result: Appended): void
  reject(error: unknown): void
}
interface Line {
  lane: Lane
  running: boolean
  /** Conversations of the batch in flight. */
  carries: Set<string>
}

const MAX_BATCH_CHARS = 4_000_000
const WAITERS = 4
/** A further lane starts only behind a full one: two small batches cost more than one of both. */
const FURTHER_LANE_AT = 40

/**
 * What is in flight for a conversation is never on two lanes: the order of one conversation is the order of the calls, and two lanes
 * never meet on a conversation lock. A conversation that somebody else holds comes back `busy`: it is set aside and tried on a lane that
 * may wait, with everything said later in it behind; the others go on. A batch that PostgreSQL refuses is halved until the guilty item
 * stands alone.
 */
export class Writer {
  readonly stats = { batches: 0, items: 0, bisected: 0, parked: 0, largest: 0 }
  waiting = 0
  private jobs: Job[] = []
  private readonly lines: Line[]
  private readonly waiters: Line[]
  private readonly parked = new Map<string, Job[]>()
  private readonly held: string[] = []
  private readonly maxWaiting: number
  private readonly maxBatch: number
  private stopped = false
  private onIdle = () => {}

  constructor({ connect, lanes = 2, maxWaiting = 10_000, maxBatch = 500, retryForMs = 15_000 }: WriterOptions) {
    const make = (): Line => ({ lane: new Lane({ connect, retryForMs }), running: false, carries: new Set() })
    this.lines = Array.from({ length: lanes }, make)
    this.waiters = Array.from({ length: WAITERS }, make)
    this.maxWaiting = maxWaiting
    this.maxBatch = maxBatch
  }

  /** Resolves once the item is committed, or refused by a rule. */
  readonly append = (item: AppendItem): Promise<Appended> => {
    if (this.stopped || this.waiting >= this.maxWaiting) return Promise.reject(new AppError('append.overloaded'))
    return new Promise((resolve, reject) => {
      this.waiting++
      const job: Job = { item: { ...item, clientKey: item.clientKey ?? `~${randomUUID()}` }, resolve, reject }
      const behind = this.parked.get(item.conversationId)
      if (behind) behind.push(job)
      else this.enqueue(job)
    })
  }

  /** Refuses new work, waits for what was accepted, closes its connections. */
  async stop(): Promise<void> {
    this.stopped = true
    if (this.waiting > 0) {
      await new Promise<void>((resolve) => {
        this.onIdle = resolve
      })
    }
    for (const { lane } of [...this.lines, ...this.waiters]) await lane.close()
  }

  private enqueue(job: Job): void {
    this.jobs.push(job)
    if (this.jobs.length === 1) queueMicrotask(() => this.dispatch())
    else if (this.jobs.length % FURTHER_LANE_AT === 0) this.dispatch()
  }

  private dispatch(): void {
    for (const line of this.lines) {
      const alone = this.lines.every(({ running }) => !running)
      if (line.running || this.jobs.length < (alone ? 1 : FURTHER_LANE_AT)) continue
      const batch = takeBatch(this.jobs, this.maxBatch, (id) => this.lines.some(({ carries }) => carries.has(id)))
      if (batch.length > 0) void this.run(line, batch)
    }
  }

  private async run(line: Line, batch: Job[]): Promise<void> {
    line.running = true
    line.carries = new Set(batch.map((job) => job.item.conversationId))
    const busy = await this.deliver(line.lane, batch, false)
    for (const [id, jobs] of busy) this.park(id, jobs)
    line.running = false
    line.carries = new Set()
    this.dispatch()
  }

  /** Sends the jobs and settles them; returns what was not done because somebody holds the conversation, in order. */
  private async deliver(lane: Lane, jobs: Job[], wait: boolean): Promise<Map<string, Job[]>> {
    const busy = new Map<string, Job[]>()
    for (const { job, result, error } of await this.send(lane, jobs, wait)) {
      if (result?.outcome === 'busy')
        busy.set(job.item.conversationId, [...(busy.get(job.item.conversationId) ?? []), job])
      else this.settle(job, result, error)
    }
    return busy
  }

  private async send(
    lane: Lane,
    jobs: Job[],
    wait: boolean,
  ): Promise<{ job: Job; result?: Appended; error?: unknown }[]> {
    this.stats.batches++
    this.stats.items += jobs.length
    this.stats.largest = Math.max(this.stats.largest, jobs.length)
    try {
      const results = await lane.execute(
        jobs.map((job) => job.item),
        wait,
      )
      return jobs.map((job, i) => ({ job, result: results[i]! }))
    } catch (error) {
      if (jobs.length === 1 || isTransient(error)) return jobs.map((job) => ({ job, error }))
      this.stats.bisected++
      const half = jobs.length >> 1
      return [...(await this.send(lane, jobs.slice(0, half), wait)), ...(await this.send(lane, jobs.slice(half), wait))]
    }
  }

  /** Sets a held conversation aside: its refused jobs, then what already waits for it, then what comes later. */
  private park(id: string, jobs: Job[]): void {
    this.stats.parked++
    this.parked.set(id, [...jobs, ...this.jobs.filter((job) => job.item.conversationId === id)])
    this.jobs = this.jobs.filter((job) => job.item.conversationId !== id)
    this.held.push(id)
    const free = this.waiters.find((waiter) => !waiter.running)
    if (!free) return
    free.running = true
    void this.waitForHeld(free)
  }

  private async waitForHeld(waiter: Line): Promise<void> {
    for (let id = this.held.shift(); id !== undefined; id = this.held.shift()) {
      for (const jobs = this.parked.get(id)!; jobs.length > 0; ) {
        const busy = await this.deliver(waiter.lane, takeBatch(jobs, this.maxBatch), true)
        jobs.unshift(...(busy.get(id) ?? []))
      }
      this.parked.delete(id) // in the same tick as the emptiness check: nothing can slip in between
    }
    waiter.running = false
  }

  private settle(job: Job, result: Appended | undefined, error: unknown): void {
    this.waiting--
    if (result) job.resolve(result)
    else job.reject(isTransient(error) ? new AppError('unavailable', {}, { cause: error }) : error)
    if (this.waiting === 0) this.onIdle()
  }
}

/** Takes the oldest jobs out of the list, in order, as many as one batch may carry; those of conversations in flight stay. */
function takeBatch(jobs: Job[], maxBatch: number, isInFlight: (id: string) => boolean = () => false): Job[] {
  const batch: Job[] = []
  const left: Job[] = []
  let chars = 0
  for (const job of jobs) {
    const full = batch.length >= maxBatch || (batch.length > 0 && chars >= MAX_BATCH_CHARS)
    if (full || isInFlight(job.item.conversationId)) left.push(job)
    else {
      batch.push(job)
      chars += sizeOf(job)
    }
  }
  jobs.splice(0, jobs.length, ...left)
  return batch
}

const sizeOf = ({ item }: Job): number => (item.text?.length ?? 0) + 200
