/** The order of the list: where a row goes, and that nothing moves while a reader is inside. */
import type { Sort } from '@earshot/contracts'
import { expect, test } from 'vitest'
import { compareRows, freeze, heldRows, placeRow, waiting } from './order.ts'

const row = (id: string, minute: number) => ({
  id,
  lastMessageAt: `2026-11-20T09:${String(minute).padStart(2, '0')}:00.000Z`,
})
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).join('')
const noOthers = () => undefined

const A = row('a', 30)
const B = row('b', 20)
const C = row('c', 10)

test('newest first, and rows of one moment in a steady order', () => {
  expect(ids([C, A, B].sort(compareRows))).toBe('abc')
  expect(ids([row('x', 5), row('z', 5), row('y', 5)].sort(compareRows))).toBe('zyx')
})

test('a row with a new message goes to its place, an unknown one comes in, one that left goes', () => {
  expect(ids(placeRow([A, B, C], row('c', 40), true, { complete: true }))).toBe('cab')
  expect(ids(placeRow([A, C], B, true, { complete: true }))).toBe('abc')
  expect(ids(placeRow([A, B, C], B, false, { complete: true }))).toBe('ac')
  expect(placeRow([A, C], B, false, { complete: true })).toEqual([A, C])
})

test('below the last loaded row only the server knows what comes next', () => {
  expect(ids(placeRow([A, B], C, true, { complete: false }))).toBe('ab')
  expect(ids(placeRow([A, B], C, true, { complete: true }))).toBe('abc')
  expect(ids(placeRow([A, B, C], C, true, { complete: false }))).toBe('abc')
})

test('where only the server can tell what belongs, a row changes in place and none comes in', () => {
  expect(placeRow([A, B, C], row('b', 50), 'unknown', { complete: true })).toEqual([A, row('b', 50), C])
  expect(placeRow([A, C], B, 'unknown', { complete: true })).toEqual([A, C])
})

test('a row keeps what its search found when its conversation changes', () => {
  const hit = { ...B, match: { position: 3, snippet: 'roof' } }
  expect(placeRow([A, hit], { ...row('b', 50) }, true, { complete: true })[0]).toMatchObject({
    id: 'b',
    match: { position: 3 },
  })
})

test('while held the order stands, values are today’s, and what arrived waits', () => {
  const frozen = freeze([A, B, C])
  const live = [row('n', 50), row('c', 45), A, B]
  expect(heldRows(frozen, live, noOthers)).toEqual([A, B, row('c', 45)])
  expect(waiting(frozen, live)).toEqual(['n', 'c'])
})

test('a row that left the list stays until the reader lets go, a deleted one does not', () => {
  const frozen = freeze([A, B, C])
  expect(heldRows(frozen, [A, C], (id) => (id === 'b' ? B : undefined))).toEqual([A, B, C])
  expect(heldRows(frozen, [A, C], noOthers)).toEqual([A, C])
  expect(waiting(frozen, [A, C])).toEqual([])
})

test('rows loaded by scrolling down are added below, and did not arrive', () => {
  const frozen = freeze([A, B])
  const live = [A, B, C, row('d', 5)]
  expect(ids(heldRows(frozen, live, noOthers))).toBe('abcd')
  expect(waiting(frozen, live)).toEqual([])
})

test('the bottom row leaving does not hide what was loaded below it', () => {
  const frozen = freeze([A, B, C])
  expect(ids(heldRows(frozen, [A, B, row('d', 5)], noOthers))).toBe('abd')
})

test('a new message in the row that is first already announces nothing', () => {
  expect(waiting(freeze([A, B, C]), [row('a', 55), B, C])).toEqual([])
})

test('every order runs both ways; without a rating or a quality a row is the least', () => {
  const low = {
    ...A,
    quality: 40,
    rating: null,
    messageCount: 9,
    agent: { id: 'x', name: 'Nova', mode: 'active' as const },
  }
  const high = { ...B, quality: 90, rating: { stars: 1, comment: null }, messageCount: 2, agent: null }
  const none = {
    ...C,
    quality: null,
    rating: null,
    messageCount: 5,
    agent: { id: 'y', name: 'Otto', mode: 'active' as const },
  }
  const by = (sort: Sort) => ids([none, low, high].sort((a, b) => compareRows(a, b, sort)))
  expect([by('quality'), by('-quality')]).toEqual(['cab', 'bac'])
  expect([by('rating'), by('-rating')]).toEqual(['acb', 'bca'])
  expect([by('messages'), by('-messages')]).toEqual(['bca', 'acb'])
  expect([by('agent'), by('-agent')]).toEqual(['bac', 'cab'])
})

test('above the rows that are held nothing is placed, and what moved there stays until it is read again', () => {
  const held = { complete: false, fromTop: false }
  expect(ids(placeRow([A, B, C], row('n', 55), true, held))).toBe('abc')
  expect(placeRow([A, B, C], row('c', 55), true, held)).toEqual([A, B, row('c', 55)])
  expect(ids(placeRow([A, C], B, true, held))).toBe('abc')
})
