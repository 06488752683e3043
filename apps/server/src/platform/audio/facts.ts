/** What a look into a sound file finds; and how a parser says that it is none. */

export interface AudioFacts {
  /** By what the file is, not by what it is called. */
  mediaType: string
  codec: string
  durationMs: number
  channels: number
  sampleRate: number
}

/** A container that holds moving pictures is no sound file, and is not broken either. */
export type Probed =
  | { kind: 'audio'; facts: AudioFacts }
  | { kind: 'video' }
  | { kind: 'too_long' }
  | { kind: 'broken'; why: string }

/** Longer claims are refused: real ones are rare, and lies are cheap. */
export const MAX_AUDIO_MS = 4 * 60 * 60 * 1000

/** The words are for logs and tests; people are told by a code. */
export class Broken extends Error {
  override name = 'Broken'
}

export function demand(condition: unknown, why: string): asserts condition {
  if (!condition) throw new Broken(why)
}

/** The parsers' last word, with everything that no honest file says. */
export function audio(
  mediaType: string,
  codec: string,
  found: { channels: number; sampleRate: number; seconds: number },
): Probed {
  const { channels, sampleRate, seconds } = found
  demand(Number.isInteger(channels) && channels >= 1 && channels <= 8, 'channels')
  demand(Number.isFinite(sampleRate) && sampleRate >= 1000 && sampleRate <= 400_000, 'sample rate')
  demand(Number.isFinite(seconds) && seconds > 0, 'no sound in it')
  const durationMs = Math.max(1, Math.round(seconds * 1000))
  return { kind: 'audio', facts: { mediaType, codec, durationMs, channels, sampleRate } }
}
