/** Chooses from which score on a label is given. */

export interface Scored {
  is: boolean
  score: number
}

/** So many rows of a label are needed to choose well; with fewer the choice is drawn towards one half. */
const ENOUGH = 30

/** The score with the best F1; between two rows that differ. */
export function bestThreshold(rows: Scored[]): number {
  const sorted = rows.toSorted((a, b) => b.score - a.score)
  const all = rows.filter(({ is }) => is).length
  let hits = 0
  let best = { f1: 0, at: 0.5 }
  for (const [i, { is, score }] of sorted.entries()) {
    if (is) hits++
    const next = sorted[i + 1]?.score ?? 0
    if (next === score) continue
    const f1 = (2 * hits) / (i + 1 + all)
    if (f1 > best.f1) best = { f1, at: (score + next) / 2 }
  }
  const trust = Math.min(1, all / ENOUGH)
  return trust * best.at + (1 - trust) * 0.5
}
