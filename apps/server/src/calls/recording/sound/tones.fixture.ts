/** A made-up recording: tones by which its two sides, and its moments, can be told apart. */
import { BYTES_PER_MS, encodeMulaw, MULAW_SILENCE } from '@earshot/voice/g711'

export interface Tone {
  channel: 0 | 1
  fromMs: number
  toMs: number
  hertz: number
  /** 0…1 */
  loud?: number
}

export function recordingOf(durationMs: number, tones: Tone[]): Buffer {
  const sound = Buffer.alloc(durationMs * BYTES_PER_MS * 2, MULAW_SILENCE)
  for (const { channel, fromMs, toMs, hertz, loud = 0.5 } of tones)
    for (let i = fromMs * BYTES_PER_MS; i < toMs * BYTES_PER_MS; i++)
      sound[i * 2 + channel] = encodeMulaw(Math.round(32767 * loud * Math.sin((2 * Math.PI * hertz * i) / 8000)))
  return sound
}
