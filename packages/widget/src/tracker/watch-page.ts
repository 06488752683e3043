/** Watches the page: which one it is, how long it is seen, how far down; also where a website changes pages without loading any. */
import { newId, type Seen } from './parts.ts'

const TICK_MS = 1000
const HEARTBEAT_MS = 15_000
/** Without a touch for so long, nobody is taken to be reading. */
const AWAY_MS = 5 * 60_000
/** After this the next touch begins a new visit, and so a new page view. */
const IDLE_MS = 30 * 60_000
const MAX_URL = 2000

interface Ears {
  /** A page view begins. */
  onPage(page: Seen): void
  /** It is seen for longer now, or further down. */
  onSeen(page: Seen): void
  /** Every second, and whenever something moves. */
  onTick(): void
  onLeave(): void
}

export class PageWatch {
  readonly #ears: Ears
  readonly #stops: (() => void)[] = []
  #page = open(document.referrer)
  #touchedAt = Date.now()
  #tickedAt = Date.now()
  #toldAt = Date.now()
  #told = ''

  constructor(ears: Ears) {
    this.#ears = ears
  }

  start(): void {
    const leave = () => {
      if (document.visibilityState === 'hidden') this.#leave()
    }
    this.#hear(document, 'visibilitychange', leave)
    this.#hear(window, 'pagehide', () => this.#leave())
    this.#hear(window, 'scroll', () => {
      this.#touch()
      this.#measure()
      this.#ears.onTick()
    })
    for (const name of ['pointerdown', 'pointermove', 'keydown', 'focus']) {
      this.#hear(window, name, () => this.#touch())
    }
    const timer = setInterval(() => this.#tick(), TICK_MS)
    this.#stops.push(
      hookHistory(() => this.#move()),
      () => clearInterval(timer),
    )
    this.#measure()
    this.#ears.onPage(this.#page)
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }

  /** As it stands now. */
  get page(): Seen {
    this.#measure()
    return this.#page
  }

  /** Begins another page view. */
  next(from = this.#page.url): void {
    this.#page = open(from)
    this.#measure()
    this.#ears.onPage(this.#page)
  }

  #hear(target: EventTarget, name: string, hear: () => void): void {
    const options = { passive: true, capture: true }
    target.addEventListener(name, hear, options)
    this.#stops.push(() => target.removeEventListener(name, hear, options))
  }

  #measure(): void {
    const page = this.#page
    // While a website changes pages, what stands there may be of the next one already.
    if (placeOf(location.href) !== placeOf(page.url)) return
    const { scrollHeight } = document.documentElement
    const depth = scrollHeight > 0 ? ((scrollY + innerHeight) / scrollHeight) * 100 : 100
    page.scroll = Math.max(page.scroll, Math.min(100, Math.round(depth)))
    page.title = document.title
  }

  #tell(): void {
    const page = this.page
    const news = `${page.id} ${page.visibleMs} ${page.scroll} ${page.title}`
    this.#toldAt = Date.now()
    if (news === this.#told) return
    this.#told = news
    this.#ears.onSeen(page)
  }

  #tick(): void {
    const now = Date.now()
    const isTouched = now - this.#touchedAt < AWAY_MS
    const isSeen = document.visibilityState === 'visible' && document.hasFocus() && isTouched
    // A sleeping computer does not read.
    if (isSeen) this.#page.visibleMs += Math.min(now - this.#tickedAt, 2 * TICK_MS)
    this.#tickedAt = now
    if (isSeen && now - this.#toldAt >= HEARTBEAT_MS) this.#tell()
    this.#ears.onTick()
  }

  #touch(): void {
    const now = Date.now()
    const wasIdle = now - this.#touchedAt > IDLE_MS
    this.#touchedAt = now
    this.#page.lastAt = now
    if (wasIdle) this.next()
  }

  #leave(): void {
    this.#tick()
    this.#tell()
    this.#ears.onLeave()
  }

  /** The address may have changed without a load. */
  #move(): void {
    if (placeOf(location.href) === placeOf(this.#page.url)) return
    const from = this.#page.url
    this.#tick()
    this.#tell()
    this.#touch()
    this.next(from)
  }
}

function open(referrer: string): Seen {
  const now = Date.now()
  const url = location.href.slice(0, MAX_URL)
  return {
    id: newId(),
    url,
    referrer: referrer.slice(0, MAX_URL),
    title: document.title,
    at: now,
    lastAt: now,
    visibleMs: 0,
    scroll: 0,
  }
}

/** Two addresses are one page when they differ in a fragment only, unless the fragment is how the website names its pages. */
function placeOf(href: string): string {
  const { pathname, search, hash } = new URL(href)
  return pathname + search + (/^#[!/]/.test(hash) ? hash : '')
}

/** Tells after every change of the address. What the page hooked in itself goes on working. */
function hookHistory(changed: () => void): () => void {
  const { pushState, replaceState } = history
  const later = () => setTimeout(changed) // by then the page has drawn itself, and named itself
  const hook =
    (change: History['pushState']): History['pushState'] =>
    (...given) => {
      change.apply(history, given)
      later()
    }
  history.pushState = hook(pushState)
  history.replaceState = hook(replaceState)
  addEventListener('popstate', later)
  addEventListener('hashchange', later)
  return () => {
    history.pushState = pushState
    history.replaceState = replaceState
    removeEventListener('popstate', later)
    removeEventListener('hashchange', later)
  }
}
