/** Sends what was seen, in batches; what cannot be sent is tried again, and after a while let go. */
import type { Tracked } from '@earshot/contracts'
import { type Fired, type Given, type Happened, readJson, type Seen, store } from './parts.ts'

const SOON_MS = 1000
const LATEST_MS = 60_000
const MAX_WAITING = 200
const MAX_EVENTS = 50
const MAX_FIRINGS = 20
const MAX_PAGES = 20
const DAY_MS = 24 * 60 * 60_000

interface Waiting {
  pages: Seen[]
  events: Happened[]
  firings: Fired[]
}
const nothing = (): Waiting => ({ pages: [], events: [], firings: [] })

export class Sender {
  readonly #given: Given
  readonly #visitor: string
  readonly #kept
  readonly #onVisit: (visit: NonNullable<Tracked['visit']>) => void
  #waiting: Waiting
  #timer: ReturnType<typeof setTimeout> | undefined
  #delay = SOON_MS
  #busy = false
  #stopped = false

  constructor(given: Given, visitor: string, onVisit: (visit: NonNullable<Tracked['visit']>) => void) {
    this.#given = given
    this.#visitor = visitor
    this.#onVisit = onVisit
    this.#kept = store(given.key, 'q')
    this.#waiting = { ...nothing(), ...readJson<Partial<Waiting>>(this.#kept, {}) }
    this.#kept.set('')
  }

  page(page: Seen): void {
    put(this.#waiting.pages, { ...page })
    this.#soon()
  }
  event(event: Happened, page: Seen): void {
    put(this.#waiting.pages, { ...page })
    this.#waiting.events.push(event)
    this.#soon()
  }
  firing(firing: Fired, page: Seen): void {
    put(this.#waiting.pages, { ...page })
    put(this.#waiting.firings, { ...firing })
    this.#soon()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    this.#waiting = nothing()
    this.#kept.set('')
  }

  /** The page is being left: nobody hears the answer. */
  leave(): void {
    if (this.#stopped || this.#waiting.pages.length === 0) return
    const batch = this.#take()
    const sent = navigator.onLine && navigator.sendBeacon?.(this.#url, this.#write(batch))
    if (!sent) this.#putBack(batch)
    // What remains is told by the next page.
    if (this.#waiting.pages.length > 0) this.#kept.set(JSON.stringify(this.#waiting).slice(0, 50_000))
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#busy || this.#stopped || this.#waiting.pages.length === 0) return
    const batch = this.#take()
    this.#busy = true
    let waitMs = 0
    try {
      const answer = await fetch(this.#url, {
        method: 'POST',
        body: this.#write(batch), // plain text: no question beforehand
        keepalive: true,
        credentials: 'omit',
        signal: AbortSignal.timeout(10_000),
      })
      if (answer.ok) this.#hear((await answer.json()) as Tracked)
      else if (answer.status === 429 || answer.status >= 500)
        waitMs = Number(answer.headers.get('retry-after')) * 1000 || this.#later()
    } catch {
      waitMs = this.#later()
    } finally {
      this.#busy = false
    }
    if (waitMs > 0) this.#putBack(batch)
    else this.#delay = SOON_MS
    if (this.#waiting.pages.length > 0) this.#soon(waitMs || SOON_MS)
  }

  get #url(): string {
    return `${this.#given.origin}/widget/v1/track`
  }

  #hear({ visit }: Tracked): void {
    if (visit && !this.#stopped) this.#onVisit(visit)
  }

  #later(): number {
    this.#delay = Math.min(LATEST_MS, this.#delay * 2)
    return this.#delay
  }

  #soon(ms = SOON_MS): void {
    if (!this.#stopped) this.#timer ??= setTimeout(() => void this.flush(), ms)
  }

  /** At most as much as one batch may hold, with the pages that its events name. */
  #take(): Waiting {
    const { pages, events, firings } = this.#waiting
    const some = pages.slice(0, MAX_PAGES)
    const isOf = ({ pageId }: { pageId: string }) => some.some(({ id }) => id === pageId)
    const batch = {
      pages: some,
      events: events.filter(isOf).slice(0, MAX_EVENTS),
      firings: firings.filter(isOf).slice(0, MAX_FIRINGS),
    }
    const rest = {
      events: events.filter((event) => !batch.events.includes(event)),
      firings: firings.filter((firing) => !batch.firings.includes(firing)),
    }
    const isNeeded = ({ id }: Seen) => [...rest.events, ...rest.firings].some(({ pageId }) => pageId === id)
    this.#waiting = { ...rest, pages: [...some.filter(isNeeded), ...pages.slice(MAX_PAGES)] }
    return batch
  }

  /** Newer news of the same thing wins over what comes back. */
  #putBack({ pages, events, firings }: Waiting): void {
    for (const page of pages)
      if (!this.#waiting.pages.some(({ id }) => id === page.id)) this.#waiting.pages.unshift(page)
    for (const firing of firings)
      if (!this.#waiting.firings.some(({ id }) => id === firing.id)) this.#waiting.firings.unshift(firing)
    this.#waiting.events.unshift(...events)
    this.#waiting.events.splice(MAX_WAITING)
    this.#waiting.pages.splice(MAX_WAITING)
  }

  #write({ pages, events, firings }: Waiting): string {
    const now = Date.now()
    const ago = (at: number) => Math.min(DAY_MS, Math.max(0, Math.round(now - at)))
    const { userAgentData } = navigator as Navigator & { userAgentData?: Hints }
    return JSON.stringify({
      channelKey: this.#given.key,
      visitor: this.#visitor,
      consent: true,
      hints: userAgentData && {
        mobile: userAgentData.mobile,
        platform: userAgentData.platform.slice(0, 60),
        brands: userAgentData.brands
          .slice(0, 10)
          .map(({ brand, version }) => ({ brand: brand.slice(0, 60), version: version.slice(0, 20) })),
      },
      pages: pages.map(({ at, lastAt, referrer, visibleMs, title, ...page }) => ({
        ...page,
        title: title.slice(0, 500),
        ...(referrer ? { referrer } : {}),
        agoMs: ago(at),
        lastAgoMs: ago(lastAt),
        visibleMs: Math.min(DAY_MS, Math.round(visibleMs)),
      })),
      events: events.map(({ at, ...event }) => ({ ...event, agoMs: ago(at) })),
      firings: firings.map(({ at, ...firing }) => ({ ...firing, agoMs: ago(at) })),
    })
  }
}

interface Hints {
  mobile: boolean
  platform: string
  brands: { brand: string; version: string }[]
}

function put<T extends { id: string }>(list: T[], item: T): void {
  const at = list.findIndex(({ id }) => id === item.id)
  if (at < 0) list.push(item)
  else list[at] = item
}
