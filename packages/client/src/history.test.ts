/** Places in the feed: what comes after which, and what was seen already. */
import { expect, test } from 'vitest'
import { createHistory } from './history.ts'

const seen = (cursor: string, id = cursor) => ({
  cursor,
  event: { type: 'resource.changed' as const, resource: 'x', id },
})

test('somebody who stands further back does not move us back', () => {
  const moved: string[] = []
  const history = createHistory('c0', (cursor) => moved.push(cursor))
  history.accept(seen('c1'))
  history.move('c0')
  expect(history.cursor()).toBe('c1')
  history.move('c2')
  expect(moved).toEqual(['c1', 'c2'])
})

test('of a replay only the unseen rest is new, also when the replay was drawn together', () => {
  const history = createHistory('c0')
  for (const cursor of ['c1', 'c2', 'c3']) history.accept(seen(cursor))
  history.rewind('c1')
  expect(['c2', 'c3', 'c4'].map((c) => history.accept(seen(c)))).toEqual([false, false, true])
  history.rewind('c0')
  expect(['c2', 'c4', 'c5'].map((c) => history.accept(seen(c)))).toEqual([false, false, true])
})

test('events that share a place come again from that place', () => {
  const history = createHistory('c0')
  history.accept(seen('c0', 'first of two'))
  history.accept(seen('c2', 'second of two'))
  expect(history.after('c0')?.map((s) => s.event)).toMatchObject([{ id: 'first of two' }, { id: 'second of two' }])
  history.rewind('c0')
  expect([history.accept(seen('c0')), history.accept(seen('c2')), history.accept(seen('c3'))]).toEqual([
    false,
    false,
    true,
  ])
})

test('a place that was never seen is not known', () => {
  const history = createHistory('c5')
  expect(history.after('c4')).toBeNull()
  expect(history.after('c5')).toEqual([])
})
