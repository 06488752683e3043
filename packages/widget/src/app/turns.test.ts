/** The order of the log: days, turns, lines of the system, and each message once while it is on its way. */
import type { Outgoing } from '@earshot/client'
import type { VisitorEntry } from '@earshot/contracts'
import { expect, test } from 'vitest'
import type { Words } from './chat.ts'
import { arrange, type LogItem } from './turns.ts'

let position = 0
const entry = (kind: VisitorEntry['author']['kind'], at: string, more: Partial<VisitorEntry> = {}): VisitorEntry => ({
  position: ++position,
  author: { kind, name: kind === 'agent' ? 'Freya' : null },
  text: 'x',
  attachments: [],
  citations: [],
  at: new Date(at).toISOString(),
  clientKey: null,
  turnId: null,
  ...more,
})
const waiting = (key: string): Outgoing<Words> => ({
  key,
  body: { text: key, attachments: [] },
  at: 0,
  state: 'waiting',
})
const shape = (items: LogItem[]) =>
  items.map((item) => (item.is === 'turn' ? `${item.author.kind} ${item.entries.length}` : item.is))

test('messages of one speaker close together are one turn; a pause, another speaker, a line and a new day part them', () => {
  const entries = [
    entry('contact', '2026-03-01T10:00'),
    entry('contact', '2026-03-01T10:01'),
    entry('contact', '2026-03-01T10:20'),
    entry('agent', '2026-03-01T10:21'),
    entry('agent', '2026-03-01T10:21', { author: { kind: 'agent', name: 'Other' } }),
    entry('system', '2026-03-01T10:22'),
    entry('operator', '2026-03-01T23:59'),
    entry('operator', '2026-03-02T00:01'),
  ]
  expect(shape(arrange(entries, []))).toEqual([
    'day',
    'contact 2',
    'contact 1',
    'agent 1',
    'agent 1',
    'system',
    'operator 1',
    'day',
    'operator 1',
  ])
})

test('a message that is stored is not shown a second time as one on its way', () => {
  const entries = [entry('contact', '2026-03-01T10:00', { clientKey: 'a' })]
  expect(shape(arrange(entries, [waiting('a'), waiting('b')]))).toEqual(['day', 'contact 1', 'outgoing'])
})

test('every item has a key of its own', () => {
  const entries = ['10:00', '10:20', '10:40'].map((time) => entry('agent', `2026-03-01T${time}`))
  const keys = arrange(entries, [waiting('b'), waiting('c')]).map((item) => item.key)
  expect(new Set(keys).size).toBe(keys.length)
})
