/** Which tags look like one tag written twice. */
import type { TagCount } from '@earshot/contracts'
import { expect, test } from 'vitest'
import { findLookAlikes } from './look-alike.ts'

const tag = (text: string, count = 1): TagCount => {
  const [key = '', value = ''] = text.split(':')
  return { key, value, count }
}
const alike = (...tags: TagCount[]) =>
  findLookAlikes(tags).map(({ from, to }) => `${from.key}:${from.value} → ${to.key}:${to.value}`)

test('the less used becomes the more used', () => {
  expect(alike(tag('issue:roof', 14), tag('issue:roof mounting', 61))).toEqual(['issue:roof → issue:roof mounting'])
  expect(alike(tag('issue:Roof-Mounting', 3), tag('issue:roof mounting', 2))).toEqual([
    'issue:roof mounting → issue:Roof-Mounting',
  ])
  expect(alike(tag('Issue:roof', 1), tag('issue:roof', 2))).toEqual(['Issue:roof → issue:roof'])
  expect(alike(tag('reason:missed vist', 1), tag('reason:missed visit', 9))).toEqual([
    'reason:missed vist → reason:missed visit',
  ])
})

test('what only looks a little alike is left alone', () => {
  expect(alike(tag('product:AW-11'), tag('product:AW-12'))).toEqual([])
  expect(alike(tag('lang:fi'), tag('lang:fr'))).toEqual([])
  expect(alike(tag('city:Turku'), tag('town:Turku'))).toEqual([])
  expect(alike(tag('vip'), tag('vip:gold'))).toEqual([])
  expect(alike(tag('grant:yes'), tag('grant:no'))).toEqual([])
})
