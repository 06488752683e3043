/** Reads SIP messages from bytes that anybody may have sent. Everything is bounded; nothing throws. */
import { Headers, type SipMessage } from './message.ts'
import { parseNameAddress } from './uri.ts'
import { parseVia } from './via.ts'

export const MAX_MESSAGE = 64 * 1024
export const MAX_HEAD = 16 * 1024
const MAX_HEADERS = 128
const MAX_VALUE = 4096
/** Proxies on the way; more is a loop. */
const MAX_HOPS = 30

/** `invalid` says what is wrong with a message that was read nonetheless, so that it can be answered with 400. */
export type Parsed = { message: SipMessage; invalid: string | null } | { message: null; invalid: string }

const COMPACT: Record<string, string> = {
  i: 'call-id',
  m: 'contact',
  e: 'content-encoding',
  l: 'content-length',
  c: 'content-type',
  f: 'from',
  s: 'subject',
  k: 'supported',
  t: 'to',
  v: 'via',
  x: 'session-expires',
  o: 'event',
  r: 'refer-to',
  b: 'referred-by',
}

const LISTS = new Set([
  'via',
  'route',
  'record-route',
  'contact',
  'allow',
  'supported',
  'require',
  'proxy-require',
  'p-asserted-identity',
])
const ONCE = [
  'from',
  'to',
  'call-id',
  'cseq',
  'max-forwards',
  'content-length',
  'content-type',
  'session-expires',
  'min-se',
]

const refuse = (invalid: string): Parsed => ({ message: null, invalid })

/** One whole message: a datagram, or what the stream's framing cut out. */
export function parseMessage(bytes: Buffer): Parsed {
  if (bytes.length > MAX_MESSAGE) return refuse('too large')
  const end = bytes.subarray(0, MAX_HEAD + 4).indexOf('\r\n\r\n')
  if (end < 0) return refuse(bytes.length > MAX_HEAD ? 'too many headers' : 'no end of headers')
  const head = bytes.toString('utf8', 0, end)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused
  if (/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(head)) return refuse('control characters')
  const lines = unfold(head)
  if (lines.length > MAX_HEADERS + 1) return refuse('too many headers')
  const first = startLine(lines[0] ?? '')
  if (!first) return refuse('no start line')
  const headers = new Headers()
  for (const line of lines.slice(1)) {
    const wrong = readHeader(line, headers)
    if (wrong) return refuse(wrong)
  }
  const rest = bytes.subarray(end + 4)
  const length = headers.get('content-length')
  const said = length === undefined ? rest.length : /^\d{1,6}$/.test(length) ? Number(length) : -1
  const body = rest.subarray(0, Math.max(0, said))
  const message: SipMessage = { ...first, headers, body }
  const invalid = said < 0 || said > rest.length ? 'content length' : whatIsWrong(message)
  return { message, invalid }
}

/** Lines, those that begin with white space joined to the one before. */
function unfold(head: string): string[] {
  const lines: string[] = []
  for (const line of head.split('\r\n')) {
    if ((line.startsWith(' ') || line.startsWith('\t')) && lines.length > 1)
      lines[lines.length - 1] += ` ${line.trim()}`
    else lines.push(line)
    if (lines.length > MAX_HEADERS + 1) break
  }
  return lines
}

type Start = { kind: 'request'; method: string; uri: string } | { kind: 'response'; status: number; reason: string }

function startLine(line: string): Start | null {
  const response = /^SIP\/2\.0 ([1-6]\d\d) ?(.{0,200})$/i.exec(line)
  if (response) return { kind: 'response', status: Number(response[1]), reason: response[2] ?? '' }
  const request = /^([A-Za-z0-9.!%*_+`'~-]{1,32}) (\S{1,1024}) SIP\/2\.0$/i.exec(line)
  return request ? { kind: 'request', method: request[1] ?? '', uri: request[2] ?? '' } : null
}

function readHeader(line: string, headers: Headers): string | null {
  const colon = line.indexOf(':')
  if (colon < 1) return 'a line without a colon'
  const said = line.slice(0, colon).trimEnd().toLowerCase()
  if (!/^[a-z0-9.!%*_+`'~-]{1,64}$/.test(said)) return 'a header’s name'
  const value = line.slice(colon + 1).trim()
  if (value.length > MAX_VALUE) return 'a header’s length'
  const name = COMPACT[said] ?? said
  if (!LISTS.has(name)) headers.add(name, value)
  else for (const item of splitList(value)) if (item) headers.add(name, item)
  return headers.list.length > 2 * MAX_HEADERS ? 'too many headers' : null
}

/** Commas that are neither quoted nor between angle brackets divide. */
export function splitList(value: string): string[] {
  const items: string[] = []
  let from = 0
  let quoted = false
  let inside = false
  for (let i = 0; i < value.length; i++) {
    const letter = value[i]
    if (quoted) {
      if (letter === '\\') i++
      else if (letter === '"') quoted = false
    } else if (letter === '"') quoted = true
    else if (letter === '<') inside = true
    else if (letter === '>') inside = false
    else if (letter === ',' && !inside) {
      items.push(value.slice(from, i).trim())
      from = i + 1
    }
  }
  items.push(value.slice(from).trim())
  return items
}

export function parseCSeq(value: string | undefined): { number: number; method: string } | null {
  const found = /^(\d{1,10})\s+([A-Za-z0-9.!%*_+`'~-]{1,32})$/.exec(value ?? '')
  if (!found) return null
  const number = Number(found[1])
  return number < 2 ** 31 ? { number, method: found[2] ?? '' } : null
}

function whatIsWrong(message: SipMessage): string | null {
  const { headers } = message
  for (const name of ONCE) if (headers.all(name).length > 1) return `${name} twice`
  const vias = headers.all('via')
  if (vias.length === 0 || !parseVia(vias[0] ?? '')) return 'via'
  if (vias.length > MAX_HOPS || headers.all('record-route').length > MAX_HOPS) return 'too many hops'
  const from = parseNameAddress(headers.get('from') ?? '')
  if (!from?.params.get('tag')) return 'from'
  if (!parseNameAddress(headers.get('to') ?? '')) return 'to'
  if (!/^\S{1,250}$/.test(headers.get('call-id') ?? '')) return 'call-id'
  const cseq = parseCSeq(headers.get('cseq'))
  if (!cseq || (message.kind === 'request' && cseq.method !== message.method)) return 'cseq'
  const hops = headers.get('max-forwards')
  if (hops !== undefined && !(/^\d{1,3}$/.test(hops) && Number(hops) <= 255)) return 'max-forwards'
  return null
}
