/** The frame's side of the talk with the customer's page. On the hosted page there is nobody to talk to. */

import type { EventName, Hello, ToApp, ToPage } from '../words.ts'
import { recallFrom, toKeep } from './storage.ts'

export interface Bridge {
  readonly isFramed: boolean
  /** Where the visitor is, once known. */
  readonly page: string | undefined
  /** The key under which the page tracks this visitor, if it does. */
  readonly visitor: string | undefined
  /** Resolves once the page has said its first word; at once on the hosted page. */
  readonly ready: Promise<void>
  send(message: ToPage): void
  /** Whether there is something to come back to. */
  setKnown(known: boolean): void
  tell(name: EventName, data?: unknown): void
  /** Hears the page; called once it is `ready`. */
  listen(hear: (message: ToApp) => void): void
}

export function openBridge(mode: string | undefined): Bridge {
  const isFramed = mode === 'frame' && window.parent !== window
  let page = isFramed ? undefined : location.href
  let visitor = ''
  let port: MessagePort | undefined
  let waiting: ToPage[] = []
  let isKnown = false
  let greeted: () => void = () => {}
  const ready = isFramed ? new Promise<void>((resolve) => (greeted = resolve)) : Promise.resolve()
  const send = (message: ToPage) => {
    if (port) port.postMessage(message)
    else if (isFramed) waiting.push(message)
  }
  const keepThem = () => isKnown && send({ type: 'keep', value: toKeep() })
  if (isFramed) {
    // Only the page that holds this frame is heard, and only its first word, which brings the port.
    addEventListener('message', function greet(event: MessageEvent<Hello>) {
      const [given] = event.ports
      if (event.source !== window.parent || event.data?.type !== 'earshot:hello' || !given) return
      removeEventListener('message', greet)
      page = typeof event.data.page === 'string' ? event.data.page : undefined
      port = given
      for (const message of waiting) port.postMessage(message)
      waiting = []
      recallFrom(String(event.data.kept ?? ''), keepThem)
      greeted()
    })
  }
  return {
    isFramed,
    get page() {
      return page
    },
    get visitor() {
      return visitor || undefined
    },
    ready,
    send,
    setKnown(known) {
      isKnown = known
      send({ type: 'keep', value: known ? toKeep() : '' })
    },
    tell: (name, data) => send({ type: 'event', name, data }),
    listen(handler) {
      // What the page has said by now waits in the port until somebody listens.
      if (!port) return
      port.onmessage = ({ data }: MessageEvent<ToApp>) => {
        if (data.type === 'shown') visitor = data.visitor
        handler(data)
      }
    },
  }
}
