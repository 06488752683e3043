/** WAV: its chunks, and its samples, which need no decoder. */
import { audio, demand, type Probed } from './facts.ts'

export interface WavLayout {
  channels: number
  sampleRate: number
  /** Of one sample of one channel. */
  bytes: number
  encoding: 'integer' | 'float' | 'a-law' | 'mu-law'
  dataAt: number
  dataBytes: number
}

const ENCODINGS: Record<number, WavLayout['encoding']> = { 1: 'integer', 3: 'float', 6: 'a-law', 7: 'mu-law' }
const EXTENSIBLE = 0xfffe
/** What writers put who do not know the length when they begin. */
const isOpen = (size: number): boolean => size === 0 || size >= 0x7ffff000

export function readWav(file: Buffer): WavLayout {
  demand(
    file.length >= 44 && file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WAVE',
    'not a WAV',
  )
  const claimed = file.readUInt32LE(4)
  const end = isOpen(claimed) ? file.length : claimed + 8
  // What stands behind the end is another file: an archive, a page.
  demand(end <= file.length && file.length - end <= 1, 'its size is not what it says')
  let format: Omit<WavLayout, 'dataAt' | 'dataBytes'> | undefined
  for (let at = 12; at + 8 <= end; ) {
    const size = file.readUInt32LE(at + 4)
    const kind = file.toString('latin1', at, at + 4)
    const body = at + 8
    if (kind === 'fmt ') format = readFormat(file.subarray(body, body + size))
    if (kind === 'data') {
      demand(format, 'no format before the data')
      const dataBytes = isOpen(size) ? end - body : size
      demand(body + dataBytes <= end, 'truncated')
      return { ...format, dataAt: body, dataBytes }
    }
    demand(body + size <= end, 'truncated')
    at = body + size + (size % 2)
  }
  demand(false, 'no data')
}

function readFormat(body: Buffer): Omit<WavLayout, 'dataAt' | 'dataBytes'> {
  demand(body.length >= 16, 'format')
  const tag = body.readUInt16LE(0)
  const encoding = ENCODINGS[tag === EXTENSIBLE && body.length >= 26 ? body.readUInt16LE(24) : tag]
  const bytes = body.readUInt16LE(14) / 8
  const channels = body.readUInt16LE(2)
  demand(encoding, 'coding')
  const sizes = encoding === 'integer' ? [1, 2, 3, 4] : encoding === 'float' ? [4, 8] : [1]
  demand(sizes.includes(bytes) && body.readUInt16LE(12) === bytes * channels, 'sample size')
  return { encoding, bytes, channels, sampleRate: body.readUInt32LE(4) }
}

export function probeWav(file: Buffer): Probed {
  const { channels, sampleRate, bytes, dataBytes, encoding } = readWav(file)
  const seconds = dataBytes / (bytes * channels * sampleRate)
  return audio('audio/wav', encoding === 'integer' || encoding === 'float' ? 'pcm' : encoding, {
    channels,
    sampleRate,
    seconds,
  })
}

/** Reads one sample as a number from 0 to 1, its distance from silence. */
export function levelReader({ encoding, bytes }: WavLayout): (file: Buffer, at: number) => number {
  if (encoding === 'float') {
    return (file, at) => Math.min(1, Math.abs((bytes === 4 ? file.readFloatLE(at) : file.readDoubleLE(at)) || 0))
  }
  if (encoding === 'a-law') return (file, at) => companded(file[at]! ^ 0x55)
  if (encoding === 'mu-law') return (file, at) => companded(~file[at]! & 0xff)
  if (bytes === 1) return (file, at) => Math.abs(file[at]! - 128) / 128
  const full = 2 ** (bytes * 8 - 1)
  return (file, at) => Math.abs(file.readIntLE(at, bytes)) / full
}

/** Segment and step: close enough to both laws for a drawing. */
const companded = (byte: number): number => ((((byte & 0x0f) * 2 + 33) << ((byte >> 4) & 7)) - 33) / 8031
