/** Every refusal of the server has words that people see, and nothing leads through the sign-in to elsewhere. */
import { ERRORS } from '@earshot/contracts'
import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { en } from '../i18n/resources.ts'
import { parseEntrySearch } from './guards.ts'

beforeAll(() => i18next.init({ resources: { en }, lng: 'en', ns: Object.keys(en) }))

test.each(Object.keys(ERRORS) as (keyof typeof ERRORS)[])('%s has a sentence', (code) => {
  expect(i18next.exists(`errors:${code}`)).toBe(true)
  expect(i18next.t(`errors:${code}`)).toMatch(/\S+ \S+.*[.]$/)
})

test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', 7])(
  'after the sign-in nobody is sent to %s',
  (next) => {
    expect(parseEntrySearch({ next })).toEqual({})
  },
)

test('after the sign-in one is where one wanted to be', () => {
  expect(parseEntrySearch({ next: '/conversations?view=mine' })).toEqual({ next: '/conversations?view=mine' })
})
