/** One request of somebody else's and our answer to it (RFC 3261 §17.2, RFC 6026): what was lost on the way is sent again. */
import { makeResponse, type SipRequest, type SipResponse, writeMessage } from './message.ts'
import { repeat, type Timing } from './timing.ts'
import type { Flow } from './transport.ts'

export class ServerTransaction {
  readonly request: SipRequest
  readonly flow: Flow
  readonly key: string
  /** Somebody cancelled the INVITE before its final answer; 487 is ours to give. */
  onCancel: (() => void) | null = null
  /** The 200 to an INVITE was never acknowledged. */
  onUnacked: (() => void) | null = null
  cancelled = false
  #timing: Timing
  #last: Buffer | null = null
  #final = 0
  #stops: (() => void)[] = []
  readonly #forget: () => void
  readonly #reply: Flow

  constructor(options: {
    request: SipRequest
    flow: Flow
    reply: Flow
    key: string
    timing: Timing
    forget: () => void
  }) {
    this.request = options.request
    this.flow = options.flow
    this.#reply = options.reply
    this.key = options.key
    this.#timing = options.timing
    this.#forget = options.forget
  }

  get answered(): boolean {
    return this.#final > 0
  }

  get status(): number {
    return this.#final
  }

  /** The same request came again. */
  again(): void {
    if (this.#last) this.#reply.send(this.#last)
  }

  reply(status: number, extra: Parameters<typeof makeResponse>[2] = {}): void {
    this.respond(makeResponse(this.request, status, extra))
  }

  respond(response: SipResponse): void {
    if (this.#final > 0) return
    this.#last = writeMessage(response)
    this.#reply.send(this.#last)
    if (response.status < 200) return
    this.#final = response.status
    const { t1 } = this.#timing
    if (this.request.method !== 'INVITE') {
      this.#after(this.flow.protocol === 'UDP' ? 64 * t1 : 0, () => this.end())
    } else if (response.status < 300) this.#awaitAck()
    else {
      if (this.flow.protocol === 'UDP') this.#stops.push(repeat(this.#timing, () => this.again()))
      this.#after(64 * t1, () => this.end())
    }
  }

  /** A 200 is repeated on every transport: a proxy before us may have lost it (§13.3.1.4). */
  #awaitAck(): void {
    this.#stops.push(repeat(this.#timing, () => this.again()))
    this.#after(64 * this.#timing.t1, () => {
      const tell = this.onUnacked
      this.end()
      tell?.()
    })
  }

  /** An ACK came: nothing more has to be repeated. */
  acked(): void {
    if (this.#final === 0) return
    this.onUnacked = null
    this.#stopAll()
    // Late repetitions of the request still find this one, and are not taken for a new call.
    this.#after(this.#final < 300 ? 64 * this.#timing.t1 : this.#timing.t4, () => this.end())
  }

  cancel(): void {
    if (this.answered || this.cancelled) return
    this.cancelled = true
    this.onCancel?.()
  }

  #after(ms: number, act: () => void): void {
    const timer = setTimeout(act, ms)
    this.#stops.push(() => clearTimeout(timer))
  }

  #stopAll(): void {
    for (const stop of this.#stops.splice(0)) stop()
  }

  end(): void {
    this.#stopAll()
    this.#forget()
  }
}
