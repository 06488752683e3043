/** The address bar: what is understood, what is left out, and what the server is asked. */
import { ConversationFilter, FilterBody } from '@earshot/contracts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseWords, writeWords } from '../app/address-words.ts'
import {
  asBody,
  asQuery,
  type ConversationSearch,
  filterOf,
  fromBody,
  MANY_FIELDS,
  notOf,
  readSearch,
  unsorted,
  wantedOf,
  wantSame,
  YES_NO_FIELDS,
} from './search.ts'

const ID = '0199a000-0000-7000-8000-000000000001'
const OTHER = '0199a000-0000-7000-8000-000000000002'

/** Two values of every field, one of them awkward in an address. */
const VALUES: Record<(typeof MANY_FIELDS)[number], [string, string]> = {
  status: ['active', 'closed'],
  control: ['agent', 'queue'],
  handoff: ['queued', 'none'],
  outcome: ['completed', 'none'],
  resolution: ['claimed', 'verified'],
  stage: ['spam', 'a b&c=d'],
  channel: ['widget', 'voip'],
  agentId: [ID, 'none'],
  flowId: [ID, 'none'],
  assigneeId: ['me', ID],
  contactId: [ID, OTHER],
  tag: ['lang:日本', 'reason:a+b 100%'],
  flag: ['no_reply', 'wants_human'],
  tone: ['negative', 'none'],
  priority: ['urgent', 'low'],
}

const EVERYTHING: ConversationSearch = {
  ...VALUES,
  ...Object.fromEntries(MANY_FIELDS.map((field) => [notOf(field), [VALUES[field][1]]])),
  ...Object.fromEntries(YES_NO_FIELDS.map((field, i) => [field, i % 2 ? 'true' : 'false'])),
  view: 'open',
  q: '"50 %" [roof] \\ 日本 #1',
  minRating: 2,
  maxRating: 4,
  minQuality: 0,
  maxQuality: 59,
  from: '2026-11-13T23:00:00.000Z',
  to: '2026-11-20T23:00:00.000Z',
  lastDays: 7,
  sort: '-quality',
  layout: 'table',
  savedView: ID,
  at: 12,
  pane: 'details',
}

const throughTheAddress = (search: ConversationSearch) => readSearch(parseWords(writeWords({ ...search })))

test('every filter, alone and all together, is read back from the address as it was written', () => {
  expect(throughTheAddress(EVERYTHING)).toEqual(EVERYTHING)
  for (const [name, value] of Object.entries(EVERYTHING)) {
    const one: ConversationSearch = { [name]: value }
    expect(throughTheAddress(one)).toEqual(one)
  }
})

test('names and values stand in the address as the API calls them', () => {
  expect(writeWords({ status: ['active', 'closed'], channelNot: ['slack'], from: EVERYTHING.from })).toBe(
    '?status=active&status=closed&channelNot=slack&from=2026-11-13T23:00:00.000Z',
  )
})

test('every filter of the contract has its place, and what is read the contract takes', () => {
  const { sort: _, ...wanted } = filterOf(EVERYTHING, 'all')
  expect(Object.keys(wanted).sort()).toEqual(Object.keys(ConversationFilter).sort())
  expect(z.strictObject(ConversationFilter).safeParse(asQuery(wanted)).error).toBeUndefined()
  expect(FilterBody.safeParse(asBody(wanted)).error).toBeUndefined()
})

test('a filter kept as JSON comes back as the same address', () => {
  expect(fromBody(asBody(wantedOf(EVERYTHING)))).toEqual(wantedOf(EVERYTHING))
})

test('what is not understood is left out instead of breaking the page', () => {
  const raw = { view: 'nonsense', status: ['gone', 'closed'], channel: 'smoke', at: 'x', pane: 'cellar', extra: 1 }
  expect(readSearch(raw)).toEqual({ status: ['closed'] })
  expect(readSearch({ at: -1, q: '', agentId: ['', 'no id'], minRating: '6', maxQuality: '1.5' })).toEqual({})
  expect(readSearch({ from: 'yesterday', to: '99999-01-01', reviewed: 'perhaps', lastDays: '0' })).toEqual({})
  expect(readSearch(parseWords('?__proto__=x&constructor=y&status=closed'))).toEqual({ status: ['closed'] })
})

test('one value may stand alone, a number may be searched for, and doubles count once', () => {
  expect(readSearch({ status: 'closed', q: 4711, channel: ['web', 'web'] })).toEqual({
    status: ['closed'],
    q: '4711',
    channel: ['web'],
  })
  expect(throughTheAddress({ q: 'true' })).toEqual({ q: 'true' })
  expect(throughTheAddress({ q: '007' })).toEqual({ q: '007' })
})

test('the place on the screen is no part of the filter, and the view has a default', () => {
  expect(filterOf({ at: 3, pane: 'details', layout: 'table', savedView: ID, q: 'roof' }, 'reviewed')).toEqual({
    view: 'reviewed',
    q: 'roof',
  })
  expect(filterOf({ view: 'mine', contactId: [ID] }, 'all')).toEqual({ view: 'mine', contactId: [ID] })
  expect(unsorted(filterOf({ sort: 'agent' }, 'all'))).toEqual({ view: 'all' })
})

test('two addresses want the same whatever the order of their words', () => {
  expect(wantSame({ status: ['active', 'closed'], q: 'x' }, { q: 'x', status: ['closed', 'active'] })).toBe(true)
  expect(wantSame({ layout: 'table', at: 3, savedView: ID }, {})).toBe(true)
  expect(wantSame({ sort: '-lastMessageAt' }, {})).toBe(true)
  expect(wantSame({ sort: 'agent' }, {})).toBe(false)
  expect(wantSame({ statusNot: ['active'] }, { status: ['active'] })).toBe(false)
})
