/** Looks into a file: which kind of sound it is, if any. Never throws for what the file holds. */
import { Broken, MAX_AUDIO_MS, type Probed } from './facts.ts'
import { probeFlac } from './flac.ts'
import { probeMatroska } from './matroska.ts'
import { probeMp3 } from './mp3.ts'
import { probeMp4 } from './mp4.ts'
import { probeOgg } from './ogg.ts'
import { probeWav } from './wav.ts'

const PARSERS: Record<string, (file: Buffer) => Probed> = {
  'audio/wav': probeWav,
  'audio/mpeg': probeMp3,
  'audio/ogg': probeOgg,
  'audio/flac': probeFlac,
  'audio/mp4': probeMp4,
  'video/mp4': probeMp4,
  'video/webm': probeMatroska,
  'audio/webm': probeMatroska,
}

/** Whether files of this type, told by their first bytes, hold sound or may hold nothing else. */
export const mayBeAudio = (mediaType: string): boolean => mediaType in PARSERS

export function probe(file: Buffer, mediaType: string): Probed {
  try {
    const found = PARSERS[mediaType]?.(file) ?? { kind: 'broken', why: 'unknown type' }
    if (found.kind === 'audio' && found.facts.durationMs > MAX_AUDIO_MS) return { kind: 'too_long' }
    return found
  } catch (error) {
    // A read beyond the end of the bytes is a file that is shorter than it says.
    if (error instanceof Broken || error instanceof RangeError || error instanceof TypeError) {
      return { kind: 'broken', why: error instanceof Broken ? error.message : 'truncated' }
    }
    throw error
  }
}
