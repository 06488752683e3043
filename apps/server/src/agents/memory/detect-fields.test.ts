/** Memory fields fill themselves from what contacts say, as their types and forms allow. */
import { MemoryField } from '@earshot/contracts'
import { expect, test } from 'vitest'
import { checkField, matchesForm } from './check-field.ts'
import { detectFields } from './detect-fields.ts'

const field = (key: string, given: object = {}) => MemoryField.parse({ key, name: key.replaceAll('_', ' '), ...given })
const contact = (text: string) => ({ author: 'contact' as const, text })
const agent = (text: string) => ({ author: 'agent' as const, text })

test.each([
  ['a form', { pattern: 'AA-9999' }, [contact('It is hp-2042, I think.')], 'hp-2042'],
  ['no form where two stand', { pattern: 'AA-9999' }, [contact('hp-2042 or hp-2043')], undefined],
  ['a choice', { type: 'choice', choices: ['Oil', 'Gas'] }, [contact('We heat with oil')], 'Oil'],
  ['no choice where two are named', { type: 'choice', choices: ['Oil', 'Gas'] }, [contact('oil or gas?')], undefined],
  ['a number that was asked for', { type: 'number' }, [agent('What is the field?'), contact('about 140 m²')], 140],
  ['no number that nobody asked for', { type: 'number' }, [agent('Hello!'), contact('about 140 m²')], undefined],
  ['no number out of bounds', { type: 'number', most: 100 }, [agent('The field?'), contact('140')], undefined],
  ['a yes', { type: 'yes_no' }, [agent('Is the field yours?'), contact('Yes, mine')], true],
  ['nothing where it is off', { type: 'choice', choices: ['Oil'], on: false }, [contact('oil')], undefined],
  ['nothing an agent says', { type: 'choice', choices: ['Oil'] }, [agent('Oil?')], undefined],
])('%s', (_, given, lines, value) => {
  expect(Object.fromEntries(detectFields([field('field', given)], lines, [])).field).toEqual(value)
})

test('what a detector found goes into the field of its type, under the field’s name', () => {
  const fields = [field('full_name', { type: 'name' }), field('mail', { type: 'email' })]
  const found = [
    { key: 'name', value: 'Ana Ruiz' },
    { key: 'email', value: 'ana@example.com' },
    { key: 'date', value: '2026-01-01' },
  ]
  expect(detectFields(fields, [], found)).toEqual([
    ['full_name', 'Ana Ruiz'],
    ['mail', 'ana@example.com'],
  ])
})

test.each([
  ['email', 'ANA@Example.com', 'ana@example.com'],
  ['email', 'ana@', undefined],
  ['phone', '+358 40 555 0100', '+358405550100'],
  ['phone', 'call me', undefined],
  ['name', 'Ana <script>', undefined],
  ['date', '30.11.2026', '2026-11-30'],
  ['date', '31.2.2026', undefined],
  ['number', '1,250.50', 1250.5],
  ['order_id', '#a-1042', 'A-1042'],
  ['order_id', 'please', undefined],
  ['text', 'card 4111 1111 1111 1111', 'card •••• 1111'],
] as const)('%s takes %s as %s', (type, given, value) => {
  const checked = checkField(field('one', { type }), given)
  expect(checked.ok ? checked.value : undefined).toEqual(value)
})

test('forms are taken letter by letter, and never run away', () => {
  expect(matchesForm('AB12', 'AA9999?9?')).toBe(false)
  expect(matchesForm('AB1234', 'AA99999?')).toBe(true)
  expect(matchesForm('x.y', 'A.A')).toBe(true)
  expect(matchesForm('xzy', 'A.A')).toBe(false)
})
