/** Callers of the demo: one or two calls are going on at any time, as long as somebody may be looking. */
import { setTimeout as sleep } from 'node:timers/promises'
import { SpeechFailed } from '../../calls/index.ts'
import type { Context } from '../../platform/context.ts'
import { makeCall } from './make-call.ts'
import { SCRIPTS } from './scripts.ts'

export interface CallersParts {
  ctx: Context
  channelId: string
}

/** From the end of a call to the next of the same line: the first line rings again soon, the second after a while. */
const PAUSES_MS = [1500, 25_000]
/** A hub that is not there, or a full disk. */
const TROUBLE_MS = 15_000
/** After so many calls the lines become quiet: what a demo left on over night records need not fill a disk. */
const BUSY_CALLS = 60
const QUIET_MS = 10 * 60_000

export class Callers {
  readonly #parts: CallersParts
  readonly #stopping = new AbortController()
  readonly #lines: Promise<void>[]
  #made = 0

  constructor(parts: CallersParts) {
    this.#parts = parts
    this.#lines = PAUSES_MS.map((pauseMs, line) => this.#keepCalling(line, pauseMs).catch(() => {})) // only stopping ends it
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#lines)
  }

  async #keepCalling(line: number, pauseMs: number): Promise<void> {
    const { signal } = this.#stopping
    await sleep(line * 20_000, undefined, { signal })
    for (;;) {
      const went = await this.#call(this.#made++)
      if (went === 'never') return
      const pause = went === 'trouble' ? TROUBLE_MS : this.#made < BUSY_CALLS ? pauseMs : QUIET_MS
      await sleep(pause, undefined, { signal })
    }
  }

  async #call(number: number): Promise<'done' | 'trouble' | 'never'> {
    const { signal } = this.#stopping
    const { ctx } = this.#parts
    try {
      await makeCall(SCRIPTS[number % SCRIPTS.length]!, { ...this.#parts, signal })
      return 'done'
    } catch (error) {
      if (signal.aborted) throw error
      if (error instanceof SpeechFailed && error.trouble === 'missing') {
        ctx.log.info('There are no demo calls: the offline voice is not installed.')
        return 'never'
      }
      ctx.log.debug({ err: error }, 'a call of the demo came to nothing')
      return 'trouble'
    }
  }
}
