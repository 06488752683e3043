/** A screen that only follows events ends where a screen that reloads ends. */
import { noEntries, withPage } from '@earshot/client'
import type { Conversation, Entry, LiveEvent } from '@earshot/contracts'
import { QueryClient } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { applyToCache, changeAtOnce, putConversation } from './cache.ts'
import { keys } from './keys.ts'
import type { ListData } from './queries.ts'
import { conversationLike } from './test/conversation-like.ts'

const TOP = { cursor: null, offset: 0, before: null }

const ME = 'me'
const at = (minute: number) => `2026-11-20T09:${String(minute).padStart(2, '0')}:00.000Z`
const row = (id: string, minute: number, fields: Partial<Conversation> = {}) =>
  conversationLike({ id, lastMessageAt: at(minute), ...fields })
const changed = (conversation: Conversation): LiveEvent => ({ type: 'conversation.changed', conversation })

/** A cache with one list in two pages, and more on the server. */
function withList(filter = {}, nextCursor: string | null = 'more') {
  const cache = new QueryClient()
  const pages = [
    { items: [row('a', 40), row('b', 30)], nextCursor: 'page2' },
    { items: [row('c', 20), row('d', 10)], nextCursor },
  ]
  cache.setQueryData<ListData>(keys.list(filter), {
    pages,
    pageParams: [TOP, { cursor: 'page2', offset: pages[0]?.items.length ?? 0, before: TOP }],
  })
  const shown = () =>
    cache.getQueryData<ListData>(keys.list(filter))?.pages.map((page) => page.items.map(({ id }) => id).join(''))
  return { cache, shown }
}

test('an arrival and a move change the first page, later pages keep their size', () => {
  const { cache, shown } = withList()
  applyToCache(cache, changed(row('n', 50)), ME, () => {})
  expect(shown()).toEqual(['nab', 'cd'])
  applyToCache(cache, changed(row('d', 55)), ME, () => {})
  expect(shown()).toEqual(['dna', 'bc'])
})

test('each list takes in and lets go by its own filter', () => {
  const { cache, shown } = withList({ status: ['active'] })
  applyToCache(cache, changed(row('b', 35, { status: 'closed' })), ME, () => {})
  expect(shown()?.join('')).toBe('acd')
  applyToCache(cache, changed(row('z', 59, { status: 'closed' })), ME, () => {})
  expect(shown()?.join('')).toBe('acd')
})

test('an older reading changes nothing', () => {
  const { cache, shown } = withList()
  putConversation(cache, row('c', 50, { epoch: 4, lastPosition: 9 }), ME, () => {})
  putConversation(cache, row('c', 20, { epoch: 3, lastPosition: 9 }), ME, () => {})
  expect(shown()?.join('')).toBe('cabd')
  expect(cache.getQueryData<Conversation>(keys.one('c'))?.epoch).toBe(4)
})

test('counts are asked for when a view gains or loses one, and left alone for a mere message', () => {
  const { cache } = withList()
  const recount = vi.fn()
  applyToCache(cache, changed(row('a', 41, { lastPosition: 3 })), ME, recount)
  expect(recount).not.toHaveBeenCalled()
  applyToCache(cache, changed(row('a', 42, { lastPosition: 4, unreadCount: 1 })), ME, recount)
  applyToCache(cache, changed(row('new', 43)), ME, recount)
  applyToCache(cache, { type: 'conversation.deleted', conversationId: 'b' }, ME, recount)
  expect(recount).toHaveBeenCalledTimes(3)
})

test('a deleted conversation leaves every list', () => {
  const { cache, shown } = withList()
  applyToCache(cache, { type: 'conversation.deleted', conversationId: 'c' }, ME, () => {})
  expect(shown()).toEqual(['ab', 'd'])
})

test('entries are appended once, however often they are heard', () => {
  const cache = new QueryClient()
  const first = entryLike(1)
  cache.setQueryData(keys.entries('a'), withPage(noEntries('a'), [first], noEntries('a'), false))
  const heard: LiveEvent = { type: 'entries.appended', conversationId: 'a', entries: [entryLike(2)] }
  applyToCache(cache, heard, ME, () => {})
  applyToCache(cache, heard, ME, () => {})
  expect(cache.getQueryData(keys.entries('a'))).toMatchObject({
    entries: [{ position: 1 }, { position: 2 }],
    needsFetch: null,
  })
})

test('a change shown before the server agreed is taken back whole', () => {
  const { cache } = withList()
  putConversation(cache, row('a', 40), ME, () => {})
  const takeBack = changeAtOnce(cache, 'a', ME, { tags: [{ key: 'vip', value: '' }] })
  expect(cache.getQueryData<Conversation>(keys.one('a'))?.tags).toHaveLength(1)
  putConversation(cache, { ...row('a', 45), lastPosition: 7, tags: [{ key: 'vip', value: '' }] }, ME, () => {})
  takeBack()
  expect(cache.getQueryData<Conversation>(keys.one('a'))).toMatchObject({ tags: [], lastPosition: 7 })
})

function entryLike(position: number): Entry {
  const author = { kind: 'contact' as const, id: null, name: null }
  const rest = { attachments: [], audio: null, functionCall: null, data: {}, delivery: null, clientKey: null }
  return { position, kind: 'message', author, text: 'Hello', at: at(position), ...rest }
}
