/** Small sound files of every kind that is taken, made here byte by byte; and the means to break them. */
import { oggChecksum } from '../platform/audio/ogg.ts'

/** A tone, 16 bit mono. */
export function wav(seconds = 1, { rate = 8000, hertz = 440 } = {}): Buffer {
  const samples = Math.round(seconds * rate)
  const data = Buffer.alloc(samples * 2)
  for (let i = 0; i < samples; i++) {
    // Loud in the middle, silent at both ends.
    const level = Math.sin((Math.PI * i) / samples)
    data.writeInt16LE(Math.round(Math.sin((2 * Math.PI * hertz * i) / rate) * level * 20_000), i * 2)
  }
  return wavAround(data, { rate })
}

export function wavAround(data: Buffer, { rate = 8000, channels = 1, bits = 16, tag = 1 } = {}): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(tag, 20)
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE((rate * channels * bits) / 8, 28)
  head.writeUInt16LE((channels * bits) / 8, 32)
  head.writeUInt16LE(bits, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(data.length, 40)
  return Buffer.concat([head, data])
}

/** Frames of 128 kbit/s at 44.1 kHz, stereo, that say nothing: 26.1 ms each. */
export function mp3(frames = 40): Buffer {
  const frame = Buffer.alloc(417)
  frame.set([0xff, 0xfb, 0x90, 0x00])
  return Buffer.concat(Array.from({ length: frames }, () => frame))
}

function oggPage(packets: Buffer[], given: { flags: number; granule: bigint; sequence: number }): Buffer {
  const laces = packets.flatMap(({ length }) => [...Array(Math.floor(length / 255)).fill(255), length % 255])
  const head = Buffer.alloc(27 + laces.length)
  head.write('OggS', 0, 'latin1')
  head[5] = given.flags
  head.writeBigInt64LE(given.granule, 6)
  head.writeUInt32LE(7, 14)
  head.writeUInt32LE(given.sequence, 18)
  head[26] = laces.length
  head.set(laces, 27)
  const page = Buffer.concat([head, ...packets])
  page.writeUInt32LE(oggChecksum(page), 22)
  return page
}

/** Opus in packets of 20 ms; `granule` may lie. */
export function ogg(seconds = 1, granule = BigInt(Math.round(seconds * 48_000))): Buffer {
  const head = Buffer.alloc(19)
  head.write('OpusHead', 0, 'latin1')
  head.set([1, 1], 8)
  head.writeUInt32LE(48_000, 12)
  const tags = Buffer.concat([Buffer.from('OpusTags'), Buffer.alloc(8)])
  const packets = Array.from({ length: Math.min(200, Math.round(seconds * 50)) }, () => Buffer.from([0xf8, 0xff, 0xfe]))
  return Buffer.concat([
    oggPage([head], { flags: 2, granule: 0n, sequence: 0 }),
    oggPage([tags], { flags: 0, granule: 0n, sequence: 1 }),
    oggPage(packets, { flags: 4, granule, sequence: 2 }),
  ])
}

const ebml = (id: string, ...inside: Buffer[]): Buffer => {
  const body = Buffer.concat(inside)
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(body.length))
  size[0] = 0x01
  return Buffer.concat([Buffer.from(id, 'hex'), size, body])
}

/** As a browser's recorder writes it: no duration, a cluster without an end. */
export function webm(seconds = 1, { trackType = 2 } = {}): Buffer {
  const blocks = Array.from({ length: Math.round(seconds * 50) }, (_, i) => {
    const block = Buffer.from([0x81, 0, 0, 0x80, 0xf8, 0xff, 0xfe])
    block.writeInt16BE(i * 20, 1)
    return ebml('a3', block)
  })
  const rate = Buffer.alloc(4)
  rate.writeFloatBE(48_000)
  const sound = ebml('e1', ebml('9f', Buffer.from([1])), ebml('b5', rate))
  const track = ebml('ae', ebml('83', Buffer.from([trackType])), ebml('86', Buffer.from('A_OPUS')), sound)
  return Buffer.concat([
    ebml('1a45dfa3', ebml('4282', Buffer.from('webm'))),
    Buffer.from('18538067' + '01ffffffffffffff', 'hex'),
    ebml('1549a966', ebml('2ad7b1', Buffer.from([0x0f, 0x42, 0x40]))),
    ebml('1654ae6b', track),
    Buffer.from('1f43b675' + '01ffffffffffffff', 'hex'),
    ebml('e7', Buffer.from([0])),
    ...blocks,
  ])
}

const box = (kind: string, ...inside: Buffer[]): Buffer => {
  const body = Buffer.concat(inside)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8)
  head.write(kind, 4, 'latin1')
  return Buffer.concat([head, body])
}
const words = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, i * 4)
  return bytes
}

/** AAC at 8 kHz; with `fragments`, as recorders on phones write it. */
export function m4a(seconds = 1, { handler = 'soun', fragments = false, brand = 'M4A ' } = {}): Buffer {
  const rate = 8000
  const length = Math.round(seconds * rate)
  const sample = Buffer.concat([words(0, 1, 0, 0), Buffer.from([0, 1, 0, 16]), words(0, rate * 65536)])
  const entry = box('mp4a', sample)
  const track = box(
    'trak',
    box('tkhd', words(0, 0, 0, 1, 0, 0)),
    box(
      'mdia',
      box('mdhd', words(0, 0, 0, rate, fragments ? 0 : length, 0)),
      box('hdlr', Buffer.concat([words(0, 0), Buffer.from(handler), words(0, 0)])),
      box('minf', box('stbl', box('stsd', words(0, 1), entry))),
    ),
  )
  const runs = fragments
    ? [box('moof', box('traf', box('tfhd', words(0x08, 1, 1024)), box('trun', words(0, Math.round(length / 1024)))))]
    : []
  const moov = box('moov', box('mvhd', words(0, 0, 0, rate, 0)), track)
  return Buffer.concat([
    box('ftyp', Buffer.from(brand), words(0)),
    moov,
    ...runs,
    box('mdat', Buffer.alloc(length / 4)),
  ])
}

export function flac(seconds = 1): Buffer {
  const rate = 8000
  const samples = Math.round(seconds * rate)
  const info = Buffer.alloc(34)
  info.writeUInt16BE(4096, 0)
  info.writeUInt16BE(4096, 2)
  info.set([(rate >> 12) & 0xff, (rate >> 4) & 0xff, ((rate & 0x0f) << 4) | 0x01, 0xf0], 10)
  info.writeUInt32BE(samples, 14)
  const frames = Buffer.alloc(Math.ceil(samples / 4096) * 20)
  frames.set([0xff, 0xf8])
  return Buffer.concat([Buffer.from('fLaC'), Buffer.from([0x80, 0, 0, 34]), info, frames])
}
