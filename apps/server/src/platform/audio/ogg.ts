/** Ogg with Opus or Vorbis: every page walked and its checksum held against it, the duration by the last page's place. */
import { audio, demand, type Probed } from './facts.ts'

interface Page {
  flags: number
  granule: bigint
  serial: number
  /** Packets that end on this page. */
  packets: number
  body: Buffer
  end: number
}

const HEAD = 27

export function probeOgg(file: Buffer): Probed {
  const first = readPage(file, 0)
  demand(first.flags & 2, 'does not begin at its beginning')
  const { codec, channels, sampleRate, clock, skip, most } = readHead(first.body)
  let last = 0n
  let packets = 0
  for (let at = first.end; at < file.length; ) {
    const page = readPage(file, at)
    demand(page.serial === first.serial && (page.flags & 2) === 0, 'more than one stream')
    if (page.granule >= 0n && page.granule < 1n << 62n) last = page.granule
    packets += page.packets
    at = page.end
  }
  // The headers are packets too; what the rest can hold at most bounds what may be claimed.
  demand(last <= BigInt(Math.max(0, packets) * most), 'claims more than it holds')
  return audio('audio/ogg', codec, { channels, sampleRate, seconds: (Number(last) - skip) / clock })
}

function readPage(file: Buffer, at: number): Page {
  demand(
    at + HEAD <= file.length && file.toString('latin1', at, at + 4) === 'OggS' && file[at + 4] === 0,
    'a page is missing',
  )
  const segments = file[at + 26]!
  const bodyAt = at + HEAD + segments
  demand(bodyAt <= file.length, 'truncated')
  let size = 0
  let packets = 0
  for (const lace of file.subarray(at + HEAD, bodyAt)) {
    size += lace
    if (lace < 255) packets++
  }
  const end = bodyAt + size
  demand(end <= file.length, 'truncated')
  demand(checksum(file, at, end) === file.readUInt32LE(at + 22), 'a page is damaged')
  return {
    flags: file[at + 5]!,
    granule: file.readBigInt64LE(at + 6),
    serial: file.readUInt32LE(at + 14),
    packets,
    body: file.subarray(bodyAt, end),
    end,
  }
}

/** `clock` is what granules count, `skip` how many of them come before the sound, `most` how many a packet holds at most. */
function readHead(body: Buffer) {
  if (body.toString('latin1', 0, 8) === 'OpusHead' && body.length >= 19) {
    const sampleRate = 48_000
    return { codec: 'opus', channels: body[9]!, sampleRate, clock: sampleRate, skip: body.readUInt16LE(10), most: 5760 }
  }
  demand(body.toString('latin1', 0, 7) === '\x01vorbis' && body.length >= 30, 'coding')
  const sampleRate = body.readUInt32LE(12)
  return { codec: 'vorbis', channels: body[11]!, sampleRate, clock: sampleRate, skip: 0, most: 8192 }
}

const TABLE = Uint32Array.from({ length: 256 }, (_, i) => {
  let value = i << 24
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value >>> 0
})

/** With the page's own checksum taken as zero. */
function checksum(file: Buffer, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) {
    const byte = at >= from + 22 && at < from + 26 ? 0 : file[at]!
    sum = ((sum << 8) ^ TABLE[((sum >>> 24) ^ byte) & 0xff]!) >>> 0
  }
  return sum
}

/** For writers of pages: tests and samples. */
export const oggChecksum = (page: Buffer): number => checksum(page, 0, page.length)
