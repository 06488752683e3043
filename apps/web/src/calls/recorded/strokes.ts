/** The two voices as strokes: the contact's above the line, ours below, each in the colour of whoever spoke. */
import type { CallRecording, RecordingOutline } from '@earshot/contracts'

export type Colour = 'c' | 'a' | 'h' | 'x' | 'n'

export interface Strokes {
  /** One path a colour. */
  paths: { colour: Colour; d: string }[]
  width: number
}

export const STROKE = 5
export const TALL = 84
const MIDDLE = TALL / 2
/** What is louder than this fills the drawing also where all of a call is quiet. */
const QUIET = 12

const COLOURS: Record<CallRecording['speakers'][number]['speaker'], Colour> = {
  ai: 'a',
  supervisor: 'h',
  human: 'h',
  external: 'x',
  hold: 'n',
}

export function strokesOf(
  { contact, ours, durationMs }: RecordingOutline,
  speakers: CallRecording['speakers'],
  most: number,
): Strokes {
  const count = Math.max(1, Math.min(most, contact.length))
  const loudest = Math.max(QUIET, ...contact, ...ours)
  const drawn = new Map<Colour, string[]>()
  const add = (colour: Colour, path: string) => {
    const held = drawn.get(colour)
    if (held) held.push(path)
    else drawn.set(colour, [path])
  }
  for (let at = 0; at < count; at++) {
    const up = heightOf(loudestIn(contact, at, count), loudest)
    const down = heightOf(loudestIn(ours, at, count), loudest)
    const colour = colourAt(speakers, ((at + 0.5) / count) * durationMs)
    if (up > 0) add('c', stroke(at, MIDDLE - 0.5 - up, up))
    if (down > 0) add(colour, stroke(at, MIDDLE + 0.5, down))
  }
  return { paths: [...drawn].map(([colour, parts]) => ({ colour, d: parts.join('') })), width: count * STROKE }
}

const stroke = (at: number, top: number, tall: number): string =>
  `M${at * STROKE + 1} ${top.toFixed(1)}h3v${tall.toFixed(1)}h-3z`

function loudestIn(levels: readonly number[], at: number, count: number): number {
  const from = Math.floor((at * levels.length) / count)
  const to = Math.max(from + 1, Math.floor(((at + 1) * levels.length) / count))
  let most = 0
  for (let i = from; i < to; i++) most = Math.max(most, levels[i] ?? 0)
  return most
}

/** By its root: what is half as loud is still well seen, and the hiss of a line is not. */
const heightOf = (level: number, loudest: number): number =>
  level <= 1 ? 0 : Math.max(2, Math.sqrt(level / loudest) * (MIDDLE - 1))

const colourAt = (speakers: CallRecording['speakers'], ms: number): Colour =>
  COLOURS[speakers.find(({ fromMs, toMs }) => fromMs <= ms && ms < toMs)?.speaker ?? 'ai']
