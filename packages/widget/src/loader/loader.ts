/** The script on a customer's page: a launcher, and, once it is wanted, the app in a frame of our origin. */

import type { EventName, Hello, ToApp, ToPage } from '../words.ts'
import { createLauncher, type Launcher } from './launcher.ts'
import { recall, remember } from './remember.ts'

type Command = [name: string, ...given: unknown[]]
interface Api {
  (...command: Command): void
  /** What the page asked for before this script had loaded. */
  q?: ArrayLike<unknown>[]
  ready?: boolean
}
declare global {
  interface Window {
    Earshot?: Api
  }
}

/** How long the launcher waits for its colour before it shows itself anyway. */
const LOOK_MS = 2000

class Loader {
  readonly #origin: string
  readonly #key: string
  readonly #launcher: Launcher
  readonly #listeners = new Map<string, Set<(data: unknown) => void>>()
  #frame: HTMLIFrameElement | undefined
  #port: MessagePort | undefined
  #toSay: ToApp[] = []
  #isOpen = false
  #isReady = false
  #wanted = true
  /** What the page tells the tracker; kept until it is there. */
  readonly #calls: unknown[][] = []
  #tracker: string | undefined

  constructor(script: HTMLScriptElement, key: string) {
    this.#origin = new URL(script.src).origin
    this.#key = key
    this.#launcher = createLauncher(script.nonce, () => this.#setOpen(!this.#isOpen))
  }

  async start(): Promise<void> {
    const waiting = window.Earshot?.q ?? []
    const commands = this.#commands()
    const api: Api = (name, ...given) => {
      if (/^(track|page|consent)$/.test(name)) this.#track(name, ...given)
      else if (commands[name]) commands[name](...(given as never[]))
      else console.warn('Earshot: no', name)
    }
    api.ready = true
    window.Earshot = api
    for (const command of waiting) api(...(Array.from(command) as Command))
    const look = await fetchLook(`${this.#origin}/widget/v1/look/${this.#key}`)
    if (look === null) return console.warn('Earshot: no chat')
    if (look) this.#launcher.paint(look.color)
    this.#tracker = look?.tracker
    this.#track()
    this.#isReady = true
    this.#show(this.#wanted)
    if (recall(this.#key)) this.#openFrame()
    this.#tell('ready')
  }

  #commands(): Record<string, (...given: never[]) => void> {
    const listenersOf = (name: string) => this.#listeners.get(name) ?? new Set()
    return {
      open: () => this.#setOpen(true),
      close: () => this.#setOpen(false),
      toggle: () => this.#setOpen(!this.#isOpen),
      show: () => this.#show(true),
      hide: () => this.#show(false),
      identify: (who?: { name?: string; email?: string }) =>
        this.#say({ type: 'identify', name: who?.name, email: who?.email }),
      newMessage: (text?: string) => {
        this.#say({ type: 'compose', text: String(text ?? '') })
        this.#setOpen(true)
      },
      on: (name: string, listener: (data: unknown) => void) => {
        this.#listeners.set(name, listenersOf(name).add(listener))
      },
      off: (name: string, listener: (data: unknown) => void) => {
        listenersOf(name).delete(listener)
      },
    }
  }

  /** The tracker is loaded once a visitor has agreed, and drops what was said before. Browsers that say no are not told where it is. */
  #track(...call: unknown[]): void {
    const consent = `${this.#key}:c`
    if (call[0] === 'consent') remember(consent, call[1] as string)
    this.#calls.push(call)
    if (this.#tracker && recall(consent) === 'grant')
      import(/* @vite-ignore */ this.#origin + this.#tracker).then(
        (tracker) => tracker.start(script, this.#calls),
        () => {}, // the chat does without
      )
  }

  #tell(name: EventName, data?: unknown): void {
    if (name === 'unread') this.#launcher.setUnread(Number(data) || 0)
    for (const listener of this.#listeners.get(name) ?? []) listener(data)
  }

  #say(message: ToApp): void {
    this.#openFrame()
    if (this.#port) this.#port.postMessage(message)
    else this.#toSay.push(message)
  }

  /** The port goes to our origin and nowhere else; who may hold the frame is decided by its frame-ancestors. */
  #openFrame(): void {
    if (this.#frame) return
    const frame = document.createElement('iframe')
    this.#frame = frame
    frame.src = `${this.#origin}/widget/frame/${this.#key}`
    frame.allow = 'microphone' // asked for by the visitor's own press, for voice notes
    frame.addEventListener('load', () => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }: MessageEvent<ToPage>) => this.#hear(data)
      const hello: Hello = {
        type: 'earshot:hello',
        page: location.href,
        kept: recall(this.#key),
      }
      frame.contentWindow?.postMessage(hello, this.#origin, [port2])
      this.#port = port1
      for (const message of this.#toSay.splice(0)) port1.postMessage(message)
    })
    this.#launcher.hold(frame)
  }

  #hear(message: ToPage): void {
    if (message.type === 'close') this.#setOpen(false)
    else if (message.type === 'event') this.#tell(message.name, message.data)
    else remember(this.#key, message.value)
  }

  #setOpen(open: boolean): void {
    if (open === this.#isOpen) return
    this.#isOpen = open
    this.#say({ type: 'shown', shown: open, visitor: recall(`${this.#key}:v`) })
    this.#launcher.setOpen(open)
    this.#tell(open ? 'open' : 'close')
  }

  #show(wanted: boolean): void {
    this.#wanted = wanted
    this.#launcher.setVisible(wanted && this.#isReady)
  }
}

/** The channel's colour; null when there is no such channel, undefined when nobody answered in time. */
async function fetchLook(url: string): Promise<{ color: string; tracker?: string } | null | undefined> {
  try {
    const answer = await fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(LOOK_MS) })
    return answer.status === 404 ? null : answer.ok ? await answer.json() : undefined
  } catch {
    return undefined
  }
}

const script = document.currentScript as HTMLScriptElement | null
const key = script?.dataset.channel
if (!script || !key) console.warn('Earshot: no data-channel')
else if (!window.Earshot?.ready) void new Loader(script, key).start()
