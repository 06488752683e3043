/** Whom an @ means. */
import { expect, test } from 'vitest'
import { namesIn } from './names-in.ts'

const PEOPLE = [
  { id: 'a', name: 'Ana' },
  { id: 'm', name: 'Ana Maria Lopes' },
  { id: 'x', name: 'Sam' },
  { id: 'y', name: 'Sam' },
]

test('the longest name after an @ is meant, of two with one name both, and no part of a word', () => {
  expect(namesIn('@Ana Maria Lopes, please look', PEOPLE)).toEqual(['m'])
  expect(namesIn('please, @ana', PEOPLE)).toEqual(['a'])
  expect(namesIn('@Sam @Ana', PEOPLE)).toEqual(['x', 'y', 'a'])
  expect(namesIn('@Anabel wrote to ana@example.com', PEOPLE)).toEqual([])
})
