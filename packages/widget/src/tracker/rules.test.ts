/** When a rule holds, how often it may fire, and where it may lead. */
import { expect, test } from 'vitest'
import type { Condition, Rule } from './parts.ts'
import { holds, isAllowed, type Moment, redirectTarget } from './rules.ts'

const NOW: Moment = {
  seconds: 30,
  scroll: 50,
  exit: false,
  page: '/Kettles/red?size=2',
  utm: { campaign: 'Spring' },
  device: 'mobile',
  visits: 2,
  events: { looked: 2 },
  chatOpen: false,
}

test.each<[Condition, boolean]>([
  [{ on: 'time', seconds: 30 }, true],
  [{ on: 'time', seconds: 31 }, false],
  [{ on: 'scroll', percent: 50 }, true],
  [{ on: 'scroll', percent: 51 }, false],
  [{ on: 'exit' }, false],
  [{ on: 'page', op: 'is', value: '/kettles/red' }, true],
  [{ on: 'page', op: 'is', value: '/kettles' }, false],
  [{ on: 'page', op: 'startsWith', value: '/kettles' }, true],
  [{ on: 'page', op: 'contains', value: 'RED' }, true],
  [{ on: 'page', op: 'contains', value: 'size=2' }, false],
  [{ on: 'page', op: 'contains', value: '?size=2' }, true],
  [{ on: 'utm', field: 'campaign', op: 'is', value: 'spring' }, true],
  [{ on: 'utm', field: 'source', op: 'contains', value: 'spring' }, false],
  [{ on: 'device', device: 'mobile' }, true],
  [{ on: 'device', device: 'desktop' }, false],
  [{ on: 'visits', atLeast: 2 }, true],
  [{ on: 'visits', atLeast: 3 }, false],
  [{ on: 'event', name: 'looked', atLeast: 2 }, true],
  [{ on: 'event', name: 'looked', atLeast: 3 }, false],
  [{ on: 'event', name: 'toString', atLeast: 1 }, false],
  [{ on: 'chat', open: false }, true],
  [{ on: 'chat', open: true }, false],
])('%j holds: %s', (condition, held) => {
  expect(holds(condition, NOW)).toBe(held)
})

test('a rule fires as often as it may in a visit, again in the next, and not while it keeps quiet', () => {
  const rule = { id: 'r', perVisit: 2 } as Rule
  const past = (count: number, visit = 'v', quietUntil = 0) => ({ visit, count, quietUntil })
  expect(isAllowed(rule, undefined, 'v', 100)).toBe(true)
  expect(isAllowed(rule, past(1), 'v', 100)).toBe(true)
  expect(isAllowed(rule, past(2), 'v', 100)).toBe(false)
  expect(isAllowed(rule, past(2, 'before'), 'v', 100)).toBe(true)
  expect(isAllowed(rule, past(0, 'before', 101), 'v', 100)).toBe(false)
})

test.each([
  ['/offers', 'https://shop.example/offers'],
  ['https://shop.example/offers', 'https://shop.example/offers'],
  ['https://sister.example/', 'https://sister.example/'],
  ['https://evil.example/', null],
  ['//evil.example/', null],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['/here', null],
])('a redirect to %s leads to %s', (url, target) => {
  expect(redirectTarget(url, 'https://shop.example/here', ['https://Sister.example'])).toBe(target)
})
