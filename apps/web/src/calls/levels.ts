/** How loud each party is and was in the last seconds, from the feed or from the sound itself; drawings read it, React does not. */
import type { CallMoment } from '@earshot/contracts'

export type Party = 'contact' | 'agent' | 'person' | 'external'
type Heard = Extract<CallMoment, { t: 'levels' }>
export type Levels = Pick<Heard, 'caller' | 'speaker' | 'by'>

/** One stroke of the drawing stands for so much time. */
export const STROKE_MS = 100
/** Strokes that are held: what the widest drawing shows. */
export const STROKES = 150
/** While the sound itself tells, what the feed says a moment later is left out. */
const OWN_MS = 1000

export class Tracks {
  private readonly strokes = new Map<Party, Float32Array>()
  /** Which stroke, counted from 1970, is the newest. */
  private last = 0
  private ownAt = 0
  changed = 0

  hear({ caller, speaker, by }: Levels, now: number): void {
    if (now - this.ownAt < OWN_MS) return
    // The feed tells five times a second: two strokes each.
    for (const at of [now - STROKE_MS, now]) this.note(at, caller, speaker, by)
  }

  /** From the sound of this very page. */
  hearOwn(levels: Levels, now: number): void {
    this.ownAt = now
    this.note(now, levels.caller, levels.speaker, levels.by)
  }

  /** 0…1 as drawn, oldest first. */
  read(party: Party, now: number): Float32Array {
    this.forward(Math.floor(now / STROKE_MS))
    const ring = this.ring(party)
    return Float32Array.from({ length: STROKES }, (_, i) => ring[(this.last + 1 + i) % STROKES] as number)
  }

  /** The loudest of the last moments. */
  now(party: Party, now: number): number {
    this.forward(Math.floor(now / STROKE_MS))
    const ring = this.ring(party)
    return Math.max(...[0, 1, 2, 3].map((back) => ring[(this.last - back + STROKES) % STROKES] as number))
  }

  private note(at: number, caller: number, speaker: number, by: Levels['by']): void {
    const stroke = Math.floor(at / STROKE_MS)
    this.forward(stroke)
    if (stroke <= this.last - STROKES) return
    this.raise('contact', stroke, caller)
    const party = partyOf(by)
    if (party && party !== 'contact') this.raise(party, stroke, speaker)
    this.changed++
  }

  private raise(party: Party, stroke: number, level: number): void {
    const ring = this.ring(party)
    const place = stroke % STROKES
    ring[place] = Math.max(ring[place] as number, seen(level))
  }

  private forward(stroke: number): void {
    if (stroke <= this.last) return
    const from = Math.max(this.last + 1, stroke - STROKES + 1)
    for (const ring of this.strokes.values()) for (let i = from; i <= stroke; i++) ring[i % STROKES] = 0
    this.last = stroke
  }

  private ring(party: Party): Float32Array {
    const held = this.strokes.get(party)
    if (held) return held
    const made = new Float32Array(STROKES)
    this.strokes.set(party, made)
    return made
  }
}

/** As the ear hears it: 40 dB from nothing to full. */
function seen(level: number): number {
  if (level <= 0) return 0
  return Math.max(0, Math.min(1, (20 * Math.log10(level) + 46) / 38))
}

export function partyOf(by: Levels['by']): Party | null {
  if (by === null) return null
  return by === 'caller' ? 'contact' : by === 'ai' ? 'agent' : by === 'external' ? 'external' : 'person'
}

const calls = new Map<string, Tracks>()

export function tracksOf(conversationId: string): Tracks {
  const held = calls.get(conversationId)
  if (held) return held
  const made = new Tracks()
  calls.set(conversationId, made)
  return made
}

export const forgetTracks = (conversationId: string) => calls.delete(conversationId)
