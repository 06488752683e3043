/** The brief of the embedded analyser: what it lists, that each line points at the entry that says it, and that secrets stay out. */
import { expect, test } from 'vitest'
import { chat, type Line } from '../test/chat.ts'
import { type BriefFacts, briefEmbedded } from './brief.ts'

const briefOf = (lines: Line[]): BriefFacts => briefEmbedded(chat(lines, { status: 'active' }), { reason: 'manual' })
const texts = (lines: { text: string }[]) => lines.map(({ text }) => text)

const HEAT_PUMP: Line[] = [
  ['c', 'Hi, I want to replace my oil boiler with an AW-12 heat pump. What does it cost?'],
  ['f', 'estimate', { result: { unit: 'AW-12', price_eur: 11840, parts: [1, 2] } }],
  ['a', 'The AW-12 costs 11,840 euros with installation.'],
  ['c', 'Can the outdoor unit stand on a flat roof?'],
  ['a', 'I could not find a rule about roof mounting. I will send you the offer by e-mail today.'],
  ['c', 'This is frustrating. Then I would rather speak to a person, please.'],
]

test('what is wanted, answered, done, open and promised, each with its entry', () => {
  const brief = briefOf(HEAT_PUMP)
  expect(brief.wants).toEqual([
    { text: 'Wants to replace their oil boiler with an AW-12 heat pump', quoted: false, positions: [1] },
  ])
  expect(brief.answered[0]).toMatchObject({ quoted: true, positions: [3, 1] })
  expect(brief.functions).toEqual([
    { name: 'estimate', status: 'ok', result: 'unit: AW-12, price_eur: 11840', position: 2 },
  ])
  expect(texts(brief.open)).toContain('Can the outdoor unit stand on a flat roof?')
  expect(brief.promised[0]).toMatchObject({ positions: [5] })
  expect(brief.throughPosition).toBe(6)
})

test('asking for a person is the reason, not what is open', () => {
  expect(texts(briefOf(HEAT_PUMP).open).join(' ')).not.toContain('speak to a person')
  expect(briefOf([['c', 'I want to talk to a human please']]).wants).toEqual([])
})

test('nothing is said of nothing', () => {
  expect(briefOf([])).toMatchObject({ wants: [], answered: [], open: [], promised: [], functions: [], known: [] })
})

test('card numbers and passwords are masked, and marks that bend a line are taken out', () => {
  const brief = briefOf([['c', 'My card 4111 1111 1111 1111 was charged twice, \u202Ewhy was it?']])
  const said = JSON.stringify(brief)
  expect(said).not.toContain('4111 1111')
  expect(said).not.toContain('\u202E')
})

test('a function that said no counts as failed', () => {
  const [call] = briefOf([
    ['c', 'Cancel order A-17 please'],
    ['f', 'cancel_order', { status: 'error', result: { error: 'already shipped' } }],
    ['a', 'That did not work.'],
  ]).functions
  expect(call).toMatchObject({ status: 'error', result: 'error: already shipped' })
})
