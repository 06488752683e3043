/** How the transcript is cut into days, turns and the New line. */
import type { Entry } from '@earshot/contracts'
import { expect, test } from 'vitest'
import { linesOf, messagesAfter } from './lines.ts'
import { rowsOf } from './rows.ts'

type Given = Partial<Omit<Entry, 'author'>> & { who?: Entry['author']['kind']; name?: string }

/** Entries of one morning, given by their minute. */
function entry(position: number, minute: number, { who = 'contact', name, ...fields }: Given = {}): Entry {
  const at = `2026-11-20T09:${String(minute).padStart(2, '0')}:00.000Z`
  const author = { kind: who, id: null, name: name ?? null }
  const rest = { attachments: [], audio: null, functionCall: null, data: {}, delivery: null, clientKey: null }
  return { position, kind: 'message', author, text: `#${position}`, at, ...rest, ...fields }
}
const dayOf = (at: string) => at.slice(0, 10)

/** `day`, `new`, `contact 1+2`, `note 3`. */
function drawn(entries: Entry[], newAfter: number | null = null): string[] {
  return linesOf(entries, newAfter, dayOf).map((line) => {
    if (line.kind === 'turn') return `${line.author.kind} ${line.entries.map((e) => e.position).join('+')}`
    return line.kind === 'entry' ? `${line.entry.kind} ${line.entry.position}` : line.kind
  })
}

test('messages of one voice within two minutes are one turn', () => {
  expect(drawn([entry(1, 0), entry(2, 1), entry(3, 2)])).toEqual(['day', 'contact 1+2+3'])
  expect(drawn([entry(1, 0), entry(2, 2)])).toEqual(['day', 'contact 1', 'contact 2'])
})

test('another voice, another person and anything in between begin a new turn', () => {
  expect(drawn([entry(1, 0), entry(2, 0, { who: 'agent' })])).toEqual(['day', 'contact 1', 'agent 2'])
  const two = [entry(1, 0, { who: 'operator', name: 'Dana' }), entry(2, 0, { who: 'operator', name: 'Aiko' })]
  expect(drawn(two)).toEqual(['day', 'operator 1', 'operator 2'])
  expect(drawn([entry(1, 0), entry(2, 0, { kind: 'note', who: 'operator' }), entry(3, 0)])).toEqual([
    'day',
    'contact 1',
    'note 2',
    'contact 3',
  ])
})

test('what the system says is a line, not a bubble', () => {
  expect(drawn([entry(1, 0, { who: 'system' })])).toEqual(['day', 'message 1'])
})

test('every day begins with its line, also in the middle of a turn', () => {
  const night = [entry(1, 0, { at: '2026-11-19T23:59:30.000Z' }), entry(2, 0, { at: '2026-11-20T00:00:10.000Z' })]
  expect(drawn(night)).toEqual(['day', 'contact 1', 'day', 'contact 2'])
})

test('the New line stands before the first unread message of the contact and splits a turn', () => {
  expect(drawn([entry(1, 0), entry(2, 0), entry(3, 1)], 1)).toEqual(['day', 'contact 1', 'new', 'contact 2+3'])
  expect(drawn([entry(1, 0), entry(2, 0, { who: 'agent' }), entry(3, 1)], 1)).toEqual([
    'day',
    'contact 1',
    'agent 2',
    'new',
    'contact 3',
  ])
})

test('there is no New line when all is read, or only our own side spoke since', () => {
  expect(drawn([entry(1, 0), entry(2, 0)], null)).not.toContain('new')
  expect(drawn([entry(1, 0), entry(2, 0)], 2)).not.toContain('new')
  expect(drawn([entry(1, 0), entry(2, 0, { who: 'agent' })], 1)).not.toContain('new')
})

test('while older unread entries are not loaded, the line is further up', () => {
  expect(drawn([entry(7, 0), entry(8, 0)], 3)).not.toContain('new')
  expect(drawn([entry(7, 0), entry(8, 0)], 6)).toContain('new')
})

test('a row keeps its key while older messages join it, while it grows, and when a New line cuts it', () => {
  const known = new Map<number, string>()
  const drawnAs = (entries: Entry[], newAfter: number | null = null) =>
    rowsOf(linesOf(entries, newAfter, dayOf), known).map(({ key, day, isNew, line }) => {
      const positions = line.kind === 'turn' ? line.entries.map((e) => e.position) : [line.entry.position]
      return `${key}: ${day ? 'day ' : ''}${isNew ? 'new ' : ''}${positions.join('+')}`
    })
  const late = [entry(5, 10), entry(6, 11), entry(7, 20, { who: 'agent' })]
  expect(drawnAs(late)).toEqual(['5: day 5+6', '7: 7'])
  const older = [entry(3, 0, { who: 'agent' }), entry(4, 9), ...late]
  expect(drawnAs([...older, entry(8, 20, { who: 'agent' })])).toEqual(['3: day 3', '5: 4+5+6', '7: 7+8'])
  const cut = drawnAs(older, 4)
  expect(cut.map((row) => row.split(': ')[1])).toEqual(['day 3', '4', 'new 5+6', '7'])
  expect(new Set(cut.map((row) => row.split(': ')[0])).size).toBe(4)
})

test('the number beside the jump counts messages only', () => {
  expect(
    messagesAfter([entry(1, 0), entry(2, 0), entry(3, 0, { kind: 'note' }), entry(4, 0, { who: 'agent' })], 1),
  ).toBe(2)
})
