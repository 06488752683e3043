/** What is chosen, and how a job is told. */
import { expect, test } from 'vitest'
import { asSelection, isSelected, NOTHING, setRange, sizeOf, toggle } from './selection.ts'

const ALL = { all: true, ids: new Set<string>() }

test('rows one by one and by range', () => {
  const two = toggle(toggle(NOTHING, 'a'), 'b')
  expect([...two.ids]).toEqual(['a', 'b'])
  expect(isSelected(toggle(two, 'a'), 'a')).toBe(false)
  expect(sizeOf(setRange(two, ['b', 'c', 'd'], true), 100)).toBe(4)
  expect(sizeOf(setRange(two, ['a', 'b'], false), 100)).toBe(0)
})

test('all that the filter finds, but for those taken out again', () => {
  const but = toggle(ALL, 'a')
  expect(isSelected(but, 'a')).toBe(false)
  expect(isSelected(but, 'never seen')).toBe(true)
  expect(sizeOf(but, 1284)).toBe(1283)
  expect(sizeOf(setRange(but, ['a'], true), 1284)).toBe(1284)
})

test('a job is told the rows by name, or the filter and what it leaves out, never the order', () => {
  expect(asSelection(toggle(NOTHING, 'a'), { view: 'all' })).toEqual({ ids: ['a'] })
  expect(asSelection(toggle(ALL, 'a'), { view: 'open', unread: 'true', sort: 'agent' })).toEqual({
    filter: { view: 'open', unread: true },
    except: ['a'],
  })
})

test('no more than a job takes by name', () => {
  const many = Array.from({ length: 1500 }, (_, i) => String(i))
  expect(sizeOf(setRange(NOTHING, many, true), 5000)).toBe(1000)
})
