/** Did this webhook come from Twilio? HMAC-SHA1 of the address as Twilio knows it and every parameter, under the account's token. */
import { createHmac, timingSafeEqual } from 'node:crypto'

export type FormParams = Readonly<Record<string, string>>

export function signTwilio(authToken: string, url: string, params: FormParams): string {
  const text = Object.keys(params)
    .sort()
    .reduce((so, name) => so + name + params[name], url)
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64')
}

/** `url` is built from the configured public address, never from a header of the request. */
export function isFromTwilio(authToken: string, url: string, params: FormParams, given: unknown): boolean {
  if (typeof given !== 'string') return false
  return spellings(url).some((spelling) => isSame(signTwilio(authToken, spelling, params), given))
}

/** Twilio has signed the standard port both ways, written and left out. */
function spellings(url: string): string[] {
  const { protocol, port, host } = new URL(url)
  if (port !== '') return [url]
  return [url, url.replace(`//${host}`, `//${host}:${protocol === 'https:' ? 443 : 80}`)]
}

function isSame(ours: string, theirs: string): boolean {
  const [a, b] = [Buffer.from(ours), Buffer.from(theirs)]
  return a.length === b.length && timingSafeEqual(a, b)
}
