/** The words that were found stand in the table while something is searched for, and only then. */
import { expect, test } from 'vitest'
import { type ShownColumn, shownColumns, withHits, withoutHits } from './columns.ts'

const keysOf = (columns: readonly ShownColumn[]) => columns.map(({ key }) => key)

test('beside the contact, when it is not shown anyway; and not kept', () => {
  const own = shownColumns(null)
  const searching = withHits(own)
  expect(keysOf(searching).slice(0, 2)).toEqual(['contact', 'lastMessage'])
  expect(searching).toHaveLength(own.length + 1)
  expect(withoutHits(searching, own)).toEqual(own)
})

test('where a person has put it, it stays', () => {
  const own = shownColumns([{ key: 'contact', pinned: true }, { key: 'agent' }, { key: 'lastMessage' }])
  expect(withHits(own)).toEqual(own)
  expect(withoutHits(own, own)).toEqual(own)
})
