/** What the edge asks of the server and tells the hub, over HTTP. Both may be away for a while; calls go on. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type GoneCall, IncomingAnswer, type IncomingCall, type LegReport, Trunk } from '@earshot/voice'
import { z } from 'zod'

export interface ApiOptions {
  serverUrl: string
  secret: string
}

/** A server that is restarting is waited for: the caller hears ringing, which costs nothing. */
const ASK_MS = 15_000
const REPORT_MS = 12_000
const AGAIN_MS = 300

export class Api {
  readonly #options: ApiOptions

  constructor(options: ApiOptions) {
    this.#options = options
  }

  async #send(method: string, url: string, body?: unknown, timeoutMs = 5000): Promise<Response> {
    return fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${this.#options.secret}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    })
  }

  /** Null: the server did not answer in time. The same question again is the same call. */
  async incoming(call: IncomingCall, wanted: () => boolean): Promise<IncomingAnswer | null> {
    const until = performance.now() + ASK_MS
    while (wanted() && performance.now() < until) {
      const answer = await this.#send('POST', `${this.#options.serverUrl}/internal/voice/incoming`, call, 8000).catch(
        () => null,
      )
      if (answer?.ok) return IncomingAnswer.parse(await answer.json())
      if (answer && answer.status < 500) return { accept: false, status: 500, reason: 'Server Internal Error' }
      await pause(AGAIN_MS)
    }
    return null
  }

  async trunks(): Promise<Trunk[] | null> {
    const answer = await this.#send('GET', `${this.#options.serverUrl}/internal/voice/trunks`).catch(() => null)
    if (!answer?.ok) return null
    const read = z.array(Trunk).safeParse(await answer.json().catch(() => null))
    return read.success ? read.data : null
  }

  /** An accepted call that will not come. */
  gone(call: string, why: GoneCall['why']): Promise<void> {
    const body: GoneCall = { call, why }
    return this.#tell(`${this.#options.serverUrl}/internal/voice/gone`, body)
  }

  report(hubUrl: string, call: string, leg: string, report: Omit<LegReport, 'opId'>): Promise<void> {
    const body: LegReport = { opId: randomUUID(), ...report }
    return this.#tell(`${hubUrl}/v1/calls/${call}/legs/${leg}`, body)
  }

  async #tell(url: string, body: unknown): Promise<void> {
    const until = performance.now() + REPORT_MS
    do {
      const answer = await this.#send('POST', url, body).catch(() => null)
      if (answer && answer.status < 500) return
      await pause(AGAIN_MS)
    } while (performance.now() < until)
  }
}
