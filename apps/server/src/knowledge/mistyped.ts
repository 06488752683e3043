/** Which known words a mistyped one may have been: similar by trigrams, and few edits away. */

export interface Similar {
  word: string
  candidate: string
  similarity: number
}

/** Keeps candidates within one edit, for long words two; a swap of neighbours is one edit. */
export function chooseCorrections(similar: Similar[]): Map<string, string[]> {
  const chosen = new Map<string, string[]>()
  for (const { word, candidate } of similar) {
    const allowed = word.length <= 7 ? 1 : 2
    if (candidate === word || Math.abs(candidate.length - word.length) > allowed) continue
    // The first letter is rarely the wrong one: "book" is not "look".
    if (candidate[0] !== word[0] && word.length < 7) continue
    if (editDistance(word, candidate) > allowed) continue
    const known = chosen.get(word) ?? []
    if (known.length < 3) chosen.set(word, [...known, candidate])
  }
  return chosen
}

/** Damerau–Levenshtein (adjacent swaps), for words of at most some dozens of letters. */
export function editDistance(a: string, b: string): number {
  const [from, to] = [[...a], [...b]]
  let before: number[] = []
  let previous = to.map((_, j) => j)
  previous.push(to.length)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const change = from[i - 1] === to[j - 1] ? 0 : 1
      row[j] = Math.min(row[j - 1]! + 1, previous[j]! + 1, previous[j - 1]! + change)
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      if (swapped) row[j] = Math.min(row[j]!, before[j - 2]! + 1)
    }
    before = previous
    previous = row
  }
  return previous[to.length]!
}
