/** Amounts of money and words, as people write them. */
import { expect, test } from 'vitest'
import { amountsOf, findWord } from './says.ts'

test.each([
  ['it costs €1,200.50', [1200.5]],
  ['1.200,50 EUR bitte', [1200.5]],
  ['about 12k dollars, maybe $15 000', [12_000, 15_000]],
  ['2 Mio € und 300 Euro', [2_000_000, 300]],
  ["CHF 1'500", [1500]],
  ['₹5,00,000', [500_000]],
  ['order 4711 of 2026-11-21, 3 pieces', []],
  ['2 kroner? no: 2 krakens', []],
])('%s', (text, amounts) => {
  expect(amountsOf(text)).toEqual(amounts)
})

test.each([
  ['I want my MONEY back!', ['money back'], 'money back'],
  ['Rückerstattung, bitte', ['ruckerstattung'], 'ruckerstattung'],
  ['a refundable deposit', ['refund'], undefined],
  ['我要退款', ['退款'], '退款'],
])('%s: %j', (text, words, found) => {
  expect(findWord(text, words)).toBe(found)
})
