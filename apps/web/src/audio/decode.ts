/** The outline of a sound made by the browser: for servers without a decoder. */
import type { AudioMessage } from '@earshot/contracts'

const COLUMNS = 300
/** Decoded, a minute of sound is ten megabytes of memory. */
const MAX_MS = 10 * 60_000
const MAX_BYTES = 10 * 1024 * 1024

export const mayDecode = ({ durationMs, size, state }: AudioMessage): boolean =>
  state === 'ready' && durationMs <= MAX_MS && size <= MAX_BYTES

export async function decodePeaks(url: string): Promise<number[]> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error('the sound cannot be read')
  // One channel at a low rate: enough for a drawing.
  const context = new OfflineAudioContext(1, 1, 8000)
  const decoded = await context.decodeAudioData(await answer.arrayBuffer())
  return columnsOf(decoded.getChannelData(0), COLUMNS)
}

/** From 0 to 255, the loudest filling the drawing. */
export function columnsOf(samples: Float32Array, columns: number): number[] {
  const levels = Array.from({ length: Math.min(columns, samples.length) }, (_, column) => {
    let peak = 0
    const to = Math.floor(((column + 1) * samples.length) / columns)
    for (let i = Math.floor((column * samples.length) / columns); i < to; i++)
      peak = Math.max(peak, Math.abs(samples[i] ?? 0))
    return peak
  })
  const loudest = Math.max(...levels, 0.001)
  return levels.map((level) => Math.round((level / loudest) * 255))
}
