/** Letters for a face, in any script. */
import { expect, test } from 'vitest'
import { initials, nameHue } from './initials.ts'

test.each([
  ['Dana Whitfield', 'DW'],
  ['Margarethe Lindqvist-Aaltonen', 'ML'],
  ['山本 由美子', '山'],
  ['김서연', '김'],
  ['فاطمة الزهراء', 'ف'],
  ['Олександр Коваленко', 'ОК'],
  ['+44 7700 900142', '49'],
  ['🙂', '?'],
  ['   ', '?'],
])('%s is %s', (name, letters) => {
  expect(initials(name)).toBe(letters)
})

test('the same name always has the same hue', () => {
  expect(nameHue('Dana Whitfield')).toBe(nameHue('Dana Whitfield'))
})
