/** The connection test names the first broken part, because what stands behind it cannot work either. */
import { expect, test } from 'vitest'
import { type Finding, worstOf } from './probes.ts'

const ok: Finding = { verdict: 'ok', say: 'fine', tookMs: 1 }
const warn: Finding = { verdict: 'warn', say: 'slow', tookMs: 2_000 }
const bad: Finding = { verdict: 'bad', say: 'cut', tookMs: 10 }

test('a broken part outranks a slow one before it', () => {
  expect(worstOf({ server: warn, database: ok, stream: bad, commands: bad })).toBe('stream')
})

test('a slow part is named when nothing is broken', () => {
  expect(worstOf({ server: ok, database: warn, stream: ok })).toBe('database')
})

test('nothing is named when everything works', () => {
  expect(worstOf({ server: ok, database: ok, stream: ok })).toBeNull()
})
