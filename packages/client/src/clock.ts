/** Time and chance, in one small interface, so that tests decide both. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** From 0 up to 1. */
  random(): number
  /** Runs later, once; the returned function cancels it. */
  after(ms: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** How long to wait after the `failures`-th failure in a row: doubling, and spread so that a herd does not return as one. */
export function backOff(failures: number, clock: Clock, first = 500, most = 15_000): number {
  const full = Math.min(most, first * 2 ** Math.min(failures - 1, 20))
  return Math.max(first, full * (0.5 + clock.random() / 2))
}

/** Calls back when waiting may be over: the network is back, or the person looks at the page again. */
export function onWake(run: () => void): () => void {
  if (typeof addEventListener !== 'function') return () => {}
  const seen = () => {
    if (typeof document === 'undefined' || document.visibilityState === 'visible') run()
  }
  addEventListener('online', run)
  addEventListener('pageshow', seen)
  if (typeof document !== 'undefined') document.addEventListener('visibilitychange', seen)
  return () => {
    removeEventListener('online', run)
    removeEventListener('pageshow', seen)
    if (typeof document !== 'undefined') document.removeEventListener('visibilitychange', seen)
  }
}

/** False only when the browser is sure that there is no network. */
export function isOnline(): boolean {
  return typeof navigator === 'undefined' || navigator.onLine !== false
}

/** A random UUID, also on plain-http pages, where `crypto.randomUUID` does not exist. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
