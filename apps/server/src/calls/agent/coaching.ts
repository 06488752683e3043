/** Coaching on its way: queued, seen when the agent read it, applied when the answer made with it was spoken. */
import type { FromAgent } from '@earshot/voice'

export class Coaching {
  private readonly tell: (message: FromAgent) => void
  /** An agent without a model reads it and cannot follow it. */
  private readonly follows: boolean
  private readonly waiting = new Set<string>()
  private readonly inAnswer = new Map<string, string[]>()

  constructor(tell: (message: FromAgent) => void, follows: boolean) {
    this.tell = tell
    this.follows = follows
  }

  came(id: string): void {
    this.waiting.add(id)
  }

  /** A turn has begun: it read all that came before. */
  read(turnId: string): void {
    if (this.waiting.size === 0) return
    const ids = [...this.waiting]
    this.waiting.clear()
    for (const id of ids) this.tell({ t: 'coach.ack', id, state: 'seen' })
    this.inAnswer.set(turnId, [...(this.inAnswer.get(turnId) ?? []), ...ids])
  }

  /** A turn was begun anew under another name, or its answer was never heard. */
  lost(turnId: string): void {
    for (const id of this.inAnswer.get(turnId) ?? []) this.waiting.add(id)
    this.inAnswer.delete(turnId)
  }

  spoken(turnId: string): void {
    for (const id of this.inAnswer.get(turnId) ?? []) {
      if (this.follows) this.tell({ t: 'coach.ack', id, state: 'applied' })
    }
    this.inAnswer.delete(turnId)
  }
}
