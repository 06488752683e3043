/** The job runner of a node: claims what is due, a few at once, and gives it back when the node stops. */
import type { Services } from '../platform/context.ts'
import type { Feed } from '../platform/feed.ts'
import { claimJobs } from './queries.ts'
import { runJob } from './run-job.ts'

export interface RunnerParts {
  services: Services
  feed: Feed
  /** How long a job of a dead node waits for another. */
  leaseMs?: number
  atOnce?: number
}

/** Without news, the table is looked at this often: for leases of dead nodes and pauses that ended. */
const POLL_MS = 1000

export class Runner {
  private readonly parts: Required<RunnerParts>
  private readonly running = new Set<Promise<void>>()
  private readonly unsubscribe: () => void
  private readonly timer: NodeJS.Timeout
  private claiming = false
  private again = false
  private stopped = false

  constructor(parts: RunnerParts) {
    this.parts = { leaseMs: 15_000, atOnce: 3, ...parts }
    this.unsubscribe = parts.feed.subscribe((events) => {
      if (events.some(({ event }) => event.type === 'job.changed')) this.pump()
    })
    this.timer = setInterval(() => this.pump(), POLL_MS)
    this.pump()
  }

  /** Waits for the steps under way; their jobs go on elsewhere, or after the next start. */
  async stop(): Promise<void> {
    this.stopped = true
    this.unsubscribe()
    clearInterval(this.timer)
    while (this.claiming || this.running.size > 0) {
      await Promise.allSettled(this.running)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  private pump(): void {
    this.again = true
    if (this.claiming || this.stopped) return
    this.claiming = true
    void this.claimAll().finally(() => {
      this.claiming = false
    })
  }

  private async claimAll(): Promise<void> {
    const { services, atOnce, leaseMs } = this.parts
    while (this.again && !this.stopped) {
      this.again = false
      const free = atOnce - this.running.size
      if (free <= 0) return
      try {
        const claims = await claimJobs(services.db, [...services.jobKinds.keys()], free, leaseMs)
        for (const claim of claims) this.start(claim)
      } catch (error) {
        if (!this.stopped) services.log.warn({ err: error }, 'jobs could not be claimed; trying again')
      }
    }
  }

  private start(claim: Parameters<typeof runJob>[1]): void {
    const { services, leaseMs } = this.parts
    const done = runJob({ services, leaseMs, isStopping: () => this.stopped }, claim)
      .catch((error) => services.log.warn({ err: error, jobId: claim.id }, 'a job stopped; its lease will run out'))
      .finally(() => {
        this.running.delete(done)
        this.pump()
      })
    this.running.add(done)
  }
}
