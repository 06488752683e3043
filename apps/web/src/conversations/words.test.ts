/** Small texts: previews without marks, hits in sight, tags and remembered values as typed. */
import { expect, test } from 'vitest'
import { readValue, writeValue } from '../contact/memory-value.ts'
import { parseTag } from '../contact/tag-text.ts'
import { splitBy } from './highlight.tsx'
import { handlerOf } from './names.ts'
import { plainPreview } from './plain-preview.ts'
import { conversationLike } from './test/conversation-like.ts'
import { contourOf } from './thread/contour-of.ts'

test('a preview shows words, not marks, also where it was cut', () => {
  expect(plainPreview('For **148 m²** see the [AW-12](https://x.example/a)')).toBe('For 148 m² see the AW-12')
  expect(plainPreview('# Title\n- one\n- `two`')).toBe('Title one two')
  expect(plainPreview('a **bold wor')).toBe('a bold wor')
  expect(plainPreview('snake_case_name and 2 * 3 * 4')).toBe('snake_case_name and 2 * 3 * 4')
})

test('a search marks every hit whatever its case, and treats signs as signs', () => {
  expect(splitBy('Roof on the roof', 'roof').filter((part) => part.hit)).toHaveLength(2)
  expect(splitBy('cost (EUR)?', '(eur)?')).toEqual([
    { text: 'cost ', hit: false },
    { text: '(EUR)?', hit: true },
  ])
  expect(splitBy('anything', '  ')).toEqual([{ text: 'anything', hit: false }])
})

test('the row says the most urgent thing about who answers', () => {
  const waits = { state: 'queued', reason: 'contact_asked', by: 'contact', requestedAt: null } as const
  expect(handlerOf(conversationLike({ blocked: true, handoff: waits }))).toBe('blocked')
  expect(handlerOf(conversationLike({ control: 'queue', handoff: waits }))).toBe('needsHuman')
  expect(
    handlerOf(conversationLike({ control: 'queue', handoff: { ...waits, by: 'rule', reason: 'operators_answer' } })),
  ).toBe('queue')
  expect(handlerOf(conversationLike({ status: 'closed', handoff: waits }))).toBe('closed')
  expect(handlerOf(conversationLike({}))).toBe('agent')
})

test('tags are a word, or a key and a value', () => {
  expect(parseTag(' issue : roof ')).toEqual({ key: 'issue', value: 'roof' })
  expect(parseTag('#vip')).toEqual({ key: 'vip', value: '' })
  expect(parseTag(':x')).toBeNull()
  expect(parseTag('k'.repeat(65))).toBeNull()
})

test('a remembered text stays text, everything else stays JSON', () => {
  expect(readValue('12', 'oil')).toEqual({ ok: true, value: '12' })
  expect(readValue('12', 148)).toEqual({ ok: true, value: 12 })
  expect(readValue('{', { a: 1 })).toEqual({ ok: false })
  expect(readValue('null', 148)).toEqual({ ok: false })
  expect(writeValue({ a: 1 })).toBe('{\n "a": 1\n}')
})

test('the contour keeps both sides and its flags when there are more turns than bars', () => {
  const said = Array.from({ length: 600 }, (_, i) => ({
    ...messageLike(i + 1),
    author: { kind: i % 2 ? ('agent' as const) : ('contact' as const), id: null, name: null },
  }))
  const bars = contourOf(said, new Set([300]))
  expect(bars).toHaveLength(74)
  expect(bars.filter((bar) => bar.who === 'contact')).toHaveLength(37)
  expect(bars.some((bar) => bar.flagged)).toBe(true)
})

function messageLike(position: number) {
  const rest = { attachments: [], audio: null, functionCall: null, data: {}, delivery: null, clientKey: null }
  return { position, kind: 'message' as const, text: 'Hello', at: '2026-11-20T09:00:00.000Z', ...rest }
}
