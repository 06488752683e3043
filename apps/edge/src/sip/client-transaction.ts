/** One request of ours until its final answer (RFC 3261 §17.1): repeated on UDP, given up after 64 T1, refusals of INVITE acknowledged. */
import { Headers, makeRequest, type SipRequest, type SipResponse, writeMessage } from './message.ts'
import { repeat, type Timing } from './timing.ts'
import type { Flow } from './transport.ts'

export interface Answers {
  provisional?(response: SipResponse): void
  /** Once; an INVITE's further 200s go to `again`. */
  final(response: SipResponse): void
  /** Nothing came. */
  silence(): void
  /** A 200 once more: its ACK was lost, or another phone answered as well. */
  again?(response: SipResponse): void
}

export class ClientTransaction {
  readonly request: SipRequest
  readonly flow: Flow
  readonly key: string
  readonly #timing: Timing
  readonly #answers: Answers
  readonly #forget: () => void
  #stops: (() => void)[] = []
  #state: 'calling' | 'proceeding' | 'completed' | 'done' = 'calling'
  #ack: Buffer | null = null

  constructor(options: {
    request: SipRequest
    flow: Flow
    key: string
    timing: Timing
    answers: Answers
    forget: () => void
  }) {
    this.request = options.request
    this.flow = options.flow
    this.key = options.key
    this.#timing = options.timing
    this.#answers = options.answers
    this.#forget = options.forget
  }

  get proceeding(): boolean {
    return this.#state === 'proceeding'
  }

  start(): void {
    const bytes = writeMessage(this.request)
    this.flow.send(bytes)
    const longest = this.request.method === 'INVITE' ? Number.POSITIVE_INFINITY : this.#timing.t2
    if (this.flow.protocol === 'UDP') this.#stops.push(repeat(this.#timing, () => this.flow.send(bytes), longest))
    this.#after(64 * this.#timing.t1, () => {
      this.end()
      this.#answers.silence()
    })
  }

  receive(response: SipResponse): void {
    const invite = this.request.method === 'INVITE'
    if (this.#state === 'completed') {
      if (invite && response.status >= 300 && this.#ack) this.flow.send(this.#ack)
      else if (invite && response.status >= 200 && response.status < 300) this.#answers.again?.(response)
      return
    }
    if (this.#state === 'done') return
    if (response.status < 200) {
      // An INVITE rings as long as its caller wants; others go on being repeated, and end by their timer.
      if (invite && this.#state === 'calling') this.#stopAll()
      this.#state = 'proceeding'
      this.#answers.provisional?.(response)
      return
    }
    this.#stopAll()
    this.#state = 'completed'
    if (invite && response.status >= 300) this.#acknowledge(response)
    const stay = invite ? 64 * this.#timing.t1 : this.flow.protocol === 'UDP' ? this.#timing.t4 : 0
    this.#after(stay, () => this.end())
    this.#answers.final(response)
  }

  /** The ACK of a refusal belongs to the same transaction (§17.1.1.3). */
  #acknowledge(response: SipResponse): void {
    const { headers } = this.request
    const ack = new Headers()
    ack.add('via', headers.get('via') ?? '')
    ack.add('max-forwards', '70')
    ack.add('route', ...headers.all('route'))
    ack.add('from', headers.get('from') ?? '')
    ack.add('to', response.headers.get('to') ?? '')
    ack.add('call-id', headers.get('call-id') ?? '')
    ack.add('cseq', (headers.get('cseq') ?? '').replace(/\S+$/, 'ACK'))
    this.#ack = writeMessage(makeRequest('ACK', this.request.uri, ack))
    this.flow.send(this.#ack)
  }

  #after(ms: number, act: () => void): void {
    const timer = setTimeout(act, ms)
    this.#stops.push(() => clearTimeout(timer))
  }

  #stopAll(): void {
    for (const stop of this.#stops.splice(0)) stop()
  }

  end(): void {
    this.#state = 'done'
    this.#stopAll()
    this.#forget()
  }
}
