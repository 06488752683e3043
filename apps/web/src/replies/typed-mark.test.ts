/** When a slash or an @ asks for something, and what fits best. */
import { expect, test } from 'vitest'
import { ranked, typedMark } from './typed-mark.ts'

test('a slash asks for a reply at the beginning of a word only', () => {
  expect(typedMark('/ho', 3, '/')).toEqual({ start: 0, query: 'ho' })
  expect(typedMark('Hello /opening hou more', 18, '/')).toEqual({ start: 6, query: 'opening hou' })
  expect(typedMark('and/or', 6, '/')).toBeNull()
  expect(typedMark('https://example.com', 19, '/')).toBeNull()
  expect(typedMark('mail ana@example', 16, '@')).toBeNull()
  expect(typedMark('see @Ru', 7, '@')).toEqual({ start: 4, query: 'Ru' })
})

test('what begins with the words comes first, and every word must be there', () => {
  const items = ['opening hours', 'hours', 'late hours']
  expect(ranked(items, 'ho', (item) => [item])).toEqual(['hours', 'opening hours', 'late hours'])
  expect(ranked(items, 'late opening', (item) => [item])).toEqual([])
})
