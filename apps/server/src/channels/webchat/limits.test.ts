/** Limits, drafts, tokens and links: the small rules behind the visitor's doors, with a clock of the test's own. */
import { randomUUID } from 'node:crypto'
import type { Delta } from '@earshot/contracts'
import { describe, expect, test } from 'vitest'
import { createFileLinks } from '../../files/index.ts'
import { createDrafts } from '../../platform/drafts.ts'
import { createLimit } from './limits.ts'
import { readPlace } from './routes.ts'
import { makeToken, readToken } from './token.ts'

describe('a limit', () => {
  const accepted = (limit: ReturnType<typeof createLimit>, key: string): boolean => {
    try {
      limit.take(key)
      return true
    } catch {
      return false
    }
  }

  test('lets as many through in any window as it says, and says how long to wait', () => {
    let now = 0
    const limit = createLimit([{ count: 3, seconds: 10 }], () => now)
    const times = [0, 4000, 8000, 9000, 9999, 10_000, 13_999, 14_000]
    const results = times.map((at) => {
      now = at
      return accepted(limit, 'a')
    })
    expect(results).toEqual([true, true, true, false, false, true, false, true])
    now = 15_000
    expect(() => limit.take('a')).toThrow(
      expect.objectContaining({ code: 'request.rate_limited', details: { retryAfterSeconds: 3 } }),
    )
    expect(accepted(limit, 'b')).toBe(true)
  })

  test('with two windows keeps both', () => {
    let now = 0
    const limit = createLimit(
      [
        { count: 2, seconds: 1 },
        { count: 4, seconds: 100 },
      ],
      () => now,
    )
    let count = 0
    for (now = 0; now < 50_000; now += 600) if (accepted(limit, 'a')) count++
    expect(count).toBe(4)
  })
})

describe('an answer being written', () => {
  const delta = (seq: number, text: string, more: Partial<Delta> = {}): Delta => ({
    conversationId: 'c',
    turnId: 't',
    epoch: 1,
    agent: { id: 'a', name: 'Freya' },
    seq,
    text,
    whole: false,
    state: 'writing',
    ...more,
  })

  test('is kept whole, forgotten when it ends, and not made up where a piece is missing', () => {
    const drafts = createDrafts(() => 0)
    for (const piece of [delta(0, 'a'), delta(1, 'b')]) drafts.hear('w', piece)
    expect(drafts.of('w', 'c')).toMatchObject({ text: 'ab', whole: true, seq: 1 })
    drafts.hear('w', delta(3, 'd'))
    expect(drafts.of('w', 'c')).toBeUndefined()
    drafts.hear('w', delta(4, 'abcde', { whole: true }))
    expect(drafts.of('w', 'c')?.text).toBe('abcde')
    drafts.hear('w', delta(5, '', { state: 'cancelled' }))
    expect(drafts.of('w', 'c')).toBeUndefined()
  })

  test('that nobody goes on with is forgotten', () => {
    let now = 0
    const drafts = createDrafts(() => now)
    drafts.hear('w', delta(0, 'a'))
    now = 121_000
    expect(drafts.of('w', 'c')).toBeUndefined()
  })
})

describe('a token', () => {
  const channel = randomUUID()

  test('names its channel, and is ours only when nothing of it was changed', () => {
    const token = makeToken(channel, 'secret')
    expect(readToken(token, 'secret')).toMatchObject({ channelId: channel, sealed: true })
    expect(readToken(token, 'another')).toMatchObject({ channelId: channel, sealed: false })
    for (const at of [5, 30, 60, 85]) {
      const letter = token[at] === 'A' ? 'B' : 'A'
      expect(readToken(token.slice(0, at) + letter + token.slice(at + 1), 'secret')?.sealed).toBe(false)
    }
  })

  test('is never made twice', () => {
    expect(new Set(Array.from({ length: 1000 }, () => makeToken(channel, 'secret'))).size).toBe(1000)
  })

  test.each([
    '',
    'evt_',
    `evt_${'A'.repeat(85)}`,
    `evt_${'A'.repeat(87)}`,
    `esk_${'A'.repeat(86)}`,
    `evt_${'!'.repeat(86)}`,
  ])('%j is none', (text) => {
    expect(readToken(text, 'secret')).toBeUndefined()
  })
})

test('a link to a file stays the same for half a day and opens for more than a day, then no more', () => {
  const half = 12 * 60 * 60 * 1000
  let now = half * 1000
  const links = createFileLinks({ secret: 'secret', now: () => now, origin: 'https://files.example' })
  const [workspace, file] = [randomUUID(), randomUUID()]
  const first = links.sign(workspace, file)
  expect(first).toMatch(new RegExp(`^https://files.example/files/${file}\\?ticket=`))
  const ticket = new URL(first).searchParams.get('ticket')!
  now += half - 1
  expect(links.sign(workspace, file)).toBe(first)
  now += half + 1
  expect(links.sign(workspace, file)).not.toBe(first)
  expect(links.verify(file, ticket)).toBe(workspace)
  expect(links.verify(randomUUID(), ticket)).toBeUndefined()
  now += half
  expect(links.verify(file, ticket)).toBeUndefined()
})

test.each([
  ['019aa000-0000-7000-8000-000000000000:12', { conversationId: '019aa000-0000-7000-8000-000000000000', position: 12 }],
  ['7', { conversationId: null, position: 7 }],
  ['', { conversationId: null, position: 0 }],
  ['-1', { conversationId: null, position: 0 }],
  ['x:1', { conversationId: null, position: 0 }],
  [undefined, { conversationId: null, position: 0 }],
  [['1', '2'], { conversationId: null, position: 0 }],
])('a reader that says %j resumes there', (given, place) => {
  expect(readPlace(given)).toEqual(place)
})
