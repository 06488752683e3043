/** Differences: what stays, came and went puts both texts together again. */
import { expect, test } from 'vitest'
import { difference } from './difference.ts'

const joined = (before: string, after: string, without: 'came' | 'went') =>
  difference(before, after)
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text.trim())
    .join(' ')
    .replace(/\s+/g, ' ')

test.each([
  ['one two three', 'one two three'],
  ['A typical installation is €11,840', 'Installed it is about €11,840'],
  ['', 'all of it came'],
  ['all of it went', ''],
  ['the same words\nover lines', 'the same words\n\nover other lines'],
])('%j and %j are told whole', (before, after) => {
  const plain = (text: string) => text.replace(/\s+/g, ' ')
  expect(joined(before, after, 'went')).toBe(plain(after))
  expect(joined(before, after, 'came')).toBe(plain(before))
})

test('what both say is not marked', () => {
  expect(difference('one two three', 'one 2 three')).toEqual([
    { kind: 'same', text: 'one ' },
    { kind: 'went', text: 'two ' },
    { kind: 'came', text: '2 ' },
    { kind: 'same', text: 'three' },
  ])
})
