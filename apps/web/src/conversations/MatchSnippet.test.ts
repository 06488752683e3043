/** The pieces of a hit: marked where the server says, and never cut before the first of them. */
import { expect, test } from 'vitest'
import { piecesOf } from './MatchSnippet.tsx'

test('what stands before, between and after the hits', () => {
  const pieces = piecesOf({
    snippet: 'A roof on a Roof?',
    highlights: [
      { start: 2, end: 6 },
      { start: 12, end: 16 },
    ],
  })
  expect(pieces.map(({ text, hit }) => [text, hit])).toEqual([
    ['A ', false],
    ['roof', true],
    [' on a ', false],
    ['Roof', true],
    ['?', false],
  ])
})

test('a long beginning is left out, so that the hit is in sight', () => {
  const pieces = piecesOf({ snippet: `${'x'.repeat(100)} roof`, highlights: [{ start: 101, end: 105 }] })
  expect(pieces[0]?.text).toBe(`…${'x'.repeat(17)} `)
  expect(pieces[1]).toMatchObject({ text: 'roof', hit: true })
})

test('without a place to mark, the words alone', () => {
  expect(piecesOf({ snippet: 'Olga', highlights: [] })).toEqual([{ text: 'Olga', hit: false, from: 0 }])
})
