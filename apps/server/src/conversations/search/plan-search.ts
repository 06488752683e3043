/** What a term can mean: which words it asks for, and whether they are so rare that the index should name the conversations. */
import type { Tx } from '../../platform/db.ts'
import { findCandidates, findWholeWords, findWords, readTerm, type Term, type WordUse } from './queries-search.ts'
import { type Ask, askLetters, askWords, keyOf, mixOf } from './words.ts'

/** A piece of more words than this ("ing") is so common that walking finds it. */
const MOST_WORDS = 2000
/** From so many on, `uses` only says "many". */
const MANY = 16
/** So few words may be looked up before walking: they stand for at most as many parts, 16 times. */
const FEW_WORDS = 300

/** Words that must be there, and sets of which one must be. */
interface Condition {
  all: number[] | null
  any: number[][]
}

export interface SearchPlan {
  term: Term
  /** Each answers a part of the candidates; null when one says nothing, so that the index cannot help. */
  conditions: Condition[] | null
  /** Few conversations can match: the index first. Otherwise walking newest first may well fill the page. */
  rare: boolean
}

export async function planSearch(tx: Tx, workspaceId: string, q: string): Promise<SearchPlan> {
  const term = await readTerm(tx, workspaceId, q)
  const found = await Promise.all(
    [askWords(term.term), ...(term.phone ? [askDigits(term.phone)] : [])].map((ask) =>
      conditionOf(tx, workspaceId, ask),
    ),
  )
  const conditions = found.filter((one) => one !== 'none')
  if (conditions.some((one) => one === null)) return { term, conditions: null, rare: false }
  const useful = conditions.filter((one) => one !== null)
  return { term, conditions: useful, rare: useful.every(({ rare }) => rare) }
}

/** Ids of conversations that may match, of those indexed; null when they are too many or cannot be told. */
export async function candidatesOf(
  tx: Tx,
  workspaceId: string,
  { conditions }: SearchPlan,
  limit: number,
): Promise<string[] | null> {
  if (conditions === null) return null
  const ids = new Set<string>()
  for (const { all, any } of conditions) {
    const found = await findCandidates(tx, workspaceId, { all, any: any[0] ?? null, any2: any[1] ?? null, limit })
    if (found === null) return null
    for (const id of found) ids.add(id)
  }
  return [...ids]
}

const askDigits = (digits: string): Ask => ({ whole: [], pieces: [{ text: digits, left: true, right: true }] })

/** `none`: a word that must be there is nowhere. Null: the term says nothing about words. */
async function conditionOf(
  tx: Tx,
  workspaceId: string,
  { whole, pieces }: Ask,
): Promise<(Condition & { rare: boolean }) | 'none' | null> {
  const mix = mixOf(workspaceId)
  const sets: WordUse[][] = []
  if (whole.length > 0) {
    const uses = await findWholeWords(tx, workspaceId, whole)
    if (uses.length < whole.length) return 'none'
    sets.push([uses.toSorted((a, b) => a.uses - b.uses)[0]!])
  }
  const any: number[][] = []
  for (const piece of pieces) {
    const letters = askLetters(piece.text, mix)
    if (letters.length === 0) continue
    const uses = await findWords(tx, workspaceId, { letters, like: likeOf(piece), limit: MOST_WORDS })
    if (uses.length === 0) return 'none'
    if (uses.length > MOST_WORDS) continue
    sets.push(uses)
    any.push(uses.map(({ hash }) => hash))
  }
  if (sets.length === 0) return null
  const all = whole.length > 0 ? whole.map((word) => keyOf(word, mix)) : null
  return { all, any: any.toSorted((a, b) => a.length - b.length), rare: sets.some(isRare) }
}

const isRare = (uses: WordUse[]): boolean => uses.length <= FEW_WORDS && uses.every((word) => word.uses < MANY)

const likeOf = ({ text, left, right }: Ask['pieces'][number]): string =>
  `${left ? '%' : ''}${text.replace(/[\\%_]/g, '\\$&')}${right ? '%' : ''}`
