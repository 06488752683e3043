/** The names under which conversations lie in the cache. */
import type { ListFilter, Wanted } from './search.ts'

export const keys = {
  all: ['conversations'] as const,
  lists: ['conversations', 'list'] as const,
  list: (filter: ListFilter) => ['conversations', 'list', filter] as const,
  counts: ['conversations', 'counts'] as const,
  countsOf: (filter: Wanted) => ['conversations', 'counts', filter] as const,
  one: (id: string) => ['conversations', 'one', id] as const,
  /** Set when it was deleted or merged into another: a list that holds still lets it go. */
  gone: (id: string) => ['conversations', 'gone', id] as const,
  entries: (id: string) => ['conversations', 'entries', id] as const,
  review: (id: string) => ['conversations', 'review', id] as const,
  soFar: (id: string) => ['conversations', 'so-far', id] as const,
  flags: (id: string) => ['flags', id] as const,
  functions: (id: string) => ['conversations', 'functions', id] as const,
  matches: (id: string, q: string, last: number, ways: object) =>
    ['conversations', 'matches', id, q, last, ways] as const,
  contact: (id: string) => ['contacts', 'one', id] as const,
  contactHistory: (id: string) => ['contacts', 'conversations', id] as const,
}
