/** What one text has that another has not, word by word: the longest words in common stay, the rest came or went. */

export type Piece = { kind: 'same' | 'came' | 'went'; text: string }

/** Longer texts are shown whole: comparing them costs more than it tells. */
const MOST_WORDS = 600

export function difference(before: string, after: string): Piece[] {
  const [old, now] = [split(before), split(after)]
  if (old.length > MOST_WORDS || now.length > MOST_WORDS) return [{ kind: 'same', text: after }]
  const lengths = commonLengths(old, now)
  const pieces: Piece[] = []
  const add = (kind: Piece['kind'], text: string) => {
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += text
    else pieces.push({ kind, text })
  }
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && bare(old[i]!) === bare(now[j]!)) {
      add('same', now[j]!)
      i++
      j++
    } else if (j >= now.length || (i < old.length && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) add('went', old[i++]!)
    else add('came', now[j++]!)
  }
  return pieces
}

/** Words with the space behind them. */
const split = (text: string): string[] => text.match(/\S+\s*/gu) ?? []
const bare = (word: string): string => word.trimEnd()

/** Of the words in common from each pair of places on. */
function commonLengths(old: string[], now: string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0))
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      lengths[i]![j] =
        bare(old[i]!) === bare(now[j]!)
          ? lengths[i + 1]![j + 1]! + 1
          : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
  return lengths
}
