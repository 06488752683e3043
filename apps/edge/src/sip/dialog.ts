/** A dialogue (RFC 3261 §12): what both sides remember of a call, and how requests within it are addressed. */
import { randomBytes } from 'node:crypto'
import { Headers, type Method, makeRequest, type SipRequest, type SipResponse } from './message.ts'
import { parseCSeq } from './parse.ts'
import { parseNameAddress, parseUri, type SipUri } from './uri.ts'

/** Plain data, so that it can be kept on disk while the call lasts. */
export interface DialogState {
  callId: string
  localTag: string
  remoteTag: string
  /** From and To of our requests, tags included. */
  local: string
  remote: string
  /** The other side's Contact. */
  target: string
  routes: string[]
  localSeq: number
  remoteSeq: number
  protocol: 'UDP' | 'TCP'
  /** Where its last message came from. */
  address: string
  port: number
}

export const newTag = (): string => randomBytes(8).toString('hex')

const tagOf = (value: string | undefined) => parseNameAddress(value ?? '')?.params.get('tag') ?? ''

export const dialogKey = (callId: string, localTag: string, remoteTag: string) => `${callId}|${localTag}|${remoteTag}`

/** The dialogue a request of the other side names. */
export const keyOfRequest = ({ headers }: SipRequest) =>
  dialogKey(headers.get('call-id') ?? '', tagOf(headers.get('to')), tagOf(headers.get('from')))

export class Dialog {
  readonly state: DialogState

  constructor(state: DialogState) {
    this.state = state
  }

  get key(): string {
    return dialogKey(this.state.callId, this.state.localTag, this.state.remoteTag)
  }

  /** Their INVITE, which we answer. */
  static answering(request: SipRequest, localTag: string, from: Pick<DialogState, 'protocol' | 'address' | 'port'>) {
    const { headers } = request
    const to = headers.get('to') ?? ''
    return new Dialog({
      callId: headers.get('call-id') ?? '',
      localTag,
      remoteTag: tagOf(headers.get('from')),
      local: `${to};tag=${localTag}`,
      remote: headers.get('from') ?? '',
      target: parseNameAddress(headers.get('contact') ?? '')?.raw ?? '',
      routes: headers.all('record-route'),
      localSeq: 0,
      remoteSeq: parseCSeq(headers.get('cseq'))?.number ?? 0,
      ...placeOf(from),
    })
  }

  /** Our INVITE, which they answered. */
  static asking(
    request: SipRequest,
    response: SipResponse,
    way: Pick<DialogState, 'protocol' | 'address' | 'port'>,
  ): Dialog {
    const { headers } = request
    return new Dialog({
      callId: headers.get('call-id') ?? '',
      localTag: tagOf(headers.get('from')),
      remoteTag: tagOf(response.headers.get('to')),
      local: headers.get('from') ?? '',
      remote: response.headers.get('to') ?? '',
      target: parseNameAddress(response.headers.get('contact') ?? '')?.raw ?? request.uri,
      routes: response.headers.all('record-route').reverse(),
      localSeq: parseCSeq(headers.get('cseq'))?.number ?? 1,
      remoteSeq: -1,
      ...placeOf(way),
    })
  }

  /** A request within it; its ACK has the number of the INVITE it acknowledges. */
  request(method: Method, extra: [string, string][] = [], body?: Buffer, seq?: number): SipRequest {
    const { state } = this
    const number = seq ?? ++state.localSeq
    const { uri, routes } = addressed(state.target, state.routes)
    const headers = new Headers()
    headers.add('max-forwards', '70')
    headers.add('route', ...routes)
    headers.add('from', state.local)
    headers.add('to', state.remote)
    headers.add('call-id', state.callId)
    headers.add('cseq', `${number} ${method}`)
    for (const [name, value] of extra) headers.add(name, value)
    return makeRequest(method, uri, headers, body)
  }

  /** False: older than what was seen already. */
  accepts(request: SipRequest): boolean {
    const number = parseCSeq(request.headers.get('cseq'))?.number ?? -1
    if (number <= this.state.remoteSeq) return false
    this.state.remoteSeq = number
    return true
  }

  /** An INVITE, or its answer, may say that the other side is somewhere else now (§12.2). */
  refreshTarget(message: SipRequest | SipResponse): void {
    const contact = parseNameAddress(message.headers.get('contact') ?? '')
    if (contact && contact.uri.scheme !== 'tel') this.state.target = contact.raw
  }

  /** Where its requests go first: the first proxy, else the other side itself. */
  nextHop(): SipUri | null {
    const first = this.state.routes[0]
    return first ? (parseNameAddress(first)?.uri ?? null) : parseUri(this.state.target)
  }
}

const placeOf = ({ protocol, address, port }: Pick<DialogState, 'protocol' | 'address' | 'port'>) => ({
  protocol,
  address,
  port,
})

/** A first proxy that does not route loosely wants its own address as the request's (§12.2.1.1). */
function addressed(target: string, routes: string[]): { uri: string; routes: string[] } {
  const first = parseNameAddress(routes[0] ?? '')
  if (!first || first.uri.params.has('lr')) return { uri: target, routes }
  return { uri: first.raw, routes: [...routes.slice(1), `<${target}>`] }
}
