/** Evaluates the rules on this page and does what they say, one thing at a time. */
import type { ActiveRules } from '@earshot/contracts'
import {
  type Data,
  type Fired,
  type Given,
  newId,
  type Outcome,
  type Rule,
  readJson,
  type Seen,
  store,
  widget,
} from './parts.ts'
import { holds, isAllowed, type Moment, type Past, redirectTarget } from './rules.ts'
import { show } from './show.ts'

const UTM = ['source', 'medium', 'campaign', 'term', 'content']
const DAY_MS = 24 * 60 * 60_000

/** What a visit has shown so far; all tabs share it. */
interface Memory {
  visit: string
  utm: Record<string, string>
  events: Record<string, number>
  /** Newest values of custom events, for rules that keep them. */
  values: Data
}

interface Ways {
  page(): Seen
  tell(firing: Fired): void
  /** Before the page is left. */
  sendNow(): void
}

export class Triggers {
  readonly #given: Given
  readonly #ways: Ways
  readonly #past
  readonly #kept
  /** Rule and page view: once is enough. */
  readonly #done = new Set<string>()
  #active: ActiveRules | undefined
  #visit: { id: string; number: number } | undefined
  #take: (() => void) | undefined
  #chatOpen = false
  #stopped = false

  constructor(given: Given, ways: Ways) {
    this.#given = given
    this.#ways = ways
    this.#past = store(given.key, 'r')
    this.#kept = store(given.key, 'm')
    this.#hearChat('on')
    void this.#load()
  }

  setVisit(visit: { id: string; number: number }): void {
    this.#visit = visit
    const parameters = new URL(this.#ways.page().url).searchParams
    const named = UTM.flatMap((name) => {
      const value = parameters.get(`utm_${name}`)
      return value ? [[name, value.slice(0, 200)]] : []
    })
    this.#remember((now) => {
      if (named.length > 0) now.utm = Object.fromEntries(named)
    })
    this.look()
  }

  noteEvent(name: string, data: Data): void {
    this.#remember((now) => {
      now.events[name] = (now.events[name] ?? 0) + 1
      const values = { ...now.values, ...data }
      now.values = JSON.stringify(values).length < 8000 ? values : data
    })
    this.look()
  }

  /** Fires the first rule whose conditions hold now, unless something is on the screen already. */
  look(exit = false): void {
    const visit = this.#visit
    if (!this.#active || !visit || this.#take || this.#stopped) return
    const now = this.#moment(exit)
    const past = this.#records()
    const rule = this.#active.rules.find(
      (one) =>
        !this.#done.has(`${one.id} ${this.#ways.page().id}`) &&
        isAllowed(one, past[one.id], visit.id, Date.now()) &&
        one.conditions.every((condition) => holds(condition, now)),
    )
    if (rule) this.#fire(rule, visit.id, this.#active)
  }

  stop(): void {
    this.#stopped = true
    this.#take?.()
    this.#hearChat('off')
    this.#past.set('')
    this.#kept.set('')
  }

  #fire(rule: Rule, visit: string, { color, redirectOrigins }: ActiveRules): void {
    const { action } = rule
    const { page, tell } = this.#ways
    this.#done.add(`${rule.id} ${page().id}`)
    const target = action.do === 'redirect' ? redirectTarget(action.url, location.href, redirectOrigins) : ''
    if (target === null) return
    const count = this.#note(rule, visit)
    const data = this.#capture(rule)
    const firing: Fired = { id: newId(), pageId: page().id, ruleId: rule.id, at: Date.now(), outcome: 'shown', data }
    tell(firing)
    if (action.do === 'redirect') {
      this.#ways.sendNow()
      location.assign(target)
      return
    }
    const take = show(action, { color, nonce: this.#given.nonce }, (outcome: Outcome, typed) => {
      this.#take = undefined
      tell({ ...firing, outcome, data: { ...data, ...typed } })
      if (outcome === 'dismissed') this.#note(rule, visit, count)
      if (outcome === 'accepted') widget('open')
    })
    // A toast goes by itself, and holds nobody up.
    if (action.do !== 'toast') this.#take = take
  }

  /** Counts a firing; one that was declined keeps the rule quiet. */
  #note(rule: Rule, visit: string, declined?: number): number {
    const past = this.#records()
    const before = past[rule.id]
    const count = declined ?? (before?.visit === visit ? before.count + 1 : 1)
    const quietUntil = declined === undefined ? 0 : Date.now() + rule.waitDays * DAY_MS
    this.#past.set(JSON.stringify({ ...past, [rule.id]: { visit, count, quietUntil } }))
    return count
  }

  #capture(rule: Rule): Data {
    const { values } = this.#memory()
    const kept = rule.keep.flatMap((name) => (name in values ? [[name, values[name]]] : []))
    return { page: location.pathname.slice(0, 500), ...Object.fromEntries(kept) }
  }

  #moment(exit: boolean): Moment {
    const { visibleMs, scroll, url } = this.#ways.page()
    const { pathname, search } = new URL(url)
    const { utm, events } = this.#memory()
    const seen = { seconds: visibleMs / 1000, scroll, exit, page: pathname + search }
    return { ...seen, utm, events, device: device(), visits: this.#visit?.number ?? 1, chatOpen: this.#chatOpen }
  }

  #records = (): Record<string, Past> => readJson<Record<string, Past>>(this.#past, {})

  /** What happened before the visit had a name belongs to it; what another visit left does not. */
  #memory(): Memory {
    const visit = this.#visit?.id ?? ''
    const held = readJson<Partial<Memory>>(this.#kept, {})
    const { utm = {}, events = {}, values = {} } = visit === '' || !held.visit || held.visit === visit ? held : {}
    return { visit: visit || (held.visit ?? ''), utm, events, values }
  }

  #remember(change: (memory: Memory) => void): void {
    const now = this.#memory()
    change(now)
    this.#kept.set(JSON.stringify(now))
  }

  readonly #opened = () => this.#setChat(true)
  readonly #closed = () => this.#setChat(false)
  #setChat(open: boolean): void {
    this.#chatOpen = open
    this.look()
  }
  #hearChat(verb: 'on' | 'off'): void {
    widget(verb, 'open', this.#opened)
    widget(verb, 'close', this.#closed)
  }

  async #load(): Promise<void> {
    const { origin, key } = this.#given
    try {
      const answer = await fetch(`${origin}/widget/v1/triggers/${key}`, { credentials: 'omit' })
      if (answer.ok) this.#active = (await answer.json()) as ActiveRules
    } catch {
      return // without rules nothing fires
    }
    this.look()
  }
}

function device(): Moment['device'] {
  const { userAgent, maxTouchPoints } = navigator
  if (/iPad|Tablet/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return 'tablet'
  if (/Android/.test(userAgent)) return /Mobile/.test(userAgent) ? 'mobile' : 'tablet'
  return /Mobi|iPhone/.test(userAgent) ? 'mobile' : 'desktop'
}
