/** The shape of a conversation from its messages: who spoke, how much, and where a flag points. */
import type { Entry } from '@earshot/contracts'
import type { ContourTurn } from '../../ui/Contour.tsx'

/** So many bars can be told apart in the strip. */
const MOST = 74
/** A message this long fills its bar. */
const FULL = 400

export function contourOf(entries: readonly Entry[], flagged: ReadonlySet<number>): ContourTurn[] {
  const said = entries.filter((e) => e.kind === 'message' && e.author.kind !== 'system')
  const turns = said.map((e) => ({ who: e.author.kind, size: sizeOf(e.text ?? ''), flagged: flagged.has(e.position) }))
  const bars = joinNeighbours(turns)
  if (bars.length <= MOST) return bars
  const step = bars.length / MOST
  return Array.from({ length: MOST }, (_, i) => {
    // Where bars are many, both sides go on taking turns, each with the tallest of its stretch.
    const from = Math.floor((i - (i % 2)) * step)
    const both = bars.slice(from, Math.max(from + 2, Math.floor(from + 2 * step)))
    const side = both.filter((bar) => (bar.who === 'contact') === (i % 2 === 0))
    return tallest(side.length > 0 ? side : both)
  })
}

type Turn = { who: Entry['author']['kind']; size: number; flagged: boolean }

/** What one voice says in a row is one bar, so that the sides alternate. */
function joinNeighbours(turns: readonly Turn[]): ContourTurn[] {
  const bars: ContourTurn[] = []
  for (const { who, size, flagged } of turns) {
    const last = bars.at(-1)
    const voice = who === 'operator' ? 'operator' : who === 'contact' ? 'contact' : 'agent'
    if (last?.who === voice) {
      last.size = Math.min(1, last.size + size / 2)
      last.flagged ||= flagged
    } else bars.push({ who: voice, size, flagged })
  }
  return bars
}

/** A short word still shows; length grows the bar less and less. */
const sizeOf = (text: string) => Math.min(1, 0.12 + 0.88 * Math.sqrt(Math.min(text.length, FULL) / FULL))

function tallest(bars: ContourTurn[]): ContourTurn {
  const top = bars.reduce((a, b) => (b.size > a.size ? b : a))
  return { ...top, flagged: bars.some((bar) => bar.flagged) }
}
