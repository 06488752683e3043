/** One answered telephone: its dialogue, its sound and its stream to the hub, and what may happen between them until it is over. */
import type { Log } from '../log.ts'
import type { HubStream } from '../media/hub-stream.ts'
import type { MediaSession } from '../media/media-session.ts'
import type { Dialog } from '../sip/dialog.ts'
import type { SipRequest, SipResponse } from '../sip/message.ts'
import type { ServerTransaction } from '../sip/server-transaction.ts'
import { MIN_SE, readSessionExpires, type SessionExpires, SessionTimer } from '../sip/session-timer.ts'
import { ALLOW, capabilities, type UserAgent } from '../sip/user-agent.ts'
import { keysOfInfo } from './info.ts'
import { acceptAnswer, answerOffer, type Described, describe, type Refused } from './negotiate.ts'

export interface LegParts {
  ua: UserAgent
  log: Log
  call: string
  leg: string
  dialog: Dialog
  media: MediaSession
  stream: HubStream
  described: Described
  /** Kept anew whenever the dialogue changed. */
  changed(leg: Leg): void
  /** Over: nothing of it is left. */
  over(leg: Leg): void
}

type Pending = { transaction: ServerTransaction; offered: boolean }

export class Leg {
  readonly parts: LegParts
  #ended = false
  #timer: SessionTimer | null = null
  #timing: { seconds: number; weRefresh: boolean } | null = null
  /** A 200 of ours that waits for its ACK. */
  #pending: Pending | null = null
  #inviting = false
  #byeWaits = false
  #again: { cseq: string; send(): void } | null = null

  constructor(parts: LegParts) {
    this.parts = parts
    parts.ua.add(parts.dialog, this)
  }

  get ended(): boolean {
    return this.#ended
  }

  get timing(): { seconds: number; weRefresh: boolean } | null {
    return this.#timing
  }

  /** Our 200 is out; `offered`: the description of the other side comes with the ACK. */
  answered(transaction: ServerTransaction, offered: boolean): void {
    this.#pending = { transaction, offered }
    transaction.onUnacked = () => {
      if (this.#pending?.transaction === transaction) this.#pending = null
      this.hangUp('never acknowledged')
    }
  }

  /** Their 200 is acknowledged like this, as often as it comes. */
  acknowledged(cseq: string, send: () => void): void {
    this.#again = { cseq, send }
  }

  answerAgain(response: SipResponse): void {
    const again = this.#again
    if (again && again.cseq === response.headers.get('cseq')) again.send()
  }

  keepTime(expires: SessionExpires | null, weRefresh: boolean): void {
    this.#timer?.stop()
    this.#timer = null
    this.#timing = expires ? { seconds: expires.seconds, weRefresh } : null
    if (!this.#timing || this.#ended) return
    this.#timer = new SessionTimer({
      ...this.#timing,
      refresh: () => void this.#refresh(),
      expired: () => this.hangUp('session expired'),
    })
  }

  request(transaction: ServerTransaction): void {
    const { request } = transaction
    if (this.#ended) {
      // Both hung up at once.
      transaction.reply(request.method === 'BYE' ? 200 : 481)
      return
    }
    if (request.method === 'BYE') {
      transaction.reply(200)
      this.#end('they hung up')
      return
    }
    if (request.method === 'INVITE') {
      this.#reinvited(transaction)
      return
    }
    if (request.method === 'OPTIONS') {
      transaction.reply(200, { headers: capabilities() })
      return
    }
    if (request.method === 'INFO') {
      this.#informed(transaction)
      return
    }
    transaction.reply(405, { headers: [['allow', ALLOW]] })
  }

  #informed(transaction: ServerTransaction): void {
    const keys = keysOfInfo(transaction.request)
    if (keys === null) {
      transaction.reply(415, { headers: [['accept', 'application/dtmf-relay, application/dtmf']] })
      return
    }
    transaction.reply(200)
    for (const key of keys) this.parts.stream.key(key)
  }

  /** Hold, resume, another address, or just a sign of life. */
  #reinvited(transaction: ServerTransaction): void {
    const { request } = transaction
    if (this.#inviting || this.#pending) {
      transaction.reply(491)
      return
    }
    const expires = readSessionExpires(request.headers)
    if (expires && expires.seconds < MIN_SE) {
      transaction.reply(422, { headers: [['min-se', String(MIN_SE)]] })
      return
    }
    const answer = request.body.length === 0 ? describe(this.parts.described) : answerOffer(request, this.parts)
    if ('refuse' in answer) {
      refuse(transaction, answer)
      return
    }
    this.parts.dialog.refreshTarget(request)
    const headers: [string, string][] = [
      ['contact', this.#contact()],
      ...capabilities(),
      ['content-type', 'application/sdp'],
    ]
    const weRefresh = expires?.refresher === 'uas'
    if (expires) headers.push(['session-expires', `${expires.seconds};refresher=${weRefresh ? 'uas' : 'uac'}`])
    if (expires && !weRefresh) headers.push(['require', 'timer'])
    transaction.reply(200, { headers, body: answer.body })
    this.answered(transaction, request.body.length === 0)
    this.keepTime(expires, weRefresh)
    this.parts.changed(this)
  }

  #contact(): string {
    return this.parts.ua.contact(this.parts.described.address, this.parts.dialog.state.protocol)
  }

  ack(request: SipRequest): void {
    const pending = this.#pending
    if (
      !pending ||
      pending.transaction.request.headers.get('cseq')?.split(' ')[0] !== request.headers.get('cseq')?.split(' ')[0]
    )
      return
    pending.transaction.acked()
    this.#pending = null
    if (pending.offered && request.body.length > 0 && !acceptAnswer(request.body, this.parts)) {
      this.hangUp('an answer that cannot be taken')
      return
    }
    if (this.#byeWaits) this.#bye()
  }

  /** Our own INVITE within the call, so that its session does not expire. */
  async #refresh(): Promise<void> {
    const { ua, dialog } = this.parts
    if (this.#ended || !this.#timing) return
    this.#inviting = true
    const { seconds } = this.#timing
    const offer = describe(this.parts.described).body
    const headers: [string, string][] = [
      ['contact', this.#contact()],
      ...capabilities(),
      ['session-expires', `${seconds};refresher=uac`],
      ['content-type', 'application/sdp'],
    ]
    await ua.sendInside(dialog, dialog.request('INVITE', headers, offer), {
      final: (response) => void this.#refreshed(response, seconds),
      silence: () => this.hangUp('no answer within the call'),
      again: (response) => this.answerAgain(response),
    })
  }

  async #refreshed(response: SipResponse, seconds: number): Promise<void> {
    this.#inviting = false
    if (this.#ended) return
    const { ua, dialog } = this.parts
    if (response.status < 300) {
      dialog.refreshTarget(response)
      this.acknowledged(response.headers.get('cseq') ?? '', await ua.acknowledge(dialog, response))
      acceptAnswer(response.body, this.parts)
      const expires = readSessionExpires(response.headers)
      this.keepTime(expires ?? { seconds, refresher: null }, expires?.refresher !== 'uas')
      this.parts.changed(this)
    } else if (response.status === 491) {
      // Both at once: who owns the Call-ID waits longer (RFC 3261 §14.1); ours to guess, so somewhere between.
      setTimeout(() => void this.#refresh(), 1000 + Math.random() * 2000).unref()
    } else if (response.status === 408 || response.status === 481) this.#end('they know nothing of the call')
    else this.keepTime({ seconds, refresher: null }, true)
  }

  /** Never answered: there is nothing to say goodbye to. */
  abandon(why: string): void {
    this.#end(why)
  }

  /** Ours to end it: BYE, once our own 200 was acknowledged. */
  hangUp(why: string): void {
    if (this.#ended) return
    const waits = this.#pending !== null
    this.#end(why)
    this.#byeWaits = waits
    if (waits) setTimeout(() => this.#byeWaits && this.#bye(), 4000).unref()
    else this.#bye()
  }

  #bye(): void {
    this.#byeWaits = false
    const { ua, dialog } = this.parts
    void ua.sendInside(dialog, dialog.request('BYE'), {
      final: () => ua.remove(dialog),
      silence: () => ua.remove(dialog),
    })
  }

  #end(why: string): void {
    if (this.#ended) return
    this.#ended = true
    const { media, stream, log, call, leg } = this.parts
    this.#timer?.stop()
    media.close()
    stream.stop()
    const { packets, lost, late } = media.receiver.stats
    log.info(
      { call, leg, why, packetsIn: packets, packetsOut: media.sent.packets, lost, late, reconnects: stream.reconnects },
      'A telephone is gone.',
    )
    // Repeated BYEs find their transaction; anything else gets 481 from now on.
    if (!this.#pending) this.parts.ua.remove(this.parts.dialog)
    this.parts.over(this)
  }
}

function refuse(transaction: ServerTransaction, { refuse: status }: Refused): void {
  transaction.reply(status, status === 415 ? { headers: [['accept', 'application/sdp']] } : {})
}
