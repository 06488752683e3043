/** First loads: what the feed then keeps true. */
import { call, type Entries, isOlder, noEntries, withPage } from '@earshot/client'
import {
  type Conversation,
  type ConversationHit,
  countConversations,
  getContact,
  getConversation,
  getReview,
  listAgents,
  listContactConversations,
  listConversations,
  listEntries,
  listStages,
} from '@earshot/contracts'
import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import type { z } from 'zod'
import { feedStarted } from '../app/live-feed.ts'
import { codeOf } from '../app/problem.ts'
import { keys } from './keys.ts'
import { asQuery, type ListFilter, type Wanted } from './search.ts'

export type Hit = z.output<typeof ConversationHit>
export type ListPage = { items: Hit[]; nextCursor: string | null; partial?: true }
/** Where a page begins, and the way back: keys lead forward only, so the places already passed are kept. */
export interface PagePlace {
  cursor: string | null
  /** Rows above it. */
  offset: number
  before: PagePlace | null
}
export type ListData = InfiniteData<ListPage, PagePlace>

const PAGE = 50
/** Once a reader goes on, more comes at a time. */
const LATER_PAGE = 200
/** Pages that are held at once; those far above and below are let go, and read again when the reader comes back. */
const HELD_PAGES = 16
/** Reading waits this long for the feed to stand somewhere; what is read then misses no event that follows. */
const PATIENCE_MS = 1_000

const TOP: PagePlace = { cursor: null, offset: 0, before: null }

async function readyToRead(): Promise<void> {
  // The feed opens in an effect of the same commit in which a first screen asks.
  await new Promise((resolve) => setTimeout(resolve))
  await Promise.race([feedStarted(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
}

export const listQuery = (filter: ListFilter) =>
  infiniteQueryOptions<ListPage, Error, ListData, ReturnType<typeof keys.list>, PagePlace>({
    queryKey: keys.list(filter),
    initialPageParam: TOP,
    queryFn: async ({ pageParam: { cursor }, signal }): Promise<ListPage> => {
      await readyToRead()
      const limit = cursor === null ? PAGE : LATER_PAGE
      const { sort, ...wanted } = filter
      const query = { ...asQuery(wanted), sort, limit, cursor: cursor ?? undefined }
      return call(listConversations, { query, signal })
    },
    getNextPageParam: (page, _, place): PagePlace | null =>
      page.nextCursor === null
        ? null
        : { cursor: page.nextCursor, offset: place.offset + page.items.length, before: place },
    getPreviousPageParam: (_, __, place) => place.before,
    maxPages: HELD_PAGES,
    // Comparing thousands of rows with others, one page further, costs more than drawing the few on screen again.
    structuralSharing: false,
    placeholderData: keepPreviousData,
  })

/** Of the whole workspace without a filter: the numbers on the views. With one: how many it leaves. */
export const countsQuery = (filter: Wanted = {}) =>
  queryOptions({
    queryKey: keys.countsOf(filter),
    queryFn: async ({ signal }) => {
      await readyToRead()
      return call(countConversations, { query: asQuery(filter), signal })
    },
    placeholderData: keepPreviousData,
  })

export const conversationQuery = (cache: QueryClient, id: string) =>
  queryOptions({
    queryKey: keys.one(id),
    queryFn: async ({ signal }): Promise<Conversation> => {
      await readyToRead()
      const read = await call(getConversation, { params: { id }, signal })
      const held = cache.getQueryData<Conversation>(keys.one(id))
      return held && isOlder(read, held) ? held : read
    },
  })

/** The newest page. What is held already stays, when the page touches it: positions have no gaps. */
export const entriesQuery = (cache: QueryClient, id: string) =>
  queryOptions({
    queryKey: keys.entries(id),
    queryFn: async ({ signal }): Promise<Entries> => {
      await readyToRead()
      const held = () => cache.getQueryData<Entries>(keys.entries(id))
      const asked = held() ?? noEntries(id)
      const { items, nextCursor, log } = await call(listEntries, { params: { id }, query: { limit: PAGE }, signal })
      const oldest = items.at(-1)?.position ?? 1
      const state = held() ?? noEntries(id)
      const last = state.entries.at(-1)?.position ?? 0
      const isAnew = state.log !== null && state.log < log
      // Whoever reads in the middle stays there; the way to the end is read when they go it.
      if (state.hasNewer && !isAnew)
        return { ...state, knownLast: Math.max(state.knownLast, items[0]?.position ?? 0), stale: false }
      if (last === 0 || isAnew || oldest > last + 1)
        return withPage({ ...noEntries(id), pending: state.pending }, items, noEntries(id), nextCursor !== null, log)
      return withPage({ ...state, stale: false }, items, asked, state.hasMore, log)
    },
    // While open, the feed appends; when opened again, what was missed is read.
    staleTime: 0,
  })

/** Asked for once the conversation says that it was reviewed; that it was not, after all, is an answer too. */
export const reviewQuery = ({ id, reviewedAt }: Conversation) =>
  queryOptions({
    queryKey: keys.review(id),
    queryFn: ({ signal }) =>
      call(getReview, { params: { id }, signal }).catch((error) => {
        if (codeOf(error) === 'review.not_found') return null
        throw error
      }),
    enabled: reviewedAt !== null,
  })

export const contactQuery = (id: string) =>
  queryOptions({ queryKey: keys.contact(id), queryFn: ({ signal }) => call(getContact, { params: { id }, signal }) })

export const contactHistoryQuery = (id: string) =>
  queryOptions({
    queryKey: keys.contactHistory(id),
    queryFn: ({ signal }) => call(listContactConversations, { params: { id }, query: { limit: 20 }, signal }),
  })

export const stagesQuery = queryOptions({
  queryKey: ['stages'],
  queryFn: async ({ signal }) => (await call(listStages, { signal })).items,
  staleTime: 5 * 60_000,
})

export const agentNamesQuery = queryOptions({
  queryKey: ['agents', 'names'],
  queryFn: async ({ signal }) => {
    const { items } = await call(listAgents, { query: { limit: 200 }, signal })
    return items.map(({ id, name }) => ({ id, name }))
  },
  staleTime: 60_000,
})
