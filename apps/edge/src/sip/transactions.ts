/** Every transaction under way: finds the one a message belongs to, or makes it. Between transport and the user agent. */
import { randomBytes } from 'node:crypto'
import { type Answers, ClientTransaction } from './client-transaction.ts'
import { makeResponse, type SipRequest, type SipResponse, writeMessage } from './message.ts'
import { parseCSeq, parseMessage } from './parse.ts'
import { ServerTransaction } from './server-transaction.ts'
import type { Timing } from './timing.ts'
import type { Flow, Transport } from './transport.ts'
import { noteSource, parseVia, writeVia } from './via.ts'

export interface Upwards {
  /** Told once a request, however often it comes. */
  request(transaction: ServerTransaction): void
  /** An ACK of a 200 has no transaction. */
  ack(request: SipRequest): void
  /** A 200 to an INVITE whose transaction is over. */
  strayAnswer(response: SipResponse): void
  malformed(): void
}

const COOKIE = 'z9hG4bK'
/** More than any honest load; what comes beyond is not answered. */
const MAX_TRANSACTIONS = 20_000

export class Transactions {
  /** Begins every branch of ours: a request that carries it has come back to us. */
  readonly mark = `${COOKIE}${randomBytes(5).toString('hex')}`
  readonly #servers = new Map<string, ServerTransaction>()
  readonly #clients = new Map<string, ClientTransaction>()
  readonly #transport: Transport
  readonly #timing: Timing
  readonly #up: Upwards

  constructor(transport: Transport, timing: Timing, up: Upwards) {
    this.#transport = transport
    this.#timing = timing
    this.#up = up
  }

  get count(): number {
    return this.#servers.size + this.#clients.size
  }

  branch = (): string => this.mark + randomBytes(8).toString('hex')

  receive(bytes: Buffer, flow: Flow): void {
    const { message, invalid } = parseMessage(bytes)
    if (!message) {
      this.#up.malformed()
      return
    }
    if (message.kind === 'response') {
      if (invalid === null) this.#response(message)
      else this.#up.malformed()
      return
    }
    const via = parseVia(message.headers.get('via') ?? '')
    if (!via) {
      this.#up.malformed()
      return
    }
    message.headers.set('via', writeVia(noteSource(via, flow.address, flow.port)))
    if (invalid !== null) {
      this.#up.malformed()
      // Without state: whoever sends nonsense twice is answered twice.
      if (message.method !== 'ACK') {
        this.#way(message, flow).send(writeMessage(makeResponse(message, 400, { reason: `Bad Request (${invalid})` })))
      }
      return
    }
    this.#request(message, flow)
  }

  #request(request: SipRequest, flow: Flow): void {
    const key = keyOf(request)
    const known = this.#servers.get(key)
    if (request.method === 'ACK') {
      if (known && known.status >= 300) known.acked()
      else this.#up.ack(request)
      return
    }
    if (known) {
      known.again()
      return
    }
    if (this.#servers.size >= MAX_TRANSACTIONS) return
    const reply = this.#way(request, flow)
    const forget = () => void this.#servers.delete(key)
    const transaction = new ServerTransaction({ request, flow, reply, key, timing: this.#timing, forget })
    this.#servers.set(key, transaction)
    this.#up.request(transaction)
  }

  /** The INVITE a CANCEL is about: the same branch. */
  invitedBy(cancel: SipRequest): ServerTransaction | undefined {
    return this.#servers.get(keyOf(cancel, 'INVITE'))
  }

  /** Answers go back where the request came from; without `rport`, to the port its Via names. */
  #way(request: SipRequest, flow: Flow): Flow {
    const via = parseVia(request.headers.get('via') ?? '')
    if (flow.protocol === 'TCP' || !via || via.params.has('rport')) return flow
    const port = via.port ?? 5060
    if (port === flow.port) return flow
    const send = (bytes: Buffer) => {
      void this.#transport.flowTo('UDP', flow.address, port).then((way) => way.send(bytes))
    }
    return { protocol: 'UDP', address: flow.address, port, open: true, send }
  }

  #response(response: SipResponse): void {
    const branch = parseVia(response.headers.get('via') ?? '')?.params.get('branch') ?? ''
    const method = parseCSeq(response.headers.get('cseq'))?.method ?? ''
    const client = this.#clients.get(`${branch}|${method}`)
    if (client) client.receive(response)
    else if (method === 'INVITE' && response.status >= 200 && response.status < 300) this.#up.strayAnswer(response)
  }

  /** Sends a request that is whole but for its Via, which goes on top. */
  send(request: SipRequest, flow: Flow, sentBy: string, answers: Answers, branch = this.branch()): ClientTransaction {
    request.headers.list.unshift(['via', `SIP/2.0/${flow.protocol} ${sentBy};branch=${branch};rport`])
    const key = `${branch}|${request.method}`
    const forget = () => void this.#clients.delete(key)
    const transaction = new ClientTransaction({ request, flow, key, timing: this.#timing, answers, forget })
    this.#clients.set(key, transaction)
    transaction.start()
    return transaction
  }

  close(): void {
    for (const one of [...this.#servers.values(), ...this.#clients.values()]) one.end()
  }
}

/** By branch, who sent it and the method; without the cookie of RFC 3261, by everything RFC 2543 had. */
function keyOf(request: SipRequest, method = request.method === 'ACK' ? 'INVITE' : request.method): string {
  const { headers } = request
  const via = parseVia(headers.get('via') ?? '')
  const branch = via?.params.get('branch') ?? ''
  const sentBy = `${via?.host.toLowerCase()}:${via?.port ?? 5060}`
  if (branch.startsWith(COOKIE) && branch.length > COOKIE.length) return `${branch}|${sentBy}|${method}`
  const number = parseCSeq(headers.get('cseq'))?.number
  return `${sentBy}|${request.uri}|${headers.get('call-id')}|${headers.get('from')}|${number}|${method}`
}
