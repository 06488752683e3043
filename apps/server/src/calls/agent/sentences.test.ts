/** Where what is written is cut to be spoken, and what of it a voice says. */
import { expect, test } from 'vitest'
import { cutSentences, spoken } from './sentences.ts'

test.each([
  ['It takes 3.5 days. Then', ['It takes 3.5 days.'], 'Then'],
  ['Ask Dr. Who, e.g. today. Yes! ', ['Ask Dr. Who, e.g. today.', 'Yes!'], ''],
  ['Not yet over', [], 'Not yet over'],
  ['1. First\n2. Second\n', ['1. First', '2. Second'], ''],
])('%j is cut where sentences end', (text, sentences, rest) => {
  expect(cutSentences(text)).toEqual({ sentences, rest })
})

test('a long sentence is spoken in parts, and none of its words is lost', () => {
  const long = `${'one and another thing, '.repeat(30)}that is all. `
  const { sentences } = cutSentences(long)
  expect(Math.max(...sentences.map(({ length }) => length))).toBeLessThanOrEqual(260)
  expect(sentences.join(' ')).toBe(long.trim())
})

test.each([
  ['**Bold** and `code`', 'Bold and code'],
  ['See [our page](https://x.example/a?b=c) [1].', 'See our page .'],
  ['> quoted\n- a list 😀', 'quoted a list'],
  ['https://www.shop.example/returns/form', 'shop.example'],
  ['> “”', ''],
])('%j is said as a person would', (text, said) => expect(spoken(text)).toBe(said))
