/** The tracker: loaded by the loader when a visitor has agreed, and only then. Forgets everything when they change their mind. */
import { type Data, type Given, newId, type Seen, store } from './parts.ts'
import { Sender } from './sender.ts'
import { Triggers } from './triggers.ts'
import { nameOf, watchActs } from './watch-acts.ts'
import { PageWatch } from './watch-page.ts'

let running: (() => void) | undefined

export function start(script: HTMLScriptElement, calls: unknown[][]): void {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean }
  if (globalPrivacyControl || doNotTrack === '1') return
  const { nonce, src, dataset } = script
  running ??= run({ calls, key: dataset.channel ?? '', origin: new URL(src).origin, nonce })
}

function run(given: Given): () => void {
  const kept = store(given.key, 'v')
  const visitor = /^[\w-]{22}$/.test(kept.get()) ? kept.get() : newKey()
  kept.set(visitor)
  const sender = new Sender(given, visitor, (visit) => triggers.setVisit(visit))
  const watch = new PageWatch({
    onPage: (page: Seen) => {
      sender.page(page)
      void sender.flush()
      triggers.look()
    },
    onSeen: (page) => sender.page(page),
    onTick: () => triggers.look(),
    onLeave: () => sender.leave(),
  })
  const triggers = new Triggers(given, {
    page: () => watch.page,
    tell: (firing) => sender.firing(firing, watch.page),
    sendNow: () => sender.leave(),
  })
  const act = (kind: 'click' | 'form' | 'custom', name: string, data: Data) => {
    sender.event({ id: newId(), pageId: watch.page.id, kind, name, at: Date.now(), data }, watch.page)
    if (kind === 'custom') triggers.noteEvent(name, data)
  }
  watch.start()
  const unwatch = watchActs(act)
  const onExit = ({ clientY, relatedTarget }: MouseEvent) => {
    if (relatedTarget === null && clientY <= 0) triggers.look(true)
  }
  document.addEventListener('mouseout', onExit)
  const unhear = hearPage(given, (name, said, data) => {
    if (name === 'track') act('custom', nameOf(said, 'event'), readData(data))
    else if (name === 'page') watch.next()
    else if (name === 'consent' && said !== 'grant') running?.()
  })
  return () => {
    running = undefined
    unhear()
    document.removeEventListener('mouseout', onExit)
    unwatch()
    watch.stop()
    triggers.stop()
    sender.stop()
    kept.set('')
  }
}

/** What the page has said since its visitor agreed, and what it says from now on. What it said before is dropped. */
function hearPage({ calls }: Given, hear: (name: unknown, said: unknown, data: unknown) => void): () => void {
  const agreedAt = calls.findLastIndex(([name]) => name === 'consent')
  for (const [name, said, data] of calls.splice(0).slice(agreedAt + 1)) hear(name, said, data)
  calls.push = (...said) => {
    for (const [name, first, second] of said) hear(name, first, second)
    return 0
  }
  return () => {
    Reflect.deleteProperty(calls, 'push')
  }
}

/** What a page hands over is taken as plain values, or not at all. */
function readData(data: unknown): Data {
  try {
    const text = JSON.stringify(data)
    const read: unknown = text && text.length <= 8000 ? JSON.parse(text) : {}
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Data) : {}
  } catch {
    return {}
  }
}

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes))
    .replace(/[+/]/g, (sign) => (sign === '+' ? '-' : '_'))
    .slice(0, 22)
}
