/** Keys that come as INFO instead of in the sound: `Signal=5` of dtmf-relay, or the bare key. */
import { isKey } from '../media/rtp.ts'
import type { SipRequest } from '../sip/message.ts'

/** Null: a body we do not know. */
export function keysOfInfo({ headers, body }: SipRequest): string[] | null {
  if (body.length === 0) return []
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  const text = body.toString('latin1', 0, 200)
  const said =
    type === 'application/dtmf-relay'
      ? /^\s*Signal\s*=\s*(\S)\s*$/im.exec(text)?.[1]
      : type === 'application/dtmf'
        ? text.trim()
        : undefined
  const key = (said ?? '').toUpperCase()
  return isKey(key) ? [key] : null
}
