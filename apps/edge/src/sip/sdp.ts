/** Session descriptions (RFC 4566, RFC 3264): one stream of telephone sound, and keys beside it. */

export type Codec = 'PCMU' | 'PCMA'
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/** What the other side says of its sound. */
export interface RemoteMedia {
  address: string
  port: number
  /** In its order of preference, those we know. */
  codecs: { codec: Codec; payload: number }[]
  /** The payload number of `telephone-event`. */
  keys: number | null
  direction: Direction
}

export interface LocalMedia {
  address: string
  port: number
  codecs: { codec: Codec; payload: number }[]
  keys: number | null
  direction: Direction
  /** Unchanged while nothing changed: then the other side need not look at it. */
  version: number
}

const STATIC: Record<string, Codec> = { 0: 'PCMU', 8: 'PCMA' }
export const PAYLOAD: Record<Codec, number> = { PCMU: 0, PCMA: 8 }
const MAX_SDP = 8192

interface Section {
  /** `audio 4000 RTP/AVP 0 8` */
  media: string
  lines: [string, string][]
}

function sections(text: string): { session: [string, string][]; medias: Section[] } | null {
  if (text.length > MAX_SDP) return null
  const session: [string, string][] = []
  const medias: Section[] = []
  for (const line of text.split(/\r?\n/)) {
    if (!line) continue
    if (!/^[a-z]=/.test(line)) return null
    const [type, value] = [line[0] ?? '', line.slice(2).trim()]
    if (type === 'm') medias.push({ media: value, lines: [] })
    else (medias.at(-1)?.lines ?? session).push([type, value])
    if (medias.length > 16) return null
  }
  return session[0]?.[0] === 'v' ? { session, medias } : null
}

/** Null: not understood, or no sound in it that we can take. */
export function readSdp(body: Buffer): RemoteMedia | null {
  const found = sections(body.toString('utf8'))
  const audio = found?.medias.find(({ media }) => usable(media))
  if (!found || !audio) return null
  const [, port = '0', , ...payloads] = audio.media.split(/\s+/)
  const address = addressOf(audio.lines) ?? addressOf(found.session)
  if (!address || Number(port.split('/')[0]) > 65535) return null
  const names = new Map<string, string>()
  for (const [type, value] of audio.lines) {
    const map = type === 'a' ? /^rtpmap:(\d{1,3})\s+([A-Za-z0-9._-]+)\/8000(?:\/1)?$/i.exec(value) : null
    if (map) names.set(map[1] ?? '', (map[2] ?? '').toUpperCase())
  }
  const codecs: RemoteMedia['codecs'] = []
  let keys: number | null = null
  for (const payload of payloads.slice(0, 32)) {
    if (!/^\d{1,3}$/.test(payload) || Number(payload) > 127) return null
    const name = names.get(payload) ?? STATIC[payload]
    if (name === 'PCMU' || name === 'PCMA') codecs.push({ codec: name, payload: Number(payload) })
    else if (name === 'TELEPHONE-EVENT') keys ??= Number(payload)
  }
  if (codecs.length === 0) return null
  const said = directionOf(audio.lines) ?? directionOf(found.session) ?? 'sendrecv'
  // The way of RFC 2543 to put somebody on hold.
  const direction = address === '0.0.0.0' || address === '::' ? (said === 'recvonly' ? 'inactive' : 'sendonly') : said
  return { address, port: Number(port.split('/')[0]), codecs, keys, direction }
}

const usable = (media: string) => /^audio\s+[1-9]\d{0,4}(?:\/1)?\s+RTP\/AVP\s/.test(media)

function addressOf(lines: [string, string][]): string | null {
  const line = lines.find(([type]) => type === 'c')?.[1]
  return /^IN IP[46] ([0-9A-Fa-f.:]{2,45})(?:\/\d+)*$/.exec(line ?? '')?.[1] ?? null
}

const directionOf = (lines: [string, string][]) =>
  lines.find(([type, value]) => type === 'a' && /^(sendrecv|sendonly|recvonly|inactive)$/.test(value))?.[1] as
    | Direction
    | undefined

/** What we may say to what they said. */
export function answerDirection(theirs: Direction): Direction {
  if (theirs === 'sendonly') return 'recvonly'
  return theirs === 'recvonly' ? 'sendonly' : theirs
}

export const writeSdp = (local: LocalMedia, session: number): Buffer =>
  Buffer.from([...head(local, session), ...audioLines(local), ''].join('\r\n'))

const head = ({ address, version }: LocalMedia, session: number) => [
  'v=0',
  `o=earshot ${session} ${version} IN IP${address.includes(':') ? 6 : 4} ${address}`,
  's=call',
  `c=IN IP${address.includes(':') ? 6 : 4} ${address}`,
  't=0 0',
]

function audioLines({ port, codecs, keys, direction }: LocalMedia): string[] {
  const payloads = [...codecs.map(({ payload }) => payload), ...(keys === null ? [] : [keys])]
  return [
    `m=audio ${port} RTP/AVP ${payloads.join(' ')}`,
    ...codecs.map(({ codec, payload }) => `a=rtpmap:${payload} ${codec}/8000`),
    ...(keys === null ? [] : [`a=rtpmap:${keys} telephone-event/8000`, `a=fmtp:${keys} 0-15`]),
    'a=ptime:20',
    `a=${direction}`,
  ]
}

/** An answer has every stream of the offer, in its order; those we do not take have port 0 (RFC 3264 §6). */
export function writeAnswer(local: LocalMedia, session: number, offer: Buffer): Buffer {
  const medias = sections(offer.toString('utf8'))?.medias ?? []
  const taken = medias.findIndex(({ media }) => usable(media))
  const lines = medias.flatMap(({ media }, at) =>
    at === taken ? audioLines(local) : [`m=${media.replace(/^(\S+)\s+\S+/, '$1 0').slice(0, 200)}`],
  )
  return Buffer.from([...head(local, session), ...lines, ''].join('\r\n'))
}
