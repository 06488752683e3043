/** What pushing needs: our key, whom a push service may write to, and the guarded way out. */
import { type OutboundFetch, type OutboundOptions, outboundFetch } from '../platform/outbound-http.ts'
import { type PushKeys, pushKeysOf } from './web-push.ts'

export interface PushServices {
  keys: PushKeys
  contact: string
  outbound: OutboundOptions
  fetch: OutboundFetch
}

declare module '../platform/context.ts' {
  interface Services {
    push: PushServices
  }
}

const BOUNDS = { maxBytes: 64 * 1024, headTimeoutMs: 10_000, totalTimeoutMs: 20_000 }

export function openPush(config: {
  secret: string
  baseUrl: string
  allowPrivateAddresses: readonly string[]
}): PushServices {
  const outbound: OutboundOptions = { allowed: config.allowPrivateAddresses, ...BOUNDS }
  const contact = config.baseUrl.startsWith('https:') ? config.baseUrl : 'mailto:operator@earshot.invalid'
  return { keys: pushKeysOf(config.secret), contact, outbound, fetch: outboundFetch(outbound) }
}
