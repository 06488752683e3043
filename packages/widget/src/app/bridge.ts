/** The frame's side of the talk with the customer's page. On the hosted page there is nobody to talk to. */
import type { EventName, Hello, ToApp, ToPage } from '../words.ts'

export interface Bridge {
  readonly isFramed: boolean
  /** Where the visitor is, once known. */
  readonly page: string | undefined
  send(message: ToPage): void
  tell(name: EventName, data?: unknown): void
  /** Hears the page; called once. */
  listen(hear: (message: ToApp) => void): void
}

export function openBridge(mode: string | undefined): Bridge {
  const isFramed = mode === 'frame' && window.parent !== window
  let page = isFramed ? undefined : location.href
  let port: MessagePort | undefined
  let waiting: ToPage[] = []
  let hear: (message: ToApp) => void = () => {}
  const send = (message: ToPage) => {
    if (port) port.postMessage(message)
    else if (isFramed) waiting.push(message)
  }
  if (isFramed) {
    // Only the page that holds this frame is heard, and only its first word, which brings the port.
    addEventListener('message', function greet(event: MessageEvent<Hello>) {
      const [given] = event.ports
      if (event.source !== window.parent || event.data?.type !== 'earshot:hello' || !given) return
      removeEventListener('message', greet)
      page = typeof event.data.page === 'string' ? event.data.page : undefined
      port = given
      port.onmessage = ({ data }: MessageEvent<ToApp>) => hear(data)
      for (const message of waiting) port.postMessage(message)
      waiting = []
    })
  }
  return {
    isFramed,
    get page() {
      return page
    },
    send,
    tell: (name, data) => send({ type: 'event', name, data }),
    listen(handler) {
      hear = handler
    },
  }
}
