/** Addresses of SIP: URIs and what stands around them in From, To, Contact and Route. */

export interface SipUri {
  scheme: 'sip' | 'sips' | 'tel'
  /** Without escapes. */
  user: string | null
  host: string
  port: number | null
  params: Map<string, string>
}

export interface NameAddress {
  display: string | null
  uri: SipUri
  /** As it was written: what a request is addressed to must not change. */
  raw: string
  params: Map<string, string>
}

const HOST = /^(?:\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?)$/

export function parseUri(text: string): SipUri | null {
  if (text.length > 1024 || /[\s<>"]/.test(text)) return null
  const colon = text.indexOf(':')
  const scheme = text.slice(0, Math.max(0, colon)).toLowerCase()
  if (scheme === 'tel') return telUri(text.slice(colon + 1))
  if (scheme !== 'sip' && scheme !== 'sips') return null
  const [main = ''] = text.slice(colon + 1).split('?', 1)
  const at = main.lastIndexOf('@')
  const user = at < 0 ? null : withoutEscapes(main.slice(0, at).split(':', 1)[0] ?? '')
  if (at >= 0 && !user) return null
  const [place = '', ...rest] = main.slice(at + 1).split(';')
  const found = /^(\[[^\]]*\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(place)
  const params = readParams(rest)
  if (!found || !HOST.test(found[1] ?? '') || !params) return null
  const port = found[2] === undefined ? null : Number(found[2])
  if (port !== null && (port < 1 || port > 65535)) return null
  return { scheme, user, host: found[1] ?? '', port, params }
}

function telUri(text: string): SipUri | null {
  const [number = '', ...rest] = text.split(';')
  const params = readParams(rest)
  if (!/^\+?[0-9().*#A-Da-d-]{1,40}$/.test(number) || !params) return null
  return { scheme: 'tel', user: number, host: '', port: null, params }
}

/** Percent escapes taken out; null when they are broken or hide what must not be in a name. */
function withoutEscapes(text: string): string | null {
  if (!text.includes('%')) return text
  try {
    const plain = decodeURIComponent(text)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused
    return /[\x00-\x1f\x7f]/.test(plain) ? null : plain
  } catch {
    return null
  }
}

/** Names without a value have an empty one. Null when there are too many. */
export function readParams(parts: string[]): Map<string, string> | null {
  if (parts.length > 32) return null
  const params = new Map<string, string>()
  for (const part of parts) {
    const equals = part.indexOf('=')
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase()
    if (!name) continue
    const value = equals < 0 ? '' : part.slice(equals + 1).trim()
    params.set(name, value.startsWith('"') ? unquote(value) : value)
  }
  return params
}

const unquote = (text: string) => text.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1')

/** `"Name" <sip:…>;tag=…` or `sip:…;tag=…`: without brackets, what follows the URI belongs to the header. */
export function parseNameAddress(text: string): NameAddress | null {
  if (text.length > 4096) return null
  const quoted = /^"((?:[^"\\]|\\.)*)"\s*/.exec(text)
  const rest = quoted ? text.slice(quoted[0].length) : text
  const open = rest.indexOf('<')
  if (open >= 0) {
    const close = rest.indexOf('>', open)
    if (close < 0) return null
    const raw = rest.slice(open + 1, close)
    const uri = parseUri(raw)
    const params = readParams(rest.slice(close + 1).split(';'))
    const display = quoted ? (quoted[1] ?? '').replace(/\\(.)/g, '$1') : rest.slice(0, open).trim()
    return uri && params ? { display: display || null, uri, raw, params } : null
  }
  if (quoted) return null
  const [raw = '', ...parts] = rest.trim().split(';')
  const uri = parseUri(raw.trim())
  const params = readParams(parts)
  return uri && params ? { display: null, uri, raw: raw.trim(), params } : null
}

/** A user part as it may be written: everything that is not harmless is escaped. */
export const escapeUser = (user: string) =>
  user.replace(/[^A-Za-z0-9\-_.!~*'()&=+$,;?/#]/gu, (letter) => encodeURIComponent(letter)).replace(/#/g, '%23')

export const hostAndPort = (host: string, port: number | null) => {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return port === null ? name : `${name}:${port}`
}
