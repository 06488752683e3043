/** Which questions are one: the same thing asked in other words, with mistakes, in another language; and not what only sounds alike. */
import { expect, test } from 'vitest'
import { Groups } from './group-questions.ts'
import { readTerms } from './read-terms.ts'

type Said = [question: string, language?: string]

function grouped(...said: Said[]): number[] {
  const groups = new Groups()
  let begun = 0
  return said.map(([question, language = 'en']) => {
    const terms = readTerms(question, language)
    const id = groups.nearest(terms)?.id ?? String(begun++)
    groups.add(id, terms)
    return Number(id)
  })
}

test.each<[string, Said[]]>([
  ['in other words', [['Do you rent out kayaks?'], ['can i rent a kayak from you'], ['kayak rental possible?']]],
  ['with a mistake', [['May a heat pump stand on a flat roof?'], ['is a heat pupm allowed on a flat roof']]],
  [
    'in three languages',
    [['Can I pay in instalments?'], ['Kann ich in Raten zahlen?', 'de'], ['¿Puedo pagar a plazos?', 'es']],
  ],
  [
    'without spaces',
    [
      ['可以租皮划艇吗', 'zh'],
      ['你们可以租皮划艇吗', 'zh'],
    ],
  ],
  ['of everyday words alone', [['how much is it'], ['How much is it?']]],
])('one question, %s', (_, said) => {
  expect(new Set(grouped(...said)).size).toBe(1)
})

test('other questions begin others, whichever comes first', () => {
  const said: Said[] = [['Do you rent out kayaks?'], ['How loud is the AW-16 at night?'], ['Can I pay in instalments?']]
  expect(grouped(...said)).toEqual([0, 1, 2])
  expect(grouped(...said.toReversed())).toEqual([0, 1, 2])
  expect(grouped(['is it true that it is?'], ['where are you now'])).toEqual([0, 1])
})

test('a question joins the nearest of several', () => {
  const [kayak, pump, again] = grouped(
    ['Do you rent out kayaks?'],
    ['Can a heat pump stand outside?'],
    ['where can a heat pump stand?'],
  )
  expect(kayak).not.toBe(pump)
  expect(again).toBe(pump)
})
