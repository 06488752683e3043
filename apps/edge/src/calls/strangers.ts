/** How often an address that is no trunk's may ask for something: a few at once, then one every few seconds. */

const AT_ONCE = 20
const PER_SECOND = 0.3
const MOST_KNOWN = 10_000

export class Strangers {
  readonly #buckets = new Map<string, { left: number; at: number }>()
  readonly #now: () => number

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  admit(address: string): boolean {
    const now = this.#now()
    const bucket = this.#buckets.get(address) ?? { left: AT_ONCE, at: now }
    if (this.#buckets.size >= MOST_KNOWN && !this.#buckets.has(address)) this.#buckets.clear()
    bucket.left = Math.min(AT_ONCE, bucket.left + ((now - bucket.at) / 1000) * PER_SECOND)
    bucket.at = now
    this.#buckets.set(address, bucket)
    if (bucket.left < 1) return false
    bucket.left--
    return true
  }
}
