/** The line to the server: one stream kept open, resumed where it stopped, and how it is doing in words a screen can show. */
import { type KeptStream, keepStream, systemClock, usualWait } from '@earshot/client'
import type { VisitorFrame } from '@earshot/contracts'

export type LineState = { state: 'live' } | { state: 'down'; retryAt: number }

export interface LineOptions {
  headers(): Record<string, string>
  /** Where to resume. */
  place(): string | undefined
  onFrame(frame: VisitorFrame, id: string): void
  onState(state: LineState): void
  /** The server does not know the token any more. */
  onUnknown(): void
}

const NAMES = new Set(['entries', 'conversation', 'delta', 'typing', 'heartbeat', 'call', 'caption'])

export function openLine({ headers, place, onFrame, onState, onUnknown }: LineOptions): KeptStream {
  let isDown = false
  return keepStream({
    request: () => {
      const resume = place()
      return {
        url: '/widget/v1/stream',
        headers: { ...headers(), ...(resume === undefined ? {} : { 'last-event-id': resume }) },
      }
    },
    onFrame({ event, data, id }) {
      if (isDown) onState({ state: 'live' })
      isDown = false
      if (NAMES.has(event)) onFrame({ event, data: JSON.parse(data) } as VisitorFrame, id)
    },
    wait(end, failures) {
      if (end.status === 401) {
        onUnknown()
        return 1000
      }
      const pause = usualWait(end, failures, systemClock) ?? 15_000
      // A first cut is usually mended before anybody would have noticed.
      if (failures > 1 || end.why === 'network') {
        isDown = true
        onState({ state: 'down', retryAt: Date.now() + pause })
      }
      return pause
    },
  })
}
