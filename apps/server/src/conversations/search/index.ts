/** The door of the search: what the list, the counts and the service use of it. */
export { countHits, findHits, type Hits } from './find-hits.ts'
export { Indexer } from './indexer.ts'
export { listMatches, matchesOf } from './list-matches.ts'
export { holdMoment } from './queries-search.ts'
