/** Leaves a model alone for a while after it failed several times in a row; then one call finds out whether it is back. */

const OPENS_AFTER = 5
const OPEN_MS = 30_000

interface State {
  failures: number
  openUntil: number
}

export class Breaker {
  private readonly states = new Map<string, State>()
  private readonly now: () => number

  constructor(now: () => number = Date.now) {
    this.now = now
  }

  /** False while it rests. The first call after the rest passes, and holds back the others until it has ended. */
  mayCall(key: string): boolean {
    const state = this.states.get(key)
    if (!state || state.failures < OPENS_AFTER) return true
    if (this.now() < state.openUntil) return false
    state.openUntil = this.now() + OPEN_MS
    return true
  }

  succeeded(key: string): void {
    this.states.delete(key)
  }

  failed(key: string): void {
    const state = this.states.get(key) ?? { failures: 0, openUntil: 0 }
    state.failures++
    if (state.failures >= OPENS_AFTER) state.openUntil = this.now() + OPEN_MS
    this.states.set(key, state)
    if (this.states.size > 10_000) this.states.delete(this.states.keys().next().value!)
  }
}
