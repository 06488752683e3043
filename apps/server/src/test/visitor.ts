/** A visitor in a test: its session, what it says, and the stream it reads, over real HTTP. */
import { createParser, type Frame } from '@earshot/client'
import type { VisitorEntry, VisitorFrame } from '@earshot/contracts'
import type { Answer } from './caller.ts'
import { Caller } from './caller.ts'

export type Heard = {
  [E in VisitorFrame['event']]: { event: E; data: Extract<VisitorFrame, { event: E }>['data']; id: string }
}[VisitorFrame['event']]

export class TestVisitor {
  readonly caller: Caller
  readonly token: string
  readonly session: Answer

  private constructor(url: string, session: Answer, headers: Record<string, string>) {
    this.session = session
    this.token = session.body.token
    this.caller = new Caller(url, { ...headers, authorization: `Bearer ${this.token}` })
  }

  static async start(
    url: string,
    channelKey: string,
    given: object = {},
    headers: Record<string, string> = {},
  ): Promise<TestVisitor> {
    const session = await new Caller(url, headers).post('/widget/v1/session', { channelKey, ...given })
    return new TestVisitor(url, session, headers)
  }

  say(text: string, clientKey: string = crypto.randomUUID(), more: object = {}): Promise<Answer> {
    return this.caller.post('/widget/v1/messages', { text, clientKey, ...more })
  }

  async upload(name: string, bytes: Uint8Array | string, type = 'application/octet-stream'): Promise<Answer> {
    const form = new FormData()
    form.append('file', new Blob([bytes as BlobPart], { type }), name)
    const answer = await fetch(`${this.caller.url}/widget/v1/upload`, {
      method: 'POST',
      headers: this.caller.headers,
      body: form,
    })
    return { status: answer.status, body: await answer.json(), headers: answer.headers }
  }

  /** Opens the stream; `place` resumes. */
  async listen(place?: string): Promise<Listening> {
    const abort = new AbortController()
    const headers = { ...this.caller.headers, ...(place === undefined ? {} : { 'last-event-id': place }) }
    const answer = await fetch(`${this.caller.url}/widget/v1/stream`, { headers, signal: abort.signal })
    if (!answer.ok || !answer.body) throw new Error(`the stream answered ${answer.status}`)
    return new Listening(answer.body, abort)
  }
}

/** What arrived on a stream so far, and waiting for more of it. */
export class Listening {
  readonly heard: Heard[] = []
  readonly #abort: AbortController
  #wake = () => {}
  #ended = false

  constructor(body: ReadableStream<Uint8Array>, abort: AbortController) {
    this.#abort = abort
    void this.#read(body)
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const push = createParser((f: Frame) => {
      this.heard.push({ event: f.event, data: JSON.parse(f.data), id: f.id } as Heard)
      this.#wake()
    })
    const decoder = new TextDecoder()
    try {
      for await (const piece of body) push(decoder.decode(piece, { stream: true }))
    } catch {
      // closed by us
    }
    this.#ended = true
    this.#wake()
  }

  get ended(): boolean {
    return this.#ended
  }
  get entries(): VisitorEntry[] {
    return this.heard.flatMap((f) => (f.event === 'entries' ? f.data.entries : []))
  }
  get texts(): string[] {
    return this.entries.map((e) => e.text)
  }
  /** Where to resume. */
  get place(): string {
    return this.heard.findLast((f) => f.id !== '')?.id ?? ''
  }

  /** Waits until `condition` holds for what was heard; fails after 10 s. */
  async until<T>(condition: (listening: this) => T | undefined | false): Promise<T> {
    const deadline = Date.now() + 10_000
    for (;;) {
      const met = condition(this)
      if (met) return met
      if (Date.now() > deadline) throw new Error(`never heard; only ${JSON.stringify(this.heard.map((f) => f.event))}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 250)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  close(): void {
    this.#abort.abort()
  }
}
