/** How events, answers and optimistic changes get into the cached conversations; nothing else writes there. */
import { applyToEntries, applyToPage, type Entries, isOlder, withPage } from '@earshot/client'
import type { Contact, Conversation, Entry, LiveEvent } from '@earshot/contracts'
import type { QueryClient } from '@tanstack/react-query'
import { keys } from './keys.ts'
import { countedAlike, matches } from './list/matches.ts'
import { placeRow } from './list/order.ts'
import type { Hit, ListData, ListPage } from './queries.ts'
import { DEFAULT_SORT, type ListFilter } from './search.ts'

/** Puts one event of the feed where it belongs. `recount` is called when a number on a view may have changed. */
export function applyToCache(cache: QueryClient, event: LiveEvent, memberId: string, recount: () => void): void {
  if (event.type === 'conversation.changed') {
    putConversation(cache, event.conversation, memberId, recount)
    return
  }
  if (event.type === 'conversation.deleted' || event.type === 'conversation.merged')
    cache.setQueryData(keys.gone(event.conversationId), true)
  for (const [key, data] of listsIn(cache)) {
    const next = mapPages(data, (page) => withItems(page, applyToPage(page.items, event)))
    if (next !== data) cache.setQueryData(key, next)
  }
  switch (event.type) {
    case 'entries.appended':
      updateEntries(cache, event.conversationId, (entries) => applyToEntries(entries, event))
      if (event.entries.some(({ kind }) => kind === 'function_call'))
        void cache.invalidateQueries({ queryKey: keys.functions(event.conversationId) })
      break
    case 'conversation.restored':
      cache.removeQueries({ queryKey: keys.gone(event.conversationId) })
      void cache.invalidateQueries({ queryKey: keys.lists })
      void cache.invalidateQueries({ queryKey: keys.one(event.conversationId) })
      recount()
      break
    case 'conversation.merged':
    case 'conversation.deleted':
      cache.removeQueries({ queryKey: keys.entries(event.conversationId) })
      void cache.invalidateQueries({ queryKey: keys.one(event.conversationId) })
      recount()
      break
    case 'contact.changed':
      putContact(cache, event.contact)
      break
    case 'conversation.observed':
      cache.setQueryData(keys.soFar(event.conversationId), event.soFar)
      break
    case 'review.completed':
    case 'review.overruled':
      void cache.invalidateQueries({ queryKey: keys.review(event.conversationId) })
  }
}

/** A newer reading of a conversation, from the feed or from the answer to a command. */
export function putConversation(
  cache: QueryClient,
  conversation: Conversation,
  memberId: string,
  recount: () => void,
): void {
  const event: LiveEvent = { type: 'conversation.changed', conversation }
  const held = cache.getQueryData<Conversation>(keys.one(conversation.id)) ?? findRow(cache, conversation.id)
  if (held && isOlder(conversation, held)) return
  cache.setQueryData<Conversation>(keys.one(conversation.id), conversation)
  for (const [key, data] of listsIn(cache))
    cache.setQueryData(key, placeInList(data, filterIn(key), conversation, memberId))
  updateEntries(cache, conversation.id, (entries) => applyToEntries(entries, event))
  if (!held || !countedAlike(held, conversation)) recount()
}

/** Shows a change before the server has agreed; the returned function takes it back. */
export function changeAtOnce(
  cache: QueryClient,
  id: string,
  memberId: string,
  change: Partial<Conversation>,
): () => void {
  const held = cache.getQueryData<Conversation>(keys.one(id)) ?? findRow(cache, id)
  if (!held) return () => {}
  const put = (fields: Partial<Conversation>) => {
    const now = cache.getQueryData<Conversation>(keys.one(id)) ?? held
    putConversation(cache, { ...now, ...fields }, memberId, () => {})
  }
  put(change)
  const before = Object.fromEntries(Object.keys(change).map((key) => [key, held[key as keyof Conversation]]))
  return () => put(before)
}

export function putContact(cache: QueryClient, contact: Contact): void {
  cache.setQueryData<Contact>(keys.contact(contact.id), (held) => held && contact)
  const isTheirs = (c: Conversation) => c.contact.id === contact.id
  const { id, name, email, phone, lastActiveAt } = contact
  cache.setQueriesData<Conversation>({ queryKey: ['conversations', 'one'] }, (held) =>
    held && isTheirs(held) ? { ...held, contact: { id, name, email, phone, lastActiveAt } } : held,
  )
  void cache.invalidateQueries({ queryKey: keys.contactHistory(contact.id), refetchType: 'none' })
}

/** An entry that the server has just stored for us; the feed's copy of it will change nothing. */
export function putEntry(cache: QueryClient, conversationId: string, entry: Entry): void {
  const event: LiveEvent = { type: 'entries.appended', conversationId, entries: [entry] }
  updateEntries(cache, conversationId, (entries) => applyToEntries(entries, event))
}

/** Adds a page that was read: older ones above, or missing ones in between. */
export function putPage(
  cache: QueryClient,
  id: string,
  page: readonly Entry[],
  asked: Entries,
  { hasMore, log }: { hasMore?: boolean; log?: number } = {},
): void {
  updateEntries(cache, id, (entries) => withPage(entries, page, asked, hasMore, log))
}

/** Changes what is held of a log; one that turns out to be another now is read anew. */
export function updateEntries(cache: QueryClient, id: string, update: (entries: Entries) => Entries): void {
  const held = cache.getQueryData<Entries>(keys.entries(id))
  if (!held) return
  const next = update(held)
  cache.setQueryData<Entries>(keys.entries(id), next)
  if (next.stale && !held.stale) readAnew(cache, id)
}

/** A merge or split moved its entries: whatever names their positions is read again. */
function readAnew(cache: QueryClient, id: string): void {
  for (const key of [keys.entries(id), keys.review(id), keys.functions(id), keys.flags(id), keys.soFar(id)])
    void cache.invalidateQueries({ queryKey: key })
}

/** The row of a conversation in any list that is held. */
export function findRow(cache: QueryClient, id: string): Conversation | undefined {
  for (const [, data] of listsIn(cache)) {
    const row = data.pages.flatMap((page) => page.items).find((item) => item.id === id)
    if (row) return row
  }
  return undefined
}

function listsIn(cache: QueryClient): [readonly unknown[], ListData][] {
  const found = cache.getQueriesData<ListData>({ queryKey: keys.lists })
  return found.filter((pair): pair is [readonly unknown[], ListData] => pair[1] !== undefined)
}

const filterIn = (key: readonly unknown[]) => key[2] as ListFilter

function placeInList(data: ListData, filter: ListFilter, conversation: Conversation, memberId: string): ListData {
  const rows = data.pages.flatMap((page) => page.items)
  const complete = data.pages.at(-1)?.nextCursor === null
  const fromTop = data.pageParams[0]?.before === null
  const belongs = matches(conversation, filter, memberId)
  const placed = placeRow<Hit>(rows, conversation, belongs, { complete, fromTop, sort: filter.sort ?? DEFAULT_SORT })
  return placed === rows ? data : inPages(data, placed)
}

/** Deals rows out to the pages again: later pages keep their size, the first takes what is new. */
function inPages(data: ListData, rows: readonly Hit[]): ListData {
  const later = data.pages.slice(1).reduce((sum, page) => sum + page.items.length, 0)
  const first = Math.max(0, rows.length - later)
  let from = first
  const pages = data.pages.map((page, i) => {
    if (i === 0) return withItems(page, rows.slice(0, from))
    const items = rows.slice(from, from + page.items.length)
    from += page.items.length
    return withItems(page, items)
  })
  const grown = first - (data.pages[0]?.items.length ?? 0)
  const pageParams = data.pageParams.map((place, i) =>
    i === 0 || grown === 0 ? place : { ...place, offset: place.offset + grown },
  )
  return { pages, pageParams }
}

function mapPages(data: ListData, change: (page: ListPage) => ListPage): ListData {
  const pages = data.pages.map(change)
  return pages.every((page, i) => page === data.pages[i]) ? data : { ...data, pages }
}

const withItems = (page: ListPage, items: readonly Hit[]): ListPage =>
  items === page.items ? page : { ...page, items: [...items] }
