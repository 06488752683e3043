/** WebM and Matroska: tracks and the time of the last block, since recorders in browsers write no duration. */
import { audio, demand, type Probed } from './facts.ts'

const ID = {
  ebml: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  info: 0x1549a966,
  scale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  track: 0xae,
  trackType: 0x83,
  codec: 0x86,
  audio: 0xe1,
  channels: 0x9f,
  rate: 0xb5,
  cluster: 0x1f43b675,
  time: 0xe7,
  simpleBlock: 0xa3,
  group: 0xa0,
  block: 0xa1,
}
const PARENTS = new Set([ID.segment, ID.info, ID.tracks, ID.track, ID.audio, ID.cluster, ID.group])
/** They end where another of their kind, or of their parent's, begins. */
const MAY_BE_OPEN = new Set([ID.segment, ID.cluster])
const VIDEO = 1
const AUDIO = 2
const CODECS: Record<string, string> = { A_OPUS: 'opus', A_VORBIS: 'vorbis' }
/** How long the last block may last: it has no successor to tell. */
const LAST_MS = 20

interface Found {
  scale: number
  types: number[]
  codec: string
  channels: number
  rate: number
  clusterTime: number
  lastTime: number
  blocks: number
}

export function probeMatroska(file: Buffer): Probed {
  const head = readElement(file, 0, file.length)
  demand(head.id === ID.ebml && head.end <= file.length, 'not a WebM')
  demand(/webm|matroska/.test(file.toString('latin1', head.at, Math.min(head.end, head.at + 80))), 'document type')
  const found: Found = {
    scale: 1_000_000,
    types: [],
    codec: '',
    channels: 1,
    rate: 8000,
    clusterTime: 0,
    lastTime: -1,
    blocks: 0,
  }
  walk(file, head.end, file.length, found)
  if (found.types.includes(VIDEO)) return { kind: 'video' }
  const codec = CODECS[found.codec]
  demand(found.types.length === 1 && found.types[0] === AUDIO && codec, 'not one track of sound')
  demand(found.blocks > 0 && found.scale > 0, 'no sound in it')
  const seconds = (found.lastTime * found.scale) / 1e9 + LAST_MS / 1000
  return audio('audio/webm', codec, { channels: found.channels, sampleRate: found.rate, seconds })
}

/** Not recursive: an element that holds others is entered by going on behind its head. */
function walk(file: Buffer, from: number, to: number, found: Found): void {
  for (let at = from; at < to; ) {
    const { id, at: body, end, isOpen } = readElement(file, at, to)
    demand(isOpen ? MAY_BE_OPEN.has(id) : end <= to, 'truncated')
    if (PARENTS.has(id)) {
      at = body
      continue
    }
    note(file, id, body, end, found)
    at = end
  }
}

function note(file: Buffer, id: number, at: number, end: number, found: Found): void {
  if (id === ID.scale) found.scale = readUint(file, at, end)
  else if (id === ID.trackType) found.types.push(readUint(file, at, end))
  else if (id === ID.codec) found.codec = file.toString('latin1', at, Math.min(end, at + 32)).replace(/\0+$/, '')
  else if (id === ID.channels) found.channels = readUint(file, at, end)
  else if (id === ID.rate)
    found.rate = end - at === 4 ? file.readFloatBE(at) : end - at === 8 ? file.readDoubleBE(at) : Number.NaN
  else if (id === ID.time) found.clusterTime = readUint(file, at, end)
  else if (id === ID.simpleBlock || id === ID.block) {
    demand(end - at >= 4, 'a block is too short')
    const track = readSize(file, at, end)
    demand(track.next + 2 <= end, 'a block is too short')
    found.lastTime = Math.max(found.lastTime, found.clusterTime + file.readInt16BE(track.next))
    found.blocks++
  }
}

function readElement(file: Buffer, at: number, to: number) {
  const first = file[at]!
  const length = first >= 0x80 ? 1 : first >= 0x40 ? 2 : first >= 0x20 ? 3 : first >= 0x10 ? 4 : 0
  demand(length > 0 && at + length < to, 'an element has no name')
  const id = file.readUIntBE(at, length)
  const { value, next, isOpen } = readSize(file, at + length, to)
  return { id, at: next, end: isOpen ? to : next + value, isOpen }
}

function readSize(file: Buffer, at: number, to: number): { value: number; next: number; isOpen: boolean } {
  demand(at < to, 'truncated')
  const first = file[at]!
  const length = Math.clz32(first) - 23
  demand(first > 0 && length <= 8 && at + length <= to, 'an element has no size')
  let value = first & (0xff >> length)
  let isOpen = value === 0xff >> length
  for (let i = 1; i < length; i++) {
    value = value * 256 + file[at + i]!
    isOpen &&= file[at + i] === 0xff
  }
  return { value, next: at + length, isOpen }
}

function readUint(file: Buffer, at: number, end: number): number {
  demand(end - at <= 8, 'a number is too long')
  let value = 0
  for (let i = at; i < end; i++) value = value * 256 + file[i]!
  return value
}
