/** Deliver one push: encrypted for its browser, under our key, through the guarded door. */
import type { Services } from '../platform/context.ts'
import { authorize, type BrowserKeys, encryptFor } from './web-push.ts'

export interface PushMessage {
  title: string
  body: string
  /** Where a click leads, on our own origin. */
  url: string
  /** A later one with the same tag takes its place. */
  tag: string
}

export interface Delivered {
  /** The browser will never be there again. */
  gone: boolean
  /** Why it was not taken; null when it was. */
  problem: string | null
  retryAfterS: number | null
}

const TTL_S = 3600

export async function deliver(
  { push }: Pick<Services, 'push'>,
  browser: BrowserKeys & { endpoint: string },
  message: PushMessage,
): Promise<Delivered> {
  try {
    const answer = await push.fetch(browser.endpoint, {
      method: 'POST',
      headers: {
        authorization: authorize(push.keys, browser.endpoint, push.contact, new Date()),
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: String(TTL_S),
        urgency: 'high',
      },
      body: new Uint8Array(encryptFor(browser, JSON.stringify(message))),
    })
    await answer.body?.cancel()
    if (answer.ok) return { gone: false, problem: null, retryAfterS: null }
    const gone = answer.status === 404 || answer.status === 410
    const wait = Number(answer.headers.get('retry-after'))
    return {
      gone,
      problem: `${new URL(browser.endpoint).host} answered ${answer.status}`,
      retryAfterS: Number.isFinite(wait) && wait > 0 ? Math.min(wait, 3600) : null,
    }
  } catch (error) {
    return { gone: false, problem: error instanceof Error ? error.message : 'unreachable', retryAfterS: null }
  }
}
