/** Memory as it fills while people talk: what is understood, kept, replaced, masked and left alone. */
import { describe, expect, test } from 'vitest'
import { EMPTY_LIVE_STATE, type LiveState } from '../analyzer.ts'
import { analyze, chat, type Line } from '../test/chat.ts'
import { observe } from './observe.ts'

const remember = (lines: Line[], from: LiveState = EMPTY_LIVE_STATE): LiveState =>
  chat(lines).entries.reduce((state, entry) => observe(entry, state).state, from)
const values = (state: LiveState) =>
  Object.fromEntries(Object.entries(state.memory).map(([key, { value }]) => [key, value]))

describe('said in passing', () => {
  test.each([
    ['Write to ana.kovac@example.com please', { email: 'ana.kovac@example.com' }],
    ['Call me on +358 40 555 0178', { phone: '+358 40 555 0178' }],
    ['My order number is #AB-48213.', { order_id: 'AB-48213' }],
    ['My name is Ana Kovač', { name: 'Ana Kovač' }],
    ['Меня зовут Олег', { name: 'Олег' }],
    ['Ich heiße Jürgen Groß', { name: 'Jürgen Groß' }],
    ['We arrive on 2026-12-24', { date: '2026-12-24' }],
    ['We arrive on 24 December', { date: '24 December' }],
    ['It should stay under €3,900', { amount: '€3,900' }],
    ['I am happy with order status', {}],
    ["I'm Not sure about 12 rooms", {}],
    ['I found a code on a note, try 639431', { code: '639431' }],
    ['My PIN, which is 0314, is my own', { password: '••••' }],
    ['153531981 at Chase,', { number: '153531981' }],
    ['It cost 12500000 € in 2024, ring 04055501788', { amount: '12500000 €', phone: '04055501788' }],
  ])('%s', (text, expected) => {
    expect(values(remember([['c', text]]))).toEqual(expected)
  })
})

describe('asked for', () => {
  test.each<[string, string, Record<string, string>]>([
    ['May I have your name, please?', 'Crystal Minh', { name: 'Crystal Minh' }],
    ['May I have your name, please?', "It's Ana.", { name: 'Ana' }],
    ['May I have your name, please?', 'What for?', {}],
    ['May I have your name, please?', 'I need a flight', {}],
    ['Wie ist Ihr Name?', 'Jürgen', { name: 'Jürgen' }],
    ['Could you provide your booking ID, please?', '338', { order_id: '338' }],
    ['Your customer number and PIN, please?', '85731 and 5380', { customer_id: '85731', password: '••••' }],
    ['Your PIN and customer number, please?', '5380 and 85731', { customer_id: '85731', password: '••••' }],
    ['Your customer number and PIN, please?', '85731, 5380 or 1234', { customer_id: '85731' }],
    ['Could you provide your booking ID, please?', 'either 758 or 742', {}],
    ['How many guests will you bring?', 'There will be 17 of us', { guests: '17' }],
    ['What is your address?', '12 Main Street, Turku', { address: '12 Main Street' }],
    ['What is your email address?', 'no idea', {}],
    ['Your email will be sent tomorrow.', 'Ana', {}],
    ["What is your pet's name?", 'Rex', { security_answer: '••••' }],
    ['And your PIN, please?', '1596', { password: '••••' }],
  ])('%s → %s', (question, reply, expected) => {
    expect(
      values(
        remember([
          ['a', question],
          ['c', reply],
        ]),
      ),
    ).toEqual(expected)
  })
})

test('secrets are masked before they are kept', () => {
  const state = remember([['c', 'My card is 4111 1111 1111 1111 and my password is hunter22']])
  expect(JSON.stringify(state)).not.toMatch(/4111 1111|hunter22/)
  expect(state.memory.card).toMatchObject({ value: '•••• 1111', sensitive: true })
})

test('a new value keeps what it replaced, the same value changes nothing', () => {
  const first = remember([['c', 'My email is a@example.com']])
  const [again] = chat([['c', 'As I said, A@example.com']]).entries
  expect(observe(again!, first).memory).toEqual([])
  const [other] = chat([['c', 'Better use b@example.com']]).entries
  expect(observe(other!, first).memory[0]).toMatchObject({ value: 'b@example.com', supersedes: 'a@example.com' })
})

test.each(['human', 'event'] as const)('what was set by %s is never overwritten', (by) => {
  const state = remember([['c', 'My email is a@example.com']])
  const edited = { ...state, memory: { email: { ...state.memory.email!, value: 'right@example.com', by } } }
  expect(values(remember([['c', 'My email is c@example.com']], edited))).toEqual({ email: 'right@example.com' })
})

test('a key that JavaScript knows already is a key like any other', () => {
  const state = { ...EMPTY_LIVE_STATE, askedFor: ['constructor', '__proto__'] }
  expect(() => remember([['c', 'Ana']], state)).not.toThrow()
})

test('a phone number without its country takes the workspace’s', () => {
  const state = remember([['c', 'Call 040 555 0178']], { ...EMPTY_LIVE_STATE, phonePrefix: '+358' })
  expect(state.memory.phone?.normalized).toBe('+358405550178')
})

test('the answer says nothing about the contact, notes nothing at all', () => {
  const state = remember([
    ['a', 'Write to help@example.com'],
    ['s', 'ana@example.com joined'],
  ])
  expect(state.memory).toEqual({})
})

test('tone follows the contact live', () => {
  const state = remember([
    ['c', 'Thank you, wonderful!'],
    ['a', 'Sorry.'],
    ['c', 'This is terrible, I am furious.'],
    ['c', 'Awful, useless.'],
  ])
  expect(state.tone).toMatchObject({ tone: 'negative', messages: 3 })
})

test('live memory and reviewed memory are the same', () => {
  const lines: Line[] = [
    ['a', 'May I have your name?'],
    ['c', 'Ana Kovač'],
    ['c', 'Order #AB-48213, +358 40 555 0178, ana@example.com is my address for all this.'],
    ['a', 'Thank you.'],
  ]
  expect(analyze(lines).extracted).toEqual(
    Object.values(remember(lines, { ...EMPTY_LIVE_STATE, language: 'en' }).memory),
  )
})
