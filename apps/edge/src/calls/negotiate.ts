/** Agreeing on the sound of a leg: offer and answer, at its start and whenever one side wants it otherwise. */
import type { Trunk } from '@earshot/voice'
import type { MediaSession } from '../media/media-session.ts'
import { maySendTo } from '../sip/addresses.ts'
import type { SipRequest } from '../sip/message.ts'
import {
  answerDirection,
  type Codec,
  type LocalMedia,
  PAYLOAD,
  type RemoteMedia,
  readSdp,
  writeAnswer,
  writeSdp,
} from '../sip/sdp.ts'

/** What we last said of ourselves. */
export interface Described {
  address: string
  port: number
  session: number
  version: number
  codecs: Trunk['codecs']
  /** The body we sent, without its version: the same again is the same version. */
  last: string
  /** Where their messages come from. */
  source: string
}

export interface Refused {
  refuse: number
}

export const KEYS_PAYLOAD = 101

/** The first coding of theirs that the trunk lets us speak. */
export const chooseCodec = (remote: RemoteMedia, codecs: Codec[], now?: Codec): Codec | undefined => {
  const common = remote.codecs.map(({ codec }) => codec).filter((codec) => codecs.includes(codec))
  return now && common.includes(now) ? now : common[0]
}

/** Theirs, read and found fit. */
export function readOffer(
  request: SipRequest,
  codecs: Codec[],
  source: string,
): { remote: RemoteMedia; codec: Codec } | Refused {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/sdp') return { refuse: 415 }
  const remote = readSdp(request.body)
  const codec = remote && chooseCodec(remote, codecs)
  return remote && codec && maySendTo(remote.address, source) ? { remote, codec } : { refuse: 488 }
}

const localOf = (described: Described, remote: RemoteMedia, codec: Codec): LocalMedia => ({
  address: described.address,
  port: described.port,
  codecs: remote.codecs.filter((one) => one.codec === codec).slice(0, 1),
  keys: remote.keys,
  direction: answerDirection(remote.direction),
  version: described.version,
})

/** Our description as an offer. */
export function describe(described: Described): { body: Buffer } {
  const { address, port, codecs, version, session } = described
  const offered = codecs.map((codec) => ({ codec, payload: PAYLOAD[codec] }))
  const local = { address, port, codecs: offered, keys: KEYS_PAYLOAD, direction: 'sendrecv' as const, version }
  return { body: settle(described, (at) => writeSdp({ ...local, version: at }, session)) }
}

export function writeFirstAnswer(described: Described, offer: Buffer, remote: RemoteMedia, codec: Codec): Buffer {
  const local = localOf(described, remote, codec)
  return settle(described, (version) => writeAnswer({ ...local, version }, described.session, offer))
}

/** A description that changed has a new version (RFC 3264 §8). */
function settle(described: Described, write: (version: number) => Buffer): Buffer {
  const plain = write(0).toString()
  if (described.last !== '' && plain !== described.last) described.version++
  described.last = plain
  return write(described.version)
}

interface Sides {
  media: MediaSession
  described: Described
}

/** Their offer within the call; the coding stays if it can. */
export function answerOffer(request: SipRequest, { media, described }: Sides): { body: Buffer } | Refused {
  const read = readOffer(request, described.codecs, described.source)
  if ('refuse' in read) return read
  const codec = chooseCodec(read.remote, described.codecs, media.codec) ?? read.codec
  media.change(read.remote, codec)
  return { body: writeFirstAnswer(described, request.body, read.remote, codec) }
}

/** Their answer to our offer. */
export function acceptAnswer(body: Buffer, { media, described }: Sides): boolean {
  const remote = readSdp(body)
  const codec = remote && chooseCodec(remote, described.codecs, media.codec)
  if (!remote || !codec || !maySendTo(remote.address, described.source)) return false
  media.change(remote, codec)
  return true
}
