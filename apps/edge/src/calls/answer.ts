/** Answer an INVITE: whose is it, what does the server say, ring, answer as soon as the hub has the stream. */
import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { IncomingAnswer, Trunk } from '@earshot/voice'
import type { RtpPort } from '../media/ports.ts'
import { Dialog, newTag } from '../sip/dialog.ts'
import type { Codec, RemoteMedia } from '../sip/sdp.ts'
import type { ServerTransaction } from '../sip/server-transaction.ts'
import { MIN_SE, readSessionExpires } from '../sip/session-timer.ts'
import { parseUri } from '../sip/uri.ts'
import { capabilities } from '../sip/user-agent.ts'
import { LegStream } from './legs.ts'
import { type Described, describe, readOffer, writeFirstAnswer } from './negotiate.ts'
import type { EdgeServices } from './services.ts'
import { whoCalls } from './who-calls.ts'

type Accepted = Extract<IncomingAnswer, { accept: true }>

export async function answerInvite(services: EdgeServices, transaction: ServerTransaction): Promise<void> {
  const tag = newTag()
  transaction.onCancel = () => transaction.reply(487, { tag })
  const trunks = admitted(services, transaction, tag)
  if (!trunks) return
  transaction.reply(100)
  const offer = offered(transaction, trunks, tag)
  if (!offer) return
  const answer = await services.api.incoming(whoCalls(transaction.request, trunks), () => !transaction.answered)
  if (!answer?.accept) {
    if (!transaction.answered) services.log.info({ status: answer?.status ?? 503 }, 'A call is not taken.')
    return transaction.reply(answer?.status ?? 503, { tag, reason: answer?.reason })
  }
  if (transaction.answered) return gaveUp(services, answer)
  if (services.legs.get(answer.leg)) return transaction.reply(482, { tag })
  transaction.reply(180, { tag, headers: [['contact', await contactFor(services, transaction)]] })
  await pickUp(services, transaction, { tag, answer, trunks, offer })
}

/** Null: answered already, with a refusal or a question for the password. */
function admitted(services: EdgeServices, transaction: ServerTransaction, tag: string): Trunk[] | null {
  const { trunks, challenger } = services
  const known = trunks.from(transaction.flow.address)
  if (known.length > 0) return known
  const logins = trunks.logins()
  const verdict = logins.length > 0 ? challenger.check(transaction.request, logins) : 'wrong'
  if (typeof verdict === 'object') return trunks.withLogin(verdict.login)
  if (verdict === 'wrong') transaction.reply(403, { tag })
  else transaction.reply(401, { tag, headers: challenger.challenges(verdict === 'stale') })
  return null
}

type Offer = { remote: RemoteMedia; codec: Codec } | 'theirs to answer'

function offered(transaction: ServerTransaction, trunks: Trunk[], tag: string): Offer | null {
  const { request, flow } = transaction
  const expires = readSessionExpires(request.headers)
  if (expires && expires.seconds < MIN_SE) {
    transaction.reply(422, { tag, headers: [['min-se', String(MIN_SE)]] })
    return null
  }
  if (request.body.length === 0) return 'theirs to answer'
  const read = readOffer(request, codecsOf(trunks), flow.address)
  if (!('refuse' in read)) return read
  const headers: [string, string][] = read.refuse === 415 ? [['accept', 'application/sdp']] : []
  transaction.reply(read.refuse, { tag, headers })
  return null
}

const codecsOf = (trunks: Trunk[]): Codec[] => [...new Set(trunks.flatMap(({ codecs }) => codecs))]

async function contactFor({ ua }: EdgeServices, { flow, request }: ServerTransaction): Promise<string> {
  const asked = parseUri(request.uri)?.user
  return ua.contact(
    await ua.addressFor(flow.address),
    flow.protocol,
    asked && /^[+\w.-]+$/.test(asked) ? asked : undefined,
  )
}

/** They hung up while it rang: nobody need wait for them. */
function gaveUp({ api, log }: EdgeServices, { call }: Accepted): void {
  log.info({ call }, 'They hung up before an answer.')
  void api.gone(call, 'hung_up')
}

interface Pickup {
  tag: string
  answer: Accepted
  trunks: Trunk[]
  offer: Offer
}

async function pickUp(services: EdgeServices, transaction: ServerTransaction, pickup: Pickup): Promise<void> {
  const { answer, tag } = pickup
  const { call } = answer
  const rtp = await services.ports.take()
  if (!rtp) {
    services.log.warn({ call }, 'All ports for sound are taken.')
    void services.api.gone(call, 'failed')
    return transaction.reply(503, { tag, headers: [['retry-after', '10']] })
  }
  const plan = { url: answer.mediaUrl, token: answer.token, callSid: call }
  const stream = new LegStream(plan, services.reconnectMs, services.log, call)
  const open = await openStream(stream, () => !transaction.answered, services.reconnectMs)
  if (open && !stream.over && !transaction.answered) return connect(services, transaction, { ...pickup, rtp, stream })
  stream.stream.stop()
  rtp.release()
  if (transaction.answered) return open ? undefined : gaveUp(services, answer)
  services.log.warn({ call, why: stream.over }, 'The hub did not take the stream of a call.')
  void services.api.gone(call, 'failed')
  transaction.reply(503, { tag, headers: [['retry-after', '5']] })
}

/** The stream reconnects by itself; this only waits until it has, or somebody does not want it any more. */
async function openStream(stream: LegStream, wanted: () => boolean, withinMs: number): Promise<boolean> {
  if (await stream.stream.open()) return true
  const until = performance.now() + withinMs
  while (wanted() && !stream.over && performance.now() < until) {
    if (stream.stream.connected) return true
    await pause(20)
  }
  return false
}

type Connecting = Pickup & { rtp: RtpPort; stream: LegStream }

async function connect(services: EdgeServices, transaction: ServerTransaction, parts: Connecting): Promise<void> {
  const { ua, legs } = services
  const { request, flow } = transaction
  const { answer, tag, trunks, offer, rtp, stream } = parts
  const address = await ua.addressFor(flow.address)
  const described: Described = {
    address,
    port: rtp.port,
    session: randomInt(2 ** 31),
    version: 1,
    codecs: codecsOf(trunks),
    last: '',
    source: flow.address,
  }
  const dialog = Dialog.answering(request, tag, flow)
  const theirs = offer === 'theirs to answer' ? silentUntilTold(described) : offer
  const body =
    offer === 'theirs to answer'
      ? describe(described).body
      : writeFirstAnswer(described, request.body, theirs.remote, theirs.codec)
  const expires = readSessionExpires(request.headers)
  const theyCan = request.headers.all('supported').some((one) => one.toLowerCase() === 'timer')
  const weRefresh = expires?.refresher === 'uas' || (expires !== null && !theyCan)
  const leg = legs.create({ ...answer, dialog, rtp, ...theirs, described, trunks: trunks.map(({ id }) => id) }, stream)
  const headers: [string, string][] = [
    ['contact', await contactFor(services, transaction)],
    ...capabilities(),
    ['content-type', 'application/sdp'],
  ]
  if (expires) headers.push(['session-expires', `${expires.seconds};refresher=${weRefresh ? 'uas' : 'uac'}`])
  if (expires && !weRefresh) headers.push(['require', 'timer'])
  if (leg.ended) transaction.reply(503, { tag })
  else if (transaction.answered) leg.abandon('given up')
  if (leg.ended) return
  transaction.reply(200, { tag, headers, body })
  leg.answered(transaction, offer === 'theirs to answer')
  leg.keepTime(expires, weRefresh)
}

/** Until their ACK describes their sound, nothing is sent and nothing taken. */
function silentUntilTold({ codecs }: Described): { remote: RemoteMedia; codec: Codec } {
  const codec = codecs[0] ?? 'PCMU'
  return { remote: { address: '0.0.0.0', port: 0, codecs: [], keys: null, direction: 'inactive' }, codec }
}
