/** What every call of a hub shares: the clock, the journal, the disk, and the way out to agents. */
import type { HubMoment } from '@earshot/voice'
import type { Logger } from 'pino'
import type { Journal } from '../journal.ts'
import type { OpenWire } from './agent-line.ts'
import type { Call } from './call.ts'
import type { Leg } from './legs.ts'

export interface House {
  log: Logger
  journal: Journal
  dataDir: string
  /** Ms since 1970, never set back. */
  now(): number
  /** The hub's own tick, and when it was. */
  tick(): { number: number; at: number }
  openWire: OpenWire
  moment(moment: HubMoment): void
  tokens: TokenBook
}

/** Which leg a stream's secret belongs to. */
export class TokenBook {
  readonly #legs = new Map<string, { call: Call; leg: Leg }>()

  add(token: string, call: Call, leg: Leg): void {
    this.#legs.set(token, { call, leg })
  }

  find(token: string): { call: Call; leg: Leg } | undefined {
    return this.#legs.get(token)
  }

  remove(token: string | null): void {
    if (token !== null) this.#legs.delete(token)
  }
}
