/** Answers being written, for who looks in the middle of one. */
import type { Delta } from '@earshot/contracts'
import { describe, expect, test } from 'vitest'
import { createDrafts } from './drafts.ts'

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
