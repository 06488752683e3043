/** Dial: one INVITE of ours until it is answered, refused, cancelled or given up. */
import { randomInt, randomUUID } from 'node:crypto'
import type { Dial, LegEnd, Trunk } from '@earshot/voice'
import type { RtpPort } from '../media/ports.ts'
import { maySendTo } from '../sip/addresses.ts'
import type { ClientTransaction } from '../sip/client-transaction.ts'
import { Dialog, newTag } from '../sip/dialog.ts'
import { answerChallenge } from '../sip/digest.ts'
import { Headers, makeRequest, type SipRequest, type SipResponse } from '../sip/message.ts'
import { readSdp } from '../sip/sdp.ts'
import { readSessionExpires } from '../sip/session-timer.ts'
import type { Flow } from '../sip/transport.ts'
import { escapeUser, hostAndPort, parseUri } from '../sip/uri.ts'
import { capabilities } from '../sip/user-agent.ts'
import type { Leg } from './leg.ts'
import { LegStream } from './legs.ts'
import { chooseCodec, type Described, describe } from './negotiate.ts'
import { outcomeOf } from './outcome.ts'
import type { EdgeServices } from './services.ts'
import { loginOf, wayTo } from './trunks.ts'

/** How long a trunk may take to confirm a CANCEL; then we are done with it. */
const CANCEL_MS = 8000
const MAY_ADD = /^(?:x-[a-z0-9-]{1,60}|diversion|p-asserted-identity|privacy|user-to-user)$/i

export class Dialling {
  readonly #services: EdgeServices
  readonly #dial: Dial
  readonly #trunk: Trunk
  readonly #over: () => void
  #flow: Flow | null = null
  #rtp: RtpPort | null = null
  #described: Described | null = null
  #invite: ClientTransaction | null = null
  #branch = ''
  #timer: NodeJS.Timeout | undefined
  #rang = false
  #heard = false
  #cancelled: LegEnd | null = null
  #done = false
  #leg: Leg | null = null

  constructor(services: EdgeServices, dial: Dial, trunk: Trunk, over: () => void) {
    this.#services = services
    this.#dial = dial
    this.#trunk = trunk
    this.#over = over
  }

  async start(): Promise<void> {
    const { ua, ports } = this.#services
    this.#timer = setTimeout(() => this.cancel(this.#heard ? 'no_answer' : 'failed'), this.#dial.timeoutMs)
    this.#flow = await wayTo(ua, this.#trunk).catch(() => null)
    if (!this.#flow) return this.#fail('failed', 'the trunk’s host cannot be reached')
    this.#rtp = await ports.take()
    if (!this.#rtp) return this.#fail('failed', 'no port for sound')
    const address = await ua.addressFor(this.#flow.address)
    this.#described = {
      address,
      port: this.#rtp.port,
      session: randomInt(2 ** 31),
      version: 1,
      codecs: this.#trunk.codecs,
      last: '',
      source: this.#flow.address,
    }
    if (this.#cancelled) return this.#fail(this.#cancelled, 'cancelled')
    await this.#send(this.#request(this.#flow, this.#described), this.#flow)
  }

  #request(flow: Flow, described: Described): SipRequest {
    const { ua } = this.#services
    const { to, callerId, headers: extra } = this.#dial
    const host = hostAndPort(this.#trunk.host, this.#trunk.port === 5060 ? null : this.#trunk.port)
    const uri = to.startsWith('sip:') ? to : `sip:${escapeUser(to.split(',')[0] ?? '')}@${host}`
    const headers = new Headers()
    headers.add('max-forwards', '70')
    headers.add('from', `<sip:${escapeUser(callerId)}@${host}>;tag=${newTag()}`)
    headers.add('to', `<${uri}>`)
    headers.add('call-id', randomUUID())
    headers.add('cseq', '1 INVITE')
    headers.add('contact', ua.contact(described.address, flow.protocol))
    for (const [name, value] of capabilities()) headers.add(name, value)
    for (const [name, value] of Object.entries(extra)) if (MAY_ADD.test(name)) headers.add(name.toLowerCase(), value)
    headers.add('content-type', 'application/sdp')
    return makeRequest('INVITE', uri, headers, describe(described).body)
  }

  async #send(request: SipRequest, flow: Flow, proved = false): Promise<void> {
    const { ua } = this.#services
    this.#branch = ua.transactions.branch()
    const answers = {
      provisional: (response: SipResponse) => this.#provisional(response),
      final: (response: SipResponse) =>
        void this.#final(request, response, flow, proved).catch(() => this.#fail('failed', 'no way back to the trunk')),
      silence: () => this.#fail('failed', 'the trunk did not answer'),
      again: (response: SipResponse) => void this.#again(request, response, flow).catch(() => {}),
    }
    this.#invite = await ua.send(request, flow, answers, this.#branch)
  }

  #provisional(response: SipResponse): void {
    this.#heard = true
    if (this.#cancelled) {
      this.#sendCancel()
      return
    }
    if (response.status === 100 || this.#rang) return
    this.#rang = true
    this.#report({ state: 'ringing', detail: `${response.status} ${response.reason}`.slice(0, 200) })
  }

  async #final(request: SipRequest, response: SipResponse, flow: Flow, proved: boolean): Promise<void> {
    const { status } = response
    if (status < 300) return this.#answered(request, response, flow)
    if (this.#cancelled)
      return this.#fail(this.#cancelled, this.#cancelled === 'no_answer' ? 'nobody answered' : 'cancelled')
    const login = loginOf(this.#trunk)
    if ((status === 401 || status === 407) && login && !proved) {
      const proof = answerChallenge(response, request, login)
      if (proof) return this.#send(proving(request, proof), flow, true)
    }
    const refused = (status === 401 || status === 407) && proved
    const detail = refused ? 'the trunk asked for a password and refused ours' : `${status} ${response.reason}`
    this.#fail(outcomeOf(status), detail.slice(0, 200))
  }

  async #answered(request: SipRequest, response: SipResponse, flow: Flow): Promise<void> {
    const { ua, legs, log, reconnectMs } = this.#services
    const dialog = Dialog.asking(request, response, flow)
    const acknowledge = await ua.acknowledge(dialog, response)
    const { call, leg: id, token, mediaUrl } = this.#dial
    const remote = readSdp(response.body)
    const codec = remote && chooseCodec(remote, this.#trunk.codecs)
    const rtp = this.#rtp
    if (this.#cancelled || this.#done || !remote || !codec || !rtp || !maySendTo(remote.address, flow.address)) {
      const end = this.#cancelled ?? 'failed'
      await this.#goodbye(dialog)
      return this.#fail(end, this.#cancelled ? 'answered too late' : '488 no common sound')
    }
    this.#rtp = null
    this.#finish()
    const stream = new LegStream({ url: mediaUrl, token, callSid: call }, reconnectMs, log, call)
    const described = this.#described as Described
    const leg = legs.create({ call, leg: id, dialog, rtp, remote, codec, described, trunks: [this.#trunk.id] }, stream)
    this.#leg = leg
    leg.acknowledged(response.headers.get('cseq') ?? '', acknowledge)
    const expires = readSessionExpires(response.headers)
    leg.keepTime(expires, expires?.refresher === 'uac')
    this.#pressAfter(leg)
    await stream.stream.open()
  }

  /** `+49…,,42#`: keys to press when somebody answers; each comma waits two seconds. */
  #pressAfter(leg: Leg): void {
    if (this.#dial.to.startsWith('sip:')) return
    let waits = 0
    for (const part of this.#dial.to.split(',').slice(1)) {
      waits++
      if (part) setTimeout(() => leg.parts.media.press(part.replace(/[^0-9*#A-D]/g, '')), waits * 2000).unref()
    }
  }

  /** Once more a 200: ours whose ACK was lost, or another telephone that was rung as well and must be hung up. */
  async #again(request: SipRequest, response: SipResponse, flow: Flow): Promise<void> {
    const dialog = Dialog.asking(request, response, flow)
    if (this.#leg?.parts.dialog.key === dialog.key) return this.#leg.answerAgain(response)
    await this.#services.ua.acknowledge(dialog, response)
    await this.#goodbye(dialog)
  }

  #goodbye(dialog: Dialog): Promise<void> {
    return this.#services.ua.sendInside(dialog, dialog.request('BYE'), { final: () => {}, silence: () => {} })
  }

  /** Before an answer: CANCEL, as soon as the trunk has said anything at all. */
  cancel(why: LegEnd): void {
    if (this.#done || this.#cancelled) return
    this.#cancelled = why
    clearTimeout(this.#timer)
    if (this.#invite?.proceeding) this.#sendCancel()
    this.#timer = setTimeout(() => this.#fail(why, 'no answer to our CANCEL'), CANCEL_MS)
  }

  #cancelSent = false

  #sendCancel(): void {
    const invite = this.#invite
    if (this.#cancelSent || !invite) return
    this.#cancelSent = true
    const { headers, uri } = invite.request
    const cancel = new Headers()
    cancel.add('max-forwards', '70')
    for (const name of ['from', 'to', 'call-id']) cancel.add(name, headers.get(name) ?? '')
    cancel.add('cseq', (headers.get('cseq') ?? '').replace(/\S+$/, 'CANCEL'))
    const request = makeRequest('CANCEL', uri, cancel)
    void this.#services.ua.send(request, invite.flow, { final: () => {}, silence: () => {} }, this.#branch)
  }

  #fail(reason: LegEnd, detail: string): void {
    if (this.#done) return
    this.#finish()
    this.#services.log.info({ call: this.#dial.call, leg: this.#dial.leg, reason }, 'A telephone was not reached.')
    this.#report({ state: 'failed', reason, detail })
  }

  #finish(): void {
    this.#done = true
    clearTimeout(this.#timer)
    this.#rtp?.release()
    this.#rtp = null
    this.#over()
  }

  #report(report: Parameters<EdgeServices['api']['report']>[3]): void {
    const { hubUrl, call, leg } = this.#dial
    void this.#services.api.report(hubUrl, call, leg, report)
  }
}

/** The same request once more, with the proof and the next number. */
function proving(request: SipRequest, [name, value]: [string, string]): SipRequest {
  const headers = new Headers(request.headers.list.filter(([header]) => header !== 'via').map(([a, b]) => [a, b]))
  headers.set('cseq', '2 INVITE').add(name, value)
  return makeRequest('INVITE', request.uri, headers, request.body)
}

/** What `to` may be: a number, keys after commas, or a SIP address. */
export const isDiallable = (to: string): boolean =>
  to.startsWith('sip:') ? parseUri(to) !== null : /^[+]?[0-9A-Za-z*#._-]{1,64}(?:,[0-9A-D*#,]{0,64})?$/.test(to)
