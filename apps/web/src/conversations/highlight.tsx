/** Marks what was searched for, in text that is only ever shown as text. */
import type { ReactNode } from 'react'

export function Highlighted({ text, query }: { text: string; query: string | undefined }): ReactNode {
  const parts = query ? splitBy(text, query) : [{ text, hit: false }]
  return parts.map((part, i) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
    part.hit ? <mark key={i}>{part.text}</mark> : <span key={i}>{part.text}</span>,
  )
}

/** The text cut at every place where the query stands, whatever its case. */
export function splitBy(text: string, query: string): { text: string; hit: boolean }[] {
  const needle = query.trim()
  if (needle === '') return [{ text, hit: false }]
  const pattern = new RegExp(needle.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'giu')
  const parts: { text: string; hit: boolean }[] = []
  let from = 0
  for (const found of text.matchAll(pattern)) {
    if (found.index > from) parts.push({ text: text.slice(from, found.index), hit: false })
    parts.push({ text: found[0], hit: true })
    from = found.index + found[0].length
  }
  if (from < text.length) parts.push({ text: text.slice(from), hit: false })
  return parts
}
