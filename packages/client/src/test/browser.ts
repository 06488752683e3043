/** A browser with tabs, as far as the feed needs one: locks that can be stolen, and channels that can be held up. */
import type { Channel, Locks } from '../tab-words.ts'

interface Waiting {
  run: () => Promise<void>
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/** `navigator.locks` as the standard says, for exclusive locks. */
export class FakeLocks implements Locks {
  stolen = 0
  readonly #held = new Map<string, Waiting>()
  readonly #queues = new Map<string, Waiting[]>()

  request(
    name: string,
    options: { signal?: AbortSignal; steal?: boolean },
    run: () => Promise<void>,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const mine = { run, resolve, reject }
      const queue = this.#queues.get(name) ?? []
      this.#queues.set(name, queue)
      if (options.steal) {
        this.stolen += 1
        this.#held.get(name)?.reject(new DOMException('stolen', 'AbortError'))
        this.#held.delete(name)
        queue.unshift(mine)
      } else queue.push(mine)
      options.signal?.addEventListener('abort', () => {
        const at = queue.indexOf(mine)
        if (at < 0) return
        queue.splice(at, 1)
        reject(options.signal?.reason)
      })
      queueMicrotask(() => this.#grant(name))
    })
  }

  #grant(name: string): void {
    const next = this.#held.has(name) ? undefined : this.#queues.get(name)?.shift()
    if (!next) return
    this.#held.set(name, next)
    next.run().then((value) => {
      next.resolve(value)
      if (this.#held.get(name) !== next) return
      this.#held.delete(name)
      this.#grant(name)
    }, next.reject)
  }
}

/** A real BroadcastChannel whose two directions can be held, and what was held let go or lost. */
export class HeldChannel implements Channel {
  onmessage: ((event: MessageEvent) => void) | null = null
  holdsIn = false
  holdsOut = false
  readonly #real: BroadcastChannel
  #in: MessageEvent[] = []
  #out: unknown[] = []

  constructor(name: string) {
    this.#real = new BroadcastChannel(name)
    this.#real.onmessage = (event) => {
      if (this.holdsIn) this.#in.push(event)
      else this.onmessage?.(event)
    }
  }

  /** How many messages wait to come in. */
  held(): number {
    return this.#in.length
  }

  postMessage(message: unknown): void {
    if (this.holdsOut) this.#out.push(message)
    else this.#real.postMessage(message)
  }

  letGo(): void {
    this.holdsIn = false
    this.holdsOut = false
    for (const event of this.#in.splice(0)) this.onmessage?.(event)
    for (const message of this.#out.splice(0)) this.#real.postMessage(message)
  }

  lose(): void {
    this.holdsIn = false
    this.holdsOut = false
    this.#in = []
    this.#out = []
  }

  close(): void {
    this.#real.close()
  }
}
