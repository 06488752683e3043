/** The words around what was found, as the server marks them; the first hit is always in sight. */
import type { SearchMatch } from '@earshot/contracts'
import type { ReactNode } from 'react'

/** So much stands before the first hit in a narrow row. */
const BEFORE = 18

export function MatchSnippet({ match }: { match: SearchMatch }): ReactNode {
  return piecesOf(match).map(({ text, hit, from }) =>
    hit ? <mark key={from}>{text}</mark> : <span key={from}>{text}</span>,
  )
}

/** A whole word before the first hit, where there is one near. */
function beginOf(snippet: string, first: number): number {
  if (first <= BEFORE) return 0
  const space = snippet.indexOf(' ', first - BEFORE)
  return space >= 0 && space < first - 1 ? space + 1 : first - BEFORE
}

export function piecesOf({ snippet, highlights }: Pick<SearchMatch, 'snippet' | 'highlights'>) {
  const pieces: { text: string; hit: boolean; from: number }[] = []
  const first = highlights[0]?.start ?? 0
  let from = beginOf(snippet, first)
  const add = (to: number, hit: boolean) => {
    if (to <= from) return
    const cut = pieces.length === 0 && from > 0 ? '…' : ''
    pieces.push({ text: `${cut}${snippet.slice(from, to)}`.replace(/\s+/g, ' '), hit, from })
    from = to
  }
  for (const { start, end } of highlights) {
    add(start, false)
    add(end, true)
  }
  add(snippet.length, false)
  return pieces
}
