/** A visitor's browser, as far as the server can tell: the visitor API over real HTTP, and its stream. */
import { randomBytes } from 'node:crypto'
import type {
  JsonValue,
  SaidAsContact,
  Session,
  VisitorConversation,
  VisitorEntry,
  VisitorFrame,
} from '@earshot/contracts'
import type { z } from 'zod'

export interface Introduction {
  name: string
  email?: string
  page: string
  locale: string
}

/** The server refused, or is not there. */
export class VisitRefused extends Error {
  override readonly name = 'VisitRefused'
}

const KHTML = '(KHTML, like Gecko)'
const BROWSERS = [
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 ${KHTML} Chrome/142.0.0.0 Safari/537.36`,
  `Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 ${KHTML} Chrome/142.0.0.0 Mobile Safari/537.36`,
  `Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 ${KHTML} Version/26.1 Mobile/15E148 Safari/604.1`,
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
]

export class VisitorClient {
  readonly #url: string
  readonly #signal: AbortSignal
  readonly #stream = new AbortController()
  #token = ''
  #wake: () => void = () => {}
  /** What others said, in order. */
  readonly heard: VisitorEntry[] = []
  conversation: VisitorConversation | null = null

  private constructor(url: string, signal: AbortSignal) {
    this.#url = url
    this.#signal = AbortSignal.any([signal, this.#stream.signal])
    this.#signal.addEventListener('abort', () => this.#wake())
  }

  static async arrive(url: string, channelKey: string, who: Introduction, signal: AbortSignal): Promise<VisitorClient> {
    const client = new VisitorClient(url, signal)
    const session = await client.#post<Session>('session', { channelKey, ...who })
    client.#token = session.token
    client.#page = { page: who.page, locale: who.locale, visitor: client.#visitor }
    client.#channelKey = channelKey
    await client.#listen()
    return client
  }

  #page = {}
  #channelKey = ''
  /** What the tracker of a browser would keep. */
  readonly #visitor = randomBytes(16).toString('base64url')
  readonly #browser = BROWSERS[this.#visitor.charCodeAt(0) % BROWSERS.length]!
  #seen: { id: string; url: string; title: string; since: number } | undefined

  /** Goes to a page of the website, as its tracker tells it; then the same page again says how long it was read. */
  async browse(url: string, title: string, event?: { name: string; data: Record<string, JsonValue> }): Promise<void> {
    if (this.#seen?.url !== url) this.#seen = { id: crypto.randomUUID(), url, title, since: Date.now() }
    const { id, since } = this.#seen
    const ageMs = Date.now() - since
    const page = {
      id,
      url,
      title,
      agoMs: ageMs,
      lastAgoMs: 0,
      visibleMs: ageMs,
      scroll: Math.min(100, 30 + Math.round(ageMs / 900)),
    }
    const events = event ? [{ id: crypto.randomUUID(), pageId: id, kind: 'custom', agoMs: 0, ...event }] : []
    const body = { channelKey: this.#channelKey, visitor: this.#visitor, consent: true, pages: [page], events }
    await this.#post('track', body).catch(() => {}) // a website goes on without its tracker
  }

  async say(text: string): Promise<VisitorEntry> {
    const said = await this.#post<z.infer<typeof SaidAsContact>>('messages', {
      text,
      clientKey: crypto.randomUUID(),
      ...this.#page,
    })
    this.conversation = said.conversation
    return said.entry
  }

  type = (active: boolean): Promise<unknown> => this.#post('typing', { active })
  rate = (stars: number, comment: string): Promise<unknown> =>
    this.#post('rating', { stars, ...(comment && { comment }) })

  /** Closes the page. */
  leave(): void {
    this.#stream.abort()
  }

  /** Waits for something somebody else said after a position; undefined when nothing comes in time. */
  hear(
    after: number,
    withinMs: number,
    is: (entry: VisitorEntry) => boolean = () => true,
  ): Promise<VisitorEntry | undefined> {
    return this.until(() => this.heard.find((entry) => entry.position > after && is(entry)), withinMs)
  }

  /** Waits until `find` finds something in what is known here; undefined when the time is up. */
  async until<T>(find: () => T | undefined, withinMs: number): Promise<T | undefined> {
    for (const end = Date.now() + withinMs; ; ) {
      const found = find()
      const left = end - Date.now()
      if (found !== undefined || left <= 0 || this.#signal.aborted) return found
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  async #post<T>(path: string, body: object): Promise<T> {
    const reply = await fetch(`${this.#url}/widget/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': this.#browser, ...this.#authorization() },
      body: JSON.stringify(body),
      signal: this.#signal,
    })
    if (!reply.ok) throw new VisitRefused(`${path} answered ${reply.status}`)
    return (await reply.json()) as T
  }

  #authorization = (): Record<string, string> => (this.#token ? { authorization: `Bearer ${this.#token}` } : {})

  async #listen(): Promise<void> {
    const reply = await fetch(`${this.#url}/widget/v1/stream`, { headers: this.#authorization(), signal: this.#signal })
    if (!reply.ok || !reply.body) throw new VisitRefused(`the stream answered ${reply.status}`)
    void this.#read(reply.body).catch(() => this.#wake()) // left, or cut off: whoever waits is woken
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const piece of body) {
      const blocks = `${rest}${decoder.decode(piece, { stream: true })}`.split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) this.#take(block)
    }
  }

  #take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1]
    const [event, data] = [field('event'), field('data')]
    if (!event || !data) return
    const frame = { event, data: JSON.parse(data) } as VisitorFrame
    if (frame.event === 'entries')
      this.heard.push(...frame.data.entries.filter(({ author }) => author.kind !== 'contact'))
    else if (frame.event === 'conversation') this.conversation = frame.data
    else return
    this.#wake()
  }
}
