/** What a stored brief holds: lines made from the log alone, each with the entries that say it. */
import type { BriefFacts } from '@earshot/analysis'
import type { Brief } from '@earshot/contracts'
import type { EntryData } from '../../conversations/index.ts'
import type { findReviewedEntries } from '../queries.ts'

export type StoredBrief = Pick<
  Brief,
  'wants' | 'answered' | 'functions' | 'articles' | 'open' | 'promised' | 'tone'
> & {
  known: Brief['who']['known']
}

type Entries = Awaited<ReturnType<typeof findReviewedEntries>>

const ARTICLES = 4
const KNOWN = 8
/** Told beside the name already, or a guess. */
const ELSEWHERE = new Set(['name', 'email', 'phone'])
const SURE = 0.6

export function contentOf(facts: BriefFacts, entries: Entries): StoredBrief {
  const { wants, answered, open, promised, functions, tone } = facts
  return { wants, answered, open, promised, functions, tone, articles: articlesOf(entries), known: knownOf(facts) }
}

/** Cited by answers; the latest place of each. */
function articlesOf(entries: Entries): StoredBrief['articles'] {
  const found = new Map<string, StoredBrief['articles'][number]>()
  for (const { data, position } of entries)
    for (const { articleId, title } of (data as EntryData | null)?.citations ?? [])
      found.set(articleId, { id: articleId, title, position })
  return [...found.values()].slice(-ARTICLES)
}

const knownOf = ({ known }: BriefFacts): StoredBrief['known'] =>
  known
    .filter(({ key, confidence, evidence }) => !ELSEWHERE.has(key) && confidence >= SURE && evidence.length > 0)
    .slice(0, KNOWN)
    .map(({ key, value, normalized, evidence }) => ({
      key,
      value: normalized ?? value,
      positions: evidence.map(({ position }) => position),
    }))
