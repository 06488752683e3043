/** The user agent's core: gives each request to the dialogue or the handler it is for, and answers what is for nobody. */
import { isIPv6 } from 'node:net'
import { addressesOf, isInside, isLoopback } from './addresses.ts'
import type { Answers, ClientTransaction } from './client-transaction.ts'
import { type Dialog, keyOfRequest } from './dialog.ts'
import type { SipRequest, SipResponse } from './message.ts'
import { writeMessage } from './message.ts'
import { parseCSeq } from './parse.ts'
import type { ServerTransaction } from './server-transaction.ts'
import type { Timing } from './timing.ts'
import { Transactions } from './transactions.ts'
import { type Flow, localAddressTo, Transport } from './transport.ts'
import { hostAndPort, parseNameAddress, parseUri, type SipUri } from './uri.ts'

export const ALLOW = 'INVITE, ACK, BYE, CANCEL, OPTIONS, INFO'
const METHODS = new Set(ALLOW.split(', '))

/** Whoever a dialogue's requests are for. */
export interface DialogUser {
  request(transaction: ServerTransaction): void
  /** The ACK of a 200 of ours. */
  ack(request: SipRequest): void
}

export interface UserAgentOptions {
  host: string
  port: number
  /** Our address as the other side reaches it; left out, the one of the way to it. */
  address: string | undefined
  timing: Timing
  invite(transaction: ServerTransaction): void
  /** Whether strangers from there are answered at all just now. */
  admits(address: string): boolean
}

export class UserAgent {
  readonly transport: Transport
  readonly transactions: Transactions
  readonly stats = { malformed: 0, ignored: 0 }
  readonly #options: UserAgentOptions
  readonly #dialogs = new Map<string, { dialog: Dialog; user: DialogUser }>()
  /** INVITEs under way by what stays the same when a proxy sends them by two ways. */
  readonly #merged = new Map<string, string>()

  constructor(options: UserAgentOptions) {
    this.#options = options
    this.transport = new Transport({
      host: options.host,
      port: options.port,
      onMessage: (bytes, flow) => this.transactions.receive(bytes, flow),
    })
    this.transactions = new Transactions(this.transport, options.timing, {
      request: (transaction) => this.#request(transaction),
      ack: (request) => this.#dialogs.get(keyOfRequest(request))?.user.ack(request),
      strayAnswer: () => {},
      malformed: () => void this.stats.malformed++,
    })
  }

  get family(): 4 | 6 {
    return isIPv6(this.#options.host) ? 6 : 4
  }

  add(dialog: Dialog, user: DialogUser): void {
    this.#dialogs.set(dialog.key, { dialog, user })
  }

  remove(dialog: Dialog): void {
    this.#dialogs.delete(dialog.key)
  }

  #request(transaction: ServerTransaction): void {
    const { request } = transaction
    if (request.method === 'CANCEL') {
      this.#cancel(transaction)
      return
    }
    const inside = parseNameAddress(request.headers.get('to') ?? '')?.params.has('tag')
    if (inside) {
      this.#inside(transaction)
      return
    }
    if (this.#admits(transaction)) this.#outside(transaction)
  }

  /** Without an answer, a stranger who asks too often learns nothing, and nobody is flooded with our refusals. */
  #admits(transaction: ServerTransaction): boolean {
    if (this.#options.admits(transaction.flow.address)) return true
    this.stats.ignored++
    transaction.end()
    return false
  }

  #refuse(transaction: ServerTransaction, status: number): void {
    if (this.#admits(transaction)) transaction.reply(status)
  }

  #cancel(transaction: ServerTransaction): void {
    const invite = this.transactions.invitedBy(transaction.request)
    if (!invite) {
      this.#refuse(transaction, 481)
      return
    }
    transaction.reply(200)
    invite.cancel()
  }

  #inside(transaction: ServerTransaction): void {
    const known = this.#dialogs.get(keyOfRequest(transaction.request))
    if (!known) {
      this.#refuse(transaction, 481)
      return
    }
    if (!known.dialog.accepts(transaction.request)) {
      transaction.reply(500, { reason: 'CSeq Out Of Order' })
      return
    }
    if (!this.#extended(transaction)) known.user.request(transaction)
  }

  #outside(transaction: ServerTransaction): void {
    const { request } = transaction
    const { headers, method } = request
    if (headers.all('via').some((via) => via.includes(this.transactions.mark))) {
      transaction.reply(482)
      return
    }
    if (!METHODS.has(method)) {
      transaction.reply(405, { headers: [['allow', ALLOW]] })
      return
    }
    if (this.#extended(transaction)) return
    if (!parseUri(request.uri)) {
      transaction.reply(416)
      return
    }
    if (method === 'OPTIONS') {
      transaction.reply(200, { tag: 'earshot', headers: capabilities() })
      return
    }
    if (method !== 'INVITE') {
      transaction.reply(481)
      return
    }
    const name = `${headers.get('call-id')}|${headers.get('from')}|${parseCSeq(headers.get('cseq'))?.number}`
    if (this.#merged.has(name)) {
      transaction.reply(482)
      return
    }
    if (!parseNameAddress(headers.get('contact') ?? '')) {
      transaction.reply(400, { reason: 'Bad Request (contact)' })
      return
    }
    this.#merged.set(name, transaction.key)
    setTimeout(() => this.#merged.delete(name), 64 * this.#options.timing.t1).unref()
    this.#options.invite(transaction)
  }

  /** What the other side cannot do without, and we cannot do. */
  #extended(transaction: ServerTransaction): boolean {
    const unknown = transaction.request.headers.all('require').filter((tag) => tag.toLowerCase() !== 'timer')
    if (unknown.length > 0) transaction.reply(420, { headers: [['unsupported', unknown.join(', ')]] })
    return unknown.length > 0
  }

  /** Our own address and port as they stand in Via, Contact and session descriptions for somebody there. */
  async addressFor(remote: string): Promise<string> {
    return this.#options.address ?? (await localAddressTo(remote))
  }

  contact(address: string, protocol: 'UDP' | 'TCP', user = 'earshot'): string {
    const transport = protocol === 'TCP' ? ';transport=tcp' : ''
    return `<sip:${user}@${hostAndPort(address, this.transport.port)}${transport}>`
  }

  async send(request: SipRequest, flow: Flow, answers: Answers, branch?: string): Promise<ClientTransaction> {
    const sentBy = hostAndPort(await this.addressFor(flow.address), this.transport.port)
    return this.transactions.send(request, flow, sentBy, answers, branch)
  }

  /** A request within a dialogue; `silence` also when there is no way to the other side. */
  async sendInside(dialog: Dialog, request: SipRequest, answers: Answers): Promise<void> {
    const flow = await this.wayOf(dialog).catch(() => null)
    if (flow) await this.send(request, flow, answers)
    else answers.silence()
  }

  /** The ACK of a 200 is a message by itself. Gives the bytes, to be sent again when the 200 comes again. */
  async acknowledge(dialog: Dialog, response: SipResponse, body?: Buffer): Promise<() => void> {
    const flow = await this.wayOf(dialog)
    const seq = parseCSeq(response.headers.get('cseq'))?.number ?? 1
    const ack = dialog.request('ACK', body ? [['content-type', 'application/sdp']] : [], body, seq)
    const sentBy = hostAndPort(await this.addressFor(flow.address), this.transport.port)
    const branch = this.transactions.branch()
    ack.headers.list.unshift(['via', `SIP/2.0/${flow.protocol} ${sentBy};branch=${branch};rport`])
    const bytes = writeMessage(ack)
    flow.send(bytes)
    return () => flow.send(bytes)
  }

  /** By the dialogue's own route; an address that only means something behind their router is left for where they really are. */
  async wayOf(dialog: Dialog): Promise<Flow> {
    const { protocol, address, port } = dialog.state
    const source = () => this.transport.flowTo(protocol, address, port)
    const hop = dialog.nextHop()
    if (protocol === 'TCP') return source().catch(() => this.#anew(hop))
    const [first] = hop ? await addressesOf(hop.host, this.family) : []
    if (!hop || !first || (isInside(first) && !isInside(address)) || (isLoopback(first) && !isLoopback(address))) {
      return source()
    }
    return this.transport.flowTo('UDP', first, hop.port ?? 5060)
  }

  /** Their connection is gone: a new one to where they say they are. */
  async #anew(hop: SipUri | null): Promise<Flow> {
    const [address] = hop ? await addressesOf(hop.host, this.family) : []
    if (!hop || !address) throw new Error('There is no way to the other side.')
    return this.transport.flowTo('TCP', address, hop.port ?? 5060)
  }

  async close(): Promise<void> {
    this.transactions.close()
    await this.transport.close()
  }
}

export const capabilities = (): [string, string][] => [
  ['allow', ALLOW],
  ['accept', 'application/sdp'],
  ['supported', 'timer'],
]
