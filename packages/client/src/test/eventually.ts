/** Waits for what is bound to come, with patience for a busy machine. */
import { vi } from 'vitest'

export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000, interval: 5 })
}
