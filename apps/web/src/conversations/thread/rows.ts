/** Lines of the transcript as rows that can be drawn or left out: each keeps its key while it grows at either end. */
import type { Line } from './lines.ts'

export type SaidLine = Extract<Line, { kind: 'turn' | 'entry' }>

export interface Row {
  key: string
  /** The day that begins here. */
  day: string | null
  /** Whether what is new begins here. */
  isNew: boolean
  line: SaidLine
}

/** A day line and the New line belong to what follows them, so that a row is always something that was said or done. */
export function rowsOf(lines: readonly Line[], known: Map<number, string>): Row[] {
  const rows: Row[] = []
  const used = new Set<string>()
  let day: string | null = null
  let isNew = false
  for (const line of lines) {
    if (line.kind === 'day') day = line.at
    else if (line.kind === 'new') isNew = true
    else {
      const key = keyOf(line, known, used)
      rows.push({ key, day, isNew, line })
      day = null
      isNew = false
    }
  }
  return rows
}

/** By what it was called before any older message joined it, so that what is on the screen is the same element still. */
function keyOf(line: SaidLine, known: Map<number, string>, used: Set<string>): string {
  const positions = positionsOf(line)
  const before = positions.flatMap((position) => known.get(position) ?? []).findLast((key) => !used.has(key))
  const own = `${positions[0]}`
  const key = before ?? (used.has(own) ? `${own}, cut off` : own)
  used.add(key)
  for (const position of positions) known.set(position, key)
  return key
}

const positionsOf = (line: SaidLine): number[] =>
  line.kind === 'turn' ? line.entries.map(({ position }) => position) : [line.entry.position]

/** Which row an entry is in, or -1. */
export const rowAt = (rows: readonly Row[], position: number): number =>
  rows.findIndex(({ line }) => positionsOf(line).includes(position))

/** About how high a row is, before it was drawn once. */
export function guessHeight({ day, isNew, line }: Row): number {
  const above = (day === null ? 0 : 38) + (isNew ? 38 : 0)
  if (line.kind === 'entry') return above + 40
  const bubbles = line.entries.map(({ text, attachments }) => {
    const wraps = (text ?? '').split('\n').reduce((sum, part) => sum + 1 + Math.floor(part.length / 76), 0)
    return 20 + wraps * 20 + attachments.length * 64
  })
  return above + 38 + bubbles.reduce((sum, height) => sum + height, 0)
}
