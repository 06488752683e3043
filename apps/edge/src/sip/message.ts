/** A SIP message (RFC 3261): what was parsed, and how ours are written. Header names are lower case and in their long form. */

export type Method =
  | 'INVITE'
  | 'ACK'
  | 'BYE'
  | 'CANCEL'
  | 'OPTIONS'
  | 'INFO'
  | 'REGISTER'
  | 'UPDATE'
  | 'PRACK'
  | (string & {})

/** Headers in their order; those that are lists have one entry an item. */
export class Headers {
  readonly list: [name: string, value: string][]

  constructor(list: [string, string][] = []) {
    this.list = list
  }

  get(name: string): string | undefined {
    for (const [key, value] of this.list) if (key === name) return value
    return undefined
  }

  all(name: string): string[] {
    return this.list.filter(([key]) => key === name).map(([, value]) => value)
  }

  add(name: string, ...values: string[]): this {
    for (const value of values) this.list.push([name, value])
    return this
  }

  set(name: string, value: string): this {
    const at = this.list.findIndex(([key]) => key === name)
    if (at < 0) this.list.push([name, value])
    else this.list[at] = [name, value]
    return this
  }
}

export interface SipRequest {
  kind: 'request'
  method: Method
  uri: string
  headers: Headers
  body: Buffer
}

export interface SipResponse {
  kind: 'response'
  status: number
  reason: string
  headers: Headers
  body: Buffer
}

export type SipMessage = SipRequest | SipResponse

const EMPTY = Buffer.alloc(0)

const LONG_NAMES: Record<string, string> = {
  'call-id': 'Call-ID',
  cseq: 'CSeq',
  'www-authenticate': 'WWW-Authenticate',
  'min-se': 'Min-SE',
}

const capitalised = (name: string) =>
  LONG_NAMES[name] ?? name.replace(/(^|-)([a-z])/g, (_all, dash: string, letter: string) => dash + letter.toUpperCase())

/** The bytes on the wire. A line break inside a value would begin a header of somebody else's: it is taken out. */
export function writeMessage(message: SipMessage): Buffer {
  const lines = [
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`,
  ]
  for (const [name, value] of message.headers.list) {
    if (name !== 'content-length') lines.push(`${capitalised(name)}: ${value}`)
  }
  lines.push(`Content-Length: ${message.body.length}`, '', '')
  const head = lines.map((line) => line.replace(/[\r\n\0]+/g, ' ')).join('\r\n')
  return Buffer.concat([Buffer.from(head), message.body])
}

export const makeRequest = (method: Method, uri: string, headers: Headers, body: Buffer = EMPTY): SipRequest => ({
  kind: 'request',
  method,
  uri,
  headers,
  body,
})

const REASONS: Record<number, string> = {
  100: 'Trying',
  180: 'Ringing',
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  415: 'Unsupported Media Type',
  416: 'Unsupported URI Scheme',
  420: 'Bad Extension',
  422: 'Session Interval Too Small',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  483: 'Too Many Hops',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  491: 'Request Pending',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  513: 'Message Too Large',
  603: 'Decline',
}

/** The answer to a request: Via, From, To, Call-ID and CSeq are its own. `tag` is added to a To that has none. */
export function makeResponse(
  request: SipRequest,
  status: number,
  extra: { tag?: string | undefined; headers?: [string, string][]; body?: Buffer; reason?: string | undefined } = {},
): SipResponse {
  const headers = new Headers()
  headers.add('via', ...request.headers.all('via'))
  headers.add('from', request.headers.get('from') ?? '')
  const to = request.headers.get('to') ?? ''
  headers.add('to', extra.tag && !/;\s*tag\s*=/i.test(to) ? `${to};tag=${extra.tag}` : to)
  headers.add('call-id', request.headers.get('call-id') ?? '')
  headers.add('cseq', request.headers.get('cseq') ?? '')
  if (status < 300) headers.add('record-route', ...request.headers.all('record-route'))
  for (const [name, value] of extra.headers ?? []) headers.add(name, value)
  const reason = extra.reason ?? REASONS[status] ?? 'Unknown'
  return { kind: 'response', status, reason, headers, body: extra.body ?? EMPTY }
}
