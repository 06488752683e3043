/** Tokens of visitors: ours, unchanged, and never the same twice. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { makeToken, readToken } from './token.ts'

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
