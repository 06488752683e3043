/** The address bar: what is understood, what is left out, and what the server is asked. */
import { expect, test } from 'vitest'
import { activeFilters, filterOf, readSearch } from './search.ts'

test('an address is read back as it was written', () => {
  const search = {
    view: 'open',
    q: 'roof',
    status: ['active'],
    channel: ['widget', 'web'],
    agentId: ['a1'],
    stage: ['spam'],
    at: 12,
    pane: 'details',
  }
  expect(readSearch(search)).toEqual(search)
})

test('what is not understood is left out instead of breaking the page', () => {
  expect(
    readSearch({ view: 'nonsense', status: ['gone', 'closed'], channel: 'smoke', at: 'x', pane: 'cellar', extra: 1 }),
  ).toEqual({
    status: ['closed'],
  })
  expect(readSearch({ at: -1, q: '', agentId: [''] })).toEqual({})
})

test('one value may stand alone, a number may be searched for, and doubles count once', () => {
  expect(readSearch({ status: 'closed', q: 4711, channel: ['web', 'web'] })).toEqual({
    status: ['closed'],
    q: '4711',
    channel: ['web'],
  })
})

test('the place on the screen is no part of the filter, and the view has a default', () => {
  expect(filterOf({ at: 3, pane: 'details', q: 'roof' }, 'reviewed')).toEqual({ view: 'reviewed', q: 'roof' })
  expect(filterOf({ view: 'mine', contactId: 'c1' }, 'all')).toEqual({ view: 'mine', contactId: ['c1'] })
})

test('filters are counted without the view', () => {
  expect(activeFilters({ view: 'open', q: 'x', stage: ['spam'] })).toEqual(['stage', 'q'])
})
