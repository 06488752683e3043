/** Messages on their way out: kept until the server has them, sent one at a time, stored once through their keys. */
import { ApiError, mayPass } from './api-error.ts'
import { backOff, type Clock, newKey, onWake, systemClock } from './clock.ts'
import { keepIn, type OutboxStorage, type Outgoing } from './outbox-store.ts'

export interface OutboxOptions<Body, Reply> {
  /** Sends one; throws an `ApiError`, and stops when the signal does. */
  send: (message: Outgoing<Body>, signal: AbortSignal) => Promise<Reply>
  onSent?: (message: Outgoing<Body>, reply: Reply) => void
  /** All that is still here, oldest first, after every change. */
  onChange?: (messages: readonly Outgoing<Body>[]) => void
  storage?: OutboxStorage
  clock?: Clock
}

/**
 * The queue behind a composer.
 *
 * @example
 * const outbox = new Outbox<{ text: string }, Entry>({
 *   storage: { get: () => localStorage.getItem('outbox'), set: (value) => localStorage.setItem('outbox', value) },
 *   send: ({ key, body }, signal) => call(sayAsOperator, { params, body: { ...body, clientKey: key }, signal }),
 *   onChange: show,
 * })
 * outbox.add({ text: 'Hello' })
 */
export class Outbox<Body, Reply = unknown> {
  readonly #options: OutboxOptions<Body, Reply>
  readonly #clock: Clock
  readonly #save: (messages: readonly Outgoing<Body>[]) => void
  readonly #stopListening: () => void
  #messages: readonly Outgoing<Body>[] = []
  #current: AbortController | undefined
  #cancelWait: (() => void) | undefined
  #failures = 0
  #closed = false

  constructor(options: OutboxOptions<Body, Reply>) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#stopListening = onWake(() => this.wake())
    this.#save = keepIn<Body>(options.storage, (left) => {
      if (this.#closed) return
      this.#messages = [...left, ...this.#messages]
      // After the constructor: the owner's callbacks may want to name the outbox.
      queueMicrotask(() => {
        options.onChange?.(this.#messages)
        void this.#pump()
      })
    })
  }

  messages(): readonly Outgoing<Body>[] {
    return this.#messages
  }

  add(body: Body, key: string = newKey()): Outgoing<Body> {
    const there = this.#messages.find((m) => m.key === key)
    if (there) return there
    const message: Outgoing<Body> = { key, body, at: this.#clock.now(), state: 'waiting' }
    this.#change([...this.#messages, message])
    if (!this.#cancelWait) void this.#pump()
    return message
  }

  /** Sends a failed one again, in its old place. */
  retry(key: string): void {
    if (this.#messages.some((m) => m.key === key && m.state === 'failed')) this.#set(key, 'waiting')
    this.wake()
  }

  discard(key: string): void {
    if (this.#messages.some((m) => m.key === key && m.state === 'sending')) this.#current?.abort()
    this.#change(this.#messages.filter((m) => m.key !== key))
  }

  /** Tries now instead of after the pause. */
  wake(): void {
    void this.#pump()
  }

  /** Stops; what is left is sent by the next outbox on the same storage. */
  close(): void {
    this.#closed = true
    this.#cancelWait?.()
    this.#stopListening()
    this.#current?.abort()
  }

  async #pump(): Promise<void> {
    const next = this.#messages.find((m) => m.state === 'waiting')
    if (this.#closed || this.#current || !next) return
    this.#cancelWait?.()
    this.#cancelWait = undefined
    const mine = new AbortController()
    this.#current = mine
    this.#set(next.key, 'sending')
    const settle = await this.#options.send(next, mine.signal).then(
      (reply) => () => this.#sent(next, reply),
      (error: unknown) => () => this.#failed(next.key, error),
    )
    this.#current = undefined
    if (this.#closed) return
    settle()
    if (!this.#cancelWait) void this.#pump()
  }

  #sent(message: Outgoing<Body>, reply: Reply): void {
    this.#failures = 0
    this.#change(this.#messages.filter((m) => m.key !== message.key))
    this.#options.onSent?.(message, reply)
  }

  #failed(key: string, error: unknown): void {
    if (!this.#messages.some((m) => m.key === key)) return
    if (!mayPass(error)) {
      this.#failures = 0
      this.#set(key, 'failed', error instanceof ApiError ? error.code : 'internal')
      return
    }
    this.#failures += 1
    this.#set(key, 'waiting')
    const asked = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0
    const pause = Math.max(asked, backOff(this.#failures, this.#clock, 1_000, 30_000))
    this.#cancelWait = this.#clock.after(pause, () => this.wake())
  }

  #set(key: string, state: Outgoing<Body>['state'], code?: string): void {
    const changed = (m: Outgoing<Body>): Outgoing<Body> => {
      const { code: _, ...rest } = m
      return code === undefined ? { ...rest, state } : { ...rest, state, code }
    }
    this.#change(this.#messages.map((m) => (m.key === key ? changed(m) : m)))
  }

  #change(messages: readonly Outgoing<Body>[]): void {
    this.#messages = messages
    this.#save(messages)
    this.#options.onChange?.(messages)
  }
}
