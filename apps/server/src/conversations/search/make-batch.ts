/** What of some conversations is new to the index: parts of folded text, keys of their words, and how often each word came up anew. */
import type { IndexBatch, Part, Unindexed } from './queries-index.ts'
import { addWords, keyOf, lettersOf, mixOf } from './words.ts'

/** Characters of a part: it stays in one page of the table, so that comparing it is quick. */
const PART_LENGTH = 5000
const BETWEEN = '\u001f'

/** `isCommon` tells words that need no counting. */
export function makeBatch(workspaceId: string, rows: Unindexed[], isCommon: (word: string) => boolean): IndexBatch {
  const mix = mixOf(workspaceId)
  const counts = new Map<string, number>()
  const keysOf = (texts: string[], known: number[]): number[] => {
    const words = new Set<string>()
    for (const text of texts) addWords(text, words)
    const keys = new Set(known)
    for (const word of words) {
      const key = keyOf(word, mix)
      if (keys.has(key)) continue
      keys.add(key)
      if (!isCommon(word)) counts.set(word, (counts.get(word) ?? 0) + 1)
    }
    return [...keys]
  }
  const parts = rows.flatMap((row) => [...headerOf(row, keysOf), ...saidIn(row, keysOf)])
  return {
    workspaceId,
    seen: rows.map((row) => ({ id: row.id, position: row.position ?? row.toPosition ?? 0, header: row.header })),
    parts,
    words: [...counts].map(([word, count]) => ({ word, hash: keyOf(word, mix), count, letters: lettersOf(word, mix) })),
  }
}

type KeysOf = (texts: string[], known: number[]) => number[]

/**
 * Names replaced by others leave no trace but their keys until the conversation goes: a key more than needed only makes a candidate
 * more, and which words went cannot be told from keys.
 */
function headerOf(row: Unindexed, keysOf: KeysOf): Part[] {
  if (row.headerBody === row.header && row.headerPhone === row.phone) return []
  const keys = keysOf([row.header, row.phone ?? ''], row.headerKeys ?? [])
  return [{ conversationId: row.id, part: 0, from: 0, to: 0, body: row.header, phone: row.phone, keys }]
}

function saidIn(row: Unindexed, keysOf: KeysOf): Part[] {
  const { position } = row
  if (position === null) return []
  const texts = row.texts ?? []
  const open = row.part !== null && row.body !== null && row.body.length < PART_LENGTH
  const parts: Part[] = []
  let part = open ? row.part! : (row.part ?? 0) + 1
  let body = open ? [row.body!] : []
  let known = open ? (row.keys ?? []) : []
  let length = open ? row.body!.length : 0
  let fresh: string[] = []
  let from = open ? row.fromPosition! : (row.toPosition ?? 0) + 1
  const close = (to: number) => {
    const text = body.filter((piece) => piece !== '').join(BETWEEN)
    const keys = keysOf(fresh, known)
    parts.push({ conversationId: row.id, part, from, to, body: text, phone: null, keys })
  }
  texts.forEach((text, i) => {
    if (length > 0 && length + text.length > PART_LENGTH) {
      const to = row.positions![i]! - 1
      close(to)
      part++
      ;[body, known, fresh, length, from] = [[], [], [], 0, to + 1]
    }
    body.push(text)
    fresh.push(text)
    length += text.length + 1
  })
  close(position)
  return parts
}
