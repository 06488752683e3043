/** Who calls, and whom: what an INVITE of a trunk says of it. */
import type { IncomingCall, Trunk } from '@earshot/voice'
import type { SipRequest } from '../sip/message.ts'
import { type NameAddress, parseNameAddress, parseUri } from '../sip/uri.ts'

/** A trunk asserts its callers where it can; From is what the caller says of itself. */
export function whoCalls(request: SipRequest, trunks: Trunk[]): IncomingCall {
  const { headers } = request
  const from =
    addresses(headers.all('p-asserted-identity')).find(({ uri }) => isNumber(uri.user)) ??
    parseNameAddress(headers.get('from') ?? '')
  const withheld =
    /\b(?:id|user|critical)\b/i.test(headers.get('privacy') ?? '') || /anonymous/i.test(from?.uri.user ?? 'anonymous')
  const asked = parseUri(request.uri)?.user ?? ''
  // Who registered is called by its account; the number stands in To.
  const account = trunks.some(({ user }) => user === asked)
  const to = account ? (parseNameAddress(headers.get('to') ?? '')?.uri.user ?? asked) : asked
  return {
    sipCallId: headers.get('call-id') ?? '',
    trunks: trunks.map(({ id }) => id).slice(0, 50),
    from: withheld ? '' : plain(from?.uri.user),
    fromName: withheld ? null : from?.display?.slice(0, 200) || null,
    to: plain(to),
  }
}

const addresses = (values: string[]): NameAddress[] =>
  values.map(parseNameAddress).filter((address) => address !== null)

const isNumber = (user: string | null) => /^\+?[0-9().-]{3,}$/.test(plain(user))

/** Without what is said of a number beside it (`;npdi`, `;phone-context=…`). */
const plain = (user: string | null | undefined) => (user ?? '').split(';')[0]?.slice(0, 200) ?? ''
