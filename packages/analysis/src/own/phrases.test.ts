/** Phrases of a workspace, found in texts: whole words, any spaces, nothing of them a pattern. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findPhrase } from './phrases.ts'

const found = (text: string, phrase: string) => {
  const at = findPhrase(text, phrase)
  return at && text.slice(at.start, at.end)
}

test('finds whole words in any case, with any spaces between, and any ending after a star', () => {
  expect(found('Please send a  Refund\nrequest.', 'refund request')).toBe('Refund\nrequest')
  expect(found('refunded', 'refund')).toBeNull()
  expect(found('refunded', 'refund*')).toBe('refund')
  expect(found('A follow-up, please', 'follow-up')).toBe('follow-up')
  expect(found('I said "don’t"', "don't")).toBe('don’t')
})

test('takes any phrase for what it is, never for a pattern', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (phrase) => {
      const plain = phrase.trim().normalize('NFC')
      fc.pre(plain !== '' && !phrase.endsWith('*'))
      expect(found(`… ${plain} …`, phrase)).not.toBeNull()
      expect(found('', phrase)).toBeNull()
    }),
    { numRuns: 500 },
  )
})
