/** The columns as people keep them: standard, chosen, moved, pinned, and the orders their headers give. */
import { expect, test } from 'vitest'
import {
  COLUMN_KEYS,
  changeColumn,
  keptColumns,
  moveColumn,
  type ShownColumn,
  shownColumns,
  sortAfterClick,
  sortedBy,
  toggleColumn,
} from './columns.ts'

const keys = (columns: readonly ShownColumn[]) => columns.map(({ key }) => key).join(' ')
const STANDARD = 'contact agent channel status outcome messages rating quality date flagged tags'

test('everybody begins with eleven of twenty', () => {
  expect(keys(shownColumns(null))).toBe(STANDARD)
  expect(COLUMN_KEYS).toHaveLength(20)
})

test('what is kept is drawn again as it was; columns that are no more are passed over, the contact is always there', () => {
  const mine = changeColumn(toggleColumn(shownColumns(null), 'stage'), 'agent', { width: 300, pinned: true })
  expect(shownColumns(keptColumns(mine))).toEqual(mine)
  expect(keys(shownColumns([{ key: 'gone' }, { key: 'status' }, { key: 'status' }]))).toBe('contact status')
  expect(shownColumns([{ key: 'contact', width: 5 }])[0]).toMatchObject({ key: 'contact', width: 40 })
})

test('a column moves among its neighbours and is pinned where they are', () => {
  const columns = shownColumns([{ key: 'contact', pinned: true }, { key: 'agent' }, { key: 'status' }])
  expect(keys(moveColumn(columns, 'status', 1))).toBe('contact status agent')
  expect(moveColumn(columns, 'status', 1).find(({ key }) => key === 'status')?.pinned).toBe(false)
  expect(moveColumn(columns, 'status', 0).find(({ key }) => key === 'status')?.pinned).toBe(true)
  expect(moveColumn(columns, 'contact', 2).find(({ key }) => key === 'contact')?.pinned).toBe(false)
  expect(keys(moveColumn(columns, 'contact', -1))).toBe('contact agent status')
  expect(keys(toggleColumn(columns, 'contact'))).toBe('contact agent status')
})

test('a header begins with its largest, words with A; the second click turns it round', () => {
  expect(sortAfterClick('-lastMessageAt', 'messages')).toBe('-messages')
  expect(sortAfterClick('-messages', 'messages')).toBe('messages')
  expect(sortAfterClick('-messages', 'agent')).toBe('agent')
  expect(sortAfterClick('agent', 'agent')).toBe('-agent')
  expect(sortAfterClick('-messages', 'tags')).toBeUndefined()
  expect(sortedBy('-startedAt')).toEqual({ key: 'date', name: 'startedAt', descending: true })
})
