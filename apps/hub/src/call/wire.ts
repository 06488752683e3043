/** A socket as a call uses it: what is behind it is the business of `http/`. */
export interface Wire {
  readonly isOpen: boolean
  /** Bytes that the other side did not take yet. */
  readonly unsent: number
  send(message: string | Uint8Array): void
  close(code: number, reason: string): void
  /** At once, without a goodbye. */
  cut(): void
}

/** Above this, frames are left out for this one only: late sound is worse than none. */
const MOST_UNSENT = 32 * 1024

/** False: left out, because the other side is too slow or gone. */
export function sendSound(wire: Wire, message: string | Uint8Array): boolean {
  if (!wire.isOpen || wire.unsent > MOST_UNSENT) return false
  wire.send(message)
  return true
}
