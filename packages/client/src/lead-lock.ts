/** The lock that makes one tab the leader: waits in line for it, takes it from a tab that sleeps, gives it back. */
import type { Locks } from './tab-words.ts'

export interface LeadLock {
  /** Takes the lock from whoever has it. */
  steal: () => void
  /** Gives it back and stands in line again. */
  yield: () => void
  close: () => void
}

/** `onHeld` also when the browser refuses locks: with no line to stand in, every tab goes alone. */
export function waitForLead(locks: Locks, name: string, onHeld: () => void, onLost: () => void): LeadLock {
  let release: (() => void) | undefined
  let waiting = new AbortController()
  let closed = false

  const request = (steal: boolean) => {
    waiting.abort()
    const mine = new AbortController()
    waiting = mine
    let held = false
    const hold = () =>
      new Promise<void>((resolve) => {
        release = resolve
        if (closed || waiting !== mine) return resolve()
        held = true
        onHeld()
      })
    const ended = () => {
      if (closed || waiting !== mine) return
      if (!held) return onHeld()
      onLost()
      request(false)
    }
    locks.request(name, steal ? { steal } : { signal: mine.signal }, hold).then(ended, ended)
  }
  request(false)
  return {
    steal: () => request(true),
    yield: () => release?.(),
    close() {
      closed = true
      waiting.abort()
      release?.()
    },
  }
}
