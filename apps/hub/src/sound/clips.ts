/** The sounds the hub makes itself: ringing, music to wait by, and a tone that says the line is there. Made once, of sines. */
import { encodeMulaw, FRAME_BYTES, RATE } from '@earshot/voice'

type Clip = 'ringback' | 'hold' | 'tone'

const made = new Map<Clip, Uint8Array>()

export function clipOf(name: Clip): Uint8Array {
  const known = made.get(name)
  if (known) return known
  const clip = MAKERS[name]()
  made.set(name, clip)
  return clip
}

const MAKERS: Record<Clip, () => Uint8Array> = {
  // One second of the European ringing tone, four of silence.
  ringback: () => render(5, (t) => (t < 1 ? 0.12 * Math.sin(2 * Math.PI * 425 * t) * edges(t, 1) : 0)),
  hold: () => render(HOLD_NOTES.length * NOTE, music),
  // A soft short tone every second and a half.
  tone: () => render(1.5, (t) => (t < 0.18 ? 0.1 * Math.sin(2 * Math.PI * 660 * t) * edges(t, 0.18) : 0)),
}

const NOTE = 0.5
/** Broken chords, in semitones above A3: calm, and no melody of anybody. */
const HOLD_NOTES = [0, 7, 12, 16, 19, 16, 12, 7, -4, 3, 8, 12, 15, 12, 8, 3, -2, 5, 10, 14, 17, 14, 10, 5, 0, 7, 12, 16]

function music(t: number): number {
  const at = Math.floor(t / NOTE)
  const note = (n: number, since: number, loud: number) => {
    const hz = 220 * 2 ** ((HOLD_NOTES[(n + HOLD_NOTES.length) % HOLD_NOTES.length] as number) / 12)
    const wave = Math.sin(2 * Math.PI * hz * since) + 0.25 * Math.sin(4 * Math.PI * hz * since)
    return loud * wave * Math.exp(-2.2 * since) * Math.min(1, since / 0.01)
  }
  const since = t - at * NOTE
  return note(at, since, 0.14) + note(at - 1, since + NOTE, 0.14)
}

const edges = (t: number, length: number): number => Math.min(1, t / 0.01, (length - t) / 0.01)

function render(seconds: number, sample: (t: number) => number): Uint8Array {
  const bytes = new Uint8Array(Math.round((seconds * RATE) / FRAME_BYTES) * FRAME_BYTES)
  for (let i = 0; i < bytes.length; i++) bytes[i] = encodeMulaw(Math.round(32767 * sample(i / RATE)))
  return bytes
}
