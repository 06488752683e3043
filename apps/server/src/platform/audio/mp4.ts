/** MP4 and M4A: tracks, and their length by the table of samples or by the fragments that recorders write. */
import { audio, demand, type Probed } from './facts.ts'

interface Box {
  kind: string
  at: number
  end: number
}

interface Track {
  id: number
  handler: string
  scale: number
  duration: number
  coding: string
  channels: number
  rate: number
}

const CODECS: Record<string, string> = { mp4a: 'aac', Opus: 'opus', alac: 'alac', fLaC: 'flac' }
const MAX_BOXES = 100_000

export function probeMp4(file: Buffer): Probed {
  const count = { left: MAX_BOXES }
  const top = boxes(file, 0, file.length, count)
  demand(top[0]?.kind === 'ftyp', 'not an MP4')
  const movie = top.find(({ kind }) => kind === 'moov')
  demand(movie, 'no movie box')
  demand(
    top.some(({ kind }) => kind === 'mdat'),
    'no sound in it',
  )
  const inside = boxes(file, movie.at, movie.end, count)
  const tracks = inside.filter(({ kind }) => kind === 'trak').map((box) => readTrack(file, box, count))
  if (tracks.some(({ handler }) => handler === 'vide')) return { kind: 'video' }
  const sound = tracks.filter(({ handler }) => handler === 'soun')
  const [track] = sound
  demand(track && sound.length === 1, 'not one track of sound')
  const codec = CODECS[track.coding]
  demand(codec && track.scale > 0, 'coding')
  const fragments = top.filter(({ kind }) => kind === 'moof')
  const length =
    track.duration +
    fragments.reduce((sum, box) => sum + lengthOf(file, box, track, usualOf(file, inside, track, count), count), 0)
  // 2,048 samples in at least two bytes: no coding here says more with less.
  demand(length / track.scale <= ((file.length / 2) * 2048) / Math.max(8000, track.rate), 'claims more than it holds')
  return audio('audio/mp4', codec, { channels: track.channels, sampleRate: track.rate, seconds: length / track.scale })
}

function boxes(file: Buffer, from: number, to: number, count: { left: number }): Box[] {
  const found: Box[] = []
  for (let at = from; at < to; ) {
    demand(at + 8 <= to && count.left-- > 0, 'truncated')
    let size = file.readUInt32BE(at)
    let head = 8
    if (size === 1) {
      demand(at + 16 <= to, 'truncated')
      size = Number(file.readBigUInt64BE(at + 8))
      head = 16
    } else if (size === 0 && file.toString('latin1', at + 4, at + 8) === 'mdat') size = to - at
    demand(size >= head && at + size <= to, 'truncated')
    found.push({ kind: file.toString('latin1', at + 4, at + 8), at: at + head, end: at + size })
    at += size
  }
  return found
}

/** The box at a path of names. */
function inner(file: Buffer, from: Box, path: string[], count: { left: number }): Box | undefined {
  let box: Box | undefined = from
  for (const kind of path) box = box && boxes(file, box.at, box.end, count).find((b) => b.kind === kind)
  return box
}

function readTrack(file: Buffer, box: Box, count: { left: number }): Track {
  const header = inner(file, box, ['tkhd'], count)
  const media = inner(file, box, ['mdia', 'mdhd'], count)
  const handler = inner(file, box, ['mdia', 'hdlr'], count)
  const samples = inner(file, box, ['mdia', 'minf', 'stbl', 'stsd'], count)
  demand(header && media && handler && samples, 'a track is not whole')
  const [isLong, isLongId] = [file[media.at] === 1, file[header.at] === 1]
  demand(media.end - media.at >= (isLong ? 32 : 20) && header.end - header.at >= 24, 'truncated')
  demand(handler.end - handler.at >= 12 && samples.end - samples.at >= 44, 'truncated')
  return {
    id: file.readUInt32BE(header.at + (isLongId ? 20 : 12)),
    handler: file.toString('latin1', handler.at + 8, handler.at + 12),
    scale: file.readUInt32BE(media.at + (isLong ? 20 : 12)),
    duration: isLong ? Number(file.readBigUInt64BE(media.at + 24)) : file.readUInt32BE(media.at + 16),
    coding: file.toString('latin1', samples.at + 12, samples.at + 16),
    channels: file.readUInt16BE(samples.at + 32),
    rate: file.readUInt32BE(samples.at + 40) / 65536,
  }
}

/** How long a sample is where a fragment does not say. */
function usualOf(file: Buffer, movie: Box[], track: Track, count: { left: number }): number {
  const extends_ = movie.find(({ kind }) => kind === 'mvex')
  const usual =
    extends_ &&
    boxes(file, extends_.at, extends_.end, count).find(
      (b) => b.kind === 'trex' && file.readUInt32BE(b.at + 4) === track.id,
    )
  return usual && usual.end - usual.at >= 16 ? file.readUInt32BE(usual.at + 12) : 0
}

function lengthOf(file: Buffer, fragment: Box, track: Track, usual: number, count: { left: number }): number {
  let length = 0
  for (const part of boxes(file, fragment.at, fragment.end, count)) {
    if (part.kind !== 'traf') continue
    const pieces = boxes(file, part.at, part.end, count)
    const head = pieces.find(({ kind }) => kind === 'tfhd')
    if (!head || head.end - head.at < 8 || file.readUInt32BE(head.at + 4) !== track.id) continue
    const each = fragmentUsual(file, head) ?? usual
    for (const run of pieces) if (run.kind === 'trun') length += runLength(file, run, each)
  }
  return length
}

function fragmentUsual(file: Buffer, head: Box): number | undefined {
  const flags = file.readUIntBE(head.at + 1, 3)
  const at = head.at + 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0)
  return flags & 8 && at + 4 <= head.end ? file.readUInt32BE(at) : undefined
}

function runLength(file: Buffer, run: Box, each: number): number {
  demand(run.end - run.at >= 8, 'truncated')
  const flags = file.readUIntBE(run.at + 1, 3)
  const samples = file.readUInt32BE(run.at + 4)
  if (!(flags & 0x100)) return samples * each
  const step = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length
  const from = run.at + 8 + (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0)
  demand(from + samples * step <= run.end, 'truncated')
  let length = 0
  for (let i = 0; i < samples; i++) length += file.readUInt32BE(from + i * step)
  return length
}
