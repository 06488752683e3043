/** Where a term stands in a text, as the search finds it: whatever the case unless it counts, signs as signs. */
export interface Exactness {
  matchCase: boolean
  wholeWord: boolean
}

export const LOOSE: Exactness = { matchCase: false, wholeWord: false }

export function placesOf(
  text: string,
  query: string,
  { matchCase, wholeWord }: Exactness = LOOSE,
): [from: number, to: number][] {
  const needle = query.trim()
  if (needle === '') return []
  const words = needle.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s+')
  const pattern = wholeWord ? `(?<![\\p{L}\\p{N}_])${words}(?![\\p{L}\\p{N}_])` : words
  return [...text.matchAll(new RegExp(pattern, matchCase ? 'gu' : 'giu'))].map((found) => [
    found.index,
    found.index + found[0].length,
  ])
}
