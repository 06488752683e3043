/** Tells screens an answer while it is being written: pieces on the bus, a few a second, none of them stored. */
import { randomUUID } from 'node:crypto'
import type { Delta } from '@earshot/contracts'
import type { Bus } from '../platform/bus.ts'

const COALESCE_MS = 40
/** A notification of PostgreSQL carries some 7,500 bytes, the frame around the text and escapes included. */
const MOST_CHARS = 1500

export interface DraftOf {
  workspaceId: string
  conversationId: string
  epoch: number
  agent: { id: string; name: string }
}

export class DraftStream {
  /** Names this draft on the wire; the stored answer carries it, and replaces the draft. */
  turnId = randomUUID()
  /** True once words went out that the contact may have read. */
  hasSpoken = false
  private readonly bus: Bus
  private readonly of: DraftOf
  private seq = 0
  private waiting = ''
  private timer: NodeJS.Timeout | undefined

  constructor(bus: Bus, of: DraftOf) {
    this.bus = bus
    this.of = of
  }

  think(): void {
    this.publish('thinking', '')
  }

  write(text: string): void {
    if (text === '') return
    this.hasSpoken = true
    this.waiting += text
    this.timer ??= setTimeout(() => this.flush(), COALESCE_MS)
  }

  /** The answer is stored, or about to be. */
  done(): void {
    this.flush()
    this.publish('done', '')
  }

  /** What was shown will not be said. */
  cancel(): void {
    this.drop()
    this.publish('cancelled', '')
  }

  /** Takes back what was shown and begins another draft, since screens never show a cancelled one again. */
  restart(): void {
    this.cancel()
    this.turnId = randomUUID()
    this.seq = 0
    this.hasSpoken = false
    this.think()
  }

  /** Says nothing more, for a turn that another one follows at once. */
  drop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.waiting = ''
  }

  private flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    let text = this.waiting
    this.waiting = ''
    // Half of a character outside the basic plane waits for its other half.
    if (/[\uD800-\uDBFF]$/.test(text)) {
      this.waiting = text.slice(-1)
      text = text.slice(0, -1)
    }
    for (const piece of text
      .toWellFormed()
      .replaceAll('\0', '\uFFFD')
      .match(new RegExp(`[\\s\\S]{1,${MOST_CHARS}}`, 'gu')) ?? [])
      this.publish('writing', piece)
  }

  private publish(state: Delta['state'], text: string): void {
    const { workspaceId, ...of } = this.of
    const body: Delta = { ...of, turnId: this.turnId, seq: this.seq, text, whole: this.seq === 0, state }
    this.seq++
    this.bus.publish({ topic: 'delta', workspaceId, body })
  }
}
