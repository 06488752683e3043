/** Peaks: a sound's outline in at most 600 columns of one byte, made once and drawn by every player. */
import { mp3Outline } from './mp3.ts'
import { levelReader, readWav } from './wav.ts'

export const PEAK_COLUMNS = 600

/** Undefined for codings that need a decoder. */
export function peaksOf(file: Buffer, mediaType: string): Uint8Array | undefined {
  if (mediaType === 'audio/wav') return wavPeaks(file)
  if (mediaType === 'audio/mpeg') return outline(mp3Outline(file))
  return undefined
}

function wavPeaks(file: Buffer): Uint8Array {
  const layout = readWav(file)
  const level = levelReader(layout)
  const { bytes, channels, dataAt } = layout
  const samples = Math.floor(layout.dataBytes / (bytes * channels))
  const columns = Math.min(PEAK_COLUMNS, samples)
  const levels = Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * samples) / columns)
    const to = Math.floor(((column + 1) * samples) / columns)
    // Some thousand samples tell how loud a column is as well as all of a long file's.
    const step = Math.max(1, Math.floor((to - from) / 4000))
    let peak = 0
    for (let sample = from; sample < to; sample += step)
      for (let channel = 0; channel < channels; channel++)
        peak = Math.max(peak, level(file, dataAt + (sample * channels + channel) * bytes))
    return peak
  })
  return asBytes(levels)
}

/** 16 bit mono samples as ffmpeg gives them. */
export function pcmPeaks(pcm: Buffer): Uint8Array {
  const samples = Math.floor(pcm.length / 2)
  return outline(Array.from({ length: samples }, (_, i) => Math.abs(pcm.readInt16LE(i * 2)) / 32768))
}

/** The loudest of each column, the whole made to fill the drawing. */
export function outline(levels: readonly number[]): Uint8Array {
  const columns = Math.min(PEAK_COLUMNS, levels.length)
  const peaks = Array.from({ length: columns }, (_, column) => {
    let peak = 0
    const to = Math.floor(((column + 1) * levels.length) / columns)
    for (let i = Math.floor((column * levels.length) / columns); i < to; i++) peak = Math.max(peak, levels[i]!)
    return peak
  })
  return asBytes(peaks)
}

/** Quiet recordings are drawn as large as loud ones: an outline shows when somebody speaks, not how loud. */
function asBytes(levels: readonly number[]): Uint8Array {
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0)
  if (loudest === 0) return new Uint8Array(levels.length)
  return Uint8Array.from(levels, (level) => Math.round((level / loudest) * 255))
}
