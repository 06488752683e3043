/** Where a term stands in a text, as the search finds it: whatever the case, signs as signs. */

export function placesOf(text: string, query: string): [from: number, to: number][] {
  const needle = query.trim()
  if (needle === '') return []
  const pattern = new RegExp(needle.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&').replace(/\s+/g, '\\s+'), 'gi')
  return [...text.matchAll(pattern)].map((found) => [found.index, found.index + found[0].length])
}
