/** How often, with a clock of the test's own; and where a stream resumes. */
import { describe, expect, test } from 'vitest'
import { createLimit } from './limits.ts'
import { readPlace } from './routes.ts'

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

test.each([
  [
    '019aa000-0000-7000-8000-000000000000:12',
    { conversationId: '019aa000-0000-7000-8000-000000000000', position: 12, log: null },
  ],
  [
    '019aa000-0000-7000-8000-000000000000:12:3',
    { conversationId: '019aa000-0000-7000-8000-000000000000', position: 12, log: 3 },
  ],
  ['7', { conversationId: null, position: 7, log: null }],
  ['', { conversationId: null, position: 0, log: null }],
  ['-1', { conversationId: null, position: 0, log: null }],
  ['x:1', { conversationId: null, position: 0, log: null }],
  [undefined, { conversationId: null, position: 0, log: null }],
  [['1', '2'], { conversationId: null, position: 0, log: null }],
])('a reader that says %j resumes there', (given, place) => {
  expect(readPlace(given)).toEqual(place)
})
