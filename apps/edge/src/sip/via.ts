/** Via: the way a request came and its answer goes back (RFC 3261 §18.2, RFC 3581). */
import { hostAndPort, readParams } from './uri.ts'

export interface Via {
  protocol: string
  host: string
  port: number | null
  params: Map<string, string>
}

export function parseVia(text: string): Via | null {
  const found =
    /^SIP\s*\/\s*2\.0\s*\/\s*(UDP|TCP|TLS|WS|WSS|SCTP)\s+(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})\s*(?::\s*(\d{1,5}))?\s*((?:;.*)?)$/i.exec(
      text,
    )
  if (!found) return null
  const port = found[3] === undefined ? null : Number(found[3])
  const params = readParams((found[4] ?? '').split(';'))
  if (!params || (port !== null && (port < 1 || port > 65535))) return null
  return { protocol: (found[1] ?? '').toUpperCase(), host: found[2] ?? '', port, params }
}

const writeParams = (params: Map<string, string>) =>
  [...params].map(([name, value]) => (value ? `;${name}=${value}` : `;${name}`)).join('')

export const writeVia = (via: Via) =>
  `SIP/2.0/${via.protocol} ${hostAndPort(via.host, via.port)}${writeParams(via.params)}`

/** Writes into the topmost Via where the request really came from. */
export function noteSource(via: Via, address: string, port: number): Via {
  const params = new Map(via.params)
  const bare = via.host.replace(/^\[|\]$/g, '')
  if (bare !== address || params.has('rport')) params.set('received', address)
  if (params.has('rport')) params.set('rport', String(port))
  return { ...via, params }
}
