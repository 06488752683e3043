/** MP3: its frames, counted one by one, since what a header claims of the whole may be a lie. */
import { audio, demand, type Probed } from './facts.ts'

interface Frame {
  length: number
  samples: number
  sampleRate: number
  channels: number
  version: 1 | 2
  hasCrc: boolean
}

const RATES = [44_100, 48_000, 32_000]
const KBITS: Record<string, readonly number[]> = {
  '1-1': [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1-2': [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1-3': [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2-1': [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2-2': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}

function readFrame(file: Buffer, at: number): Frame | undefined {
  if (at + 4 > file.length || file[at] !== 0xff || (file[at + 1]! & 0xe0) !== 0xe0) return undefined
  const [second, third, fourth] = [file[at + 1]!, file[at + 2]!, file[at + 3]!]
  const versionBits = (second >> 3) & 3
  const layer = 4 - ((second >> 1) & 3)
  const step = third >> 4
  const rate = RATES[(third >> 2) & 3]
  if (versionBits === 1 || layer === 4 || step === 0 || step === 15 || !rate) return undefined
  const version = versionBits === 3 ? 1 : 2
  const sampleRate = rate / (versionBits === 3 ? 1 : versionBits === 2 ? 2 : 4)
  const kbits = KBITS[`${version}-${version === 2 && layer === 3 ? 2 : layer}`]![step - 1]!
  const padding = (third >> 1) & 1
  const samples = layer === 1 ? 384 : layer === 3 && version === 2 ? 576 : 1152
  const length =
    layer === 1
      ? (Math.floor((12_000 * kbits) / sampleRate) + padding) * 4
      : Math.floor((samples * 125 * kbits) / sampleRate) + padding
  const channels = fourth >> 6 === 3 ? 1 : 2
  return { length, samples, sampleRate, channels, version, hasCrc: (second & 1) === 0 }
}

/** Where sound begins: behind a tag, whose length is believed only inside the file. */
function skipTag(file: Buffer): number {
  if (file.toString('latin1', 0, 3) !== 'ID3') return 0
  const [a, b, c, d] = [file[6]!, file[7]!, file[8]!, file[9]!]
  demand(file.length > 10 && (a | b | c | d) < 0x80, 'its tag is broken')
  const end = 10 + ((a << 21) | (b << 14) | (c << 7) | d) + (file[5]! & 0x10 ? 10 : 0)
  demand(end < file.length, 'nothing but a tag')
  return end
}

/** Calls back for each frame; answers how many bytes belong to none. */
function eachFrame(file: Buffer, visit: (frame: Frame, at: number) => void): { frames: number; junk: number } {
  let frames = 0
  let junk = 0
  let first: Frame | undefined
  for (let at = skipTag(file); at < file.length; ) {
    const frame = readFrame(file, at)
    const fits = frame && (!first || (frame.sampleRate === first.sampleRate && frame.version === first.version))
    if (frame && fits && at + frame.length <= file.length) {
      first ??= frame
      frames++
      visit(frame, at)
      at += frame.length
    } else if (isTail(file, at)) {
      break
    } else {
      junk++
      at++
    }
  }
  return { frames, junk }
}

/** Old tags that stand at the end. */
const isTail = (file: Buffer, at: number): boolean =>
  (file.length - at === 128 && file.toString('latin1', at, at + 3) === 'TAG') ||
  file.toString('latin1', at, at + 8) === 'APETAGEX' ||
  file.toString('latin1', at, at + 11) === 'LYRICSBEGIN'

export function probeMp3(file: Buffer): Probed {
  let seconds = 0
  let first: Frame | undefined
  const { frames, junk } = eachFrame(file, (frame) => {
    first ??= frame
    seconds += frame.samples / frame.sampleRate
  })
  demand(first && frames >= 4, 'no sound frames')
  // A cut in the middle of a frame is common and harmless; more than that is something else with a few frames in it.
  demand(junk <= 4096 && junk <= file.length / 4, 'more than sound in it')
  return audio('audio/mpeg', 'mp3', { channels: first.channels, sampleRate: first.sampleRate, seconds })
}

/** How loud each frame is by the gain that its header names: an outline without decoding. */
export function mp3Outline(file: Buffer): number[] {
  const levels: number[] = []
  eachFrame(file, ({ version, channels, hasCrc }, at) => {
    const bits = (at + 4 + (hasCrc ? 2 : 0)) * 8
    const before = version === 1 ? (channels === 1 ? 18 : 20) : channels === 1 ? 9 : 10
    const each = version === 1 ? 59 : 63
    let level = 0
    for (let part = 0; part < (version === 1 ? 2 : 1) * channels; part++) {
      const start = bits + before + part * each
      const isSilent = readBits(file, start, 12) === 0 || readBits(file, start + 12, 9) === 0
      if (!isSilent) level = Math.max(level, 2 ** ((readBits(file, start + 21, 8) - 210) / 4))
    }
    levels.push(level)
  })
  return levels
}

function readBits(file: Buffer, at: number, count: number): number {
  let value = 0
  for (let bit = at; bit < at + count; bit++) value = (value << 1) | (((file[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1)
  return value
}
