/** Where a running conversation stands: told to who has it open, the same after a reload, and nothing of history. */
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { Screen } from '../../test/screen.ts'
import { until } from '../../test/until.ts'
import { createAllowance } from './allowance.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.stop())

async function say(externalId: string, text: string, more: { author?: string; at?: string } = {}): Promise<string> {
  const reply = await app.north.machine.post('/api/v1/ingest/messages', {
    conversation: { externalId },
    message: { externalId: crypto.randomUUID(), author: 'contact', text, ...more },
  })
  expect(reply.status, JSON.stringify(reply.body)).toBe(201)
  return reply.body.conversationId
}
const readSoFar = async (id: string) => (await app.north.machine.get(`/api/v1/conversations/${id}/so-far`)).body.soFar

test('a line, the tone and a risk reach whoever has it open, and a reload shows the same', async () => {
  const id = await say('so-far', 'Hi, I want to change my delivery date.')
  const screen = await Screen.open(app.north.people.ana.caller, [id])
  await say('so-far', 'I am sorry, I could not find your order.', { author: 'agent' })
  await say('so-far', 'This is terrible, I am really angry. Let me talk to a real person, please!')
  const heard = () => screen.events.findLast((event) => event.type === 'conversation.observed')?.soFar
  // It may be read more than once: what was stored last is what the screen was told last.
  await until(async () => {
    const stored = await readSoFar(id)
    return stored?.throughPosition === 3 && isDeepStrictEqual(stored, heard())
  }, 'the screen was told what a reload shows')
  expect(heard()).toMatchObject({ conversationId: id, tone: 'negative', direction: 'down', risk: 'high' })
  expect(heard()?.line).toContain('change their delivery date')
  expect(heard()?.risks.map(({ code }) => code)).toContain('wants_human')
  expect(heard()?.messages.map(({ position }) => position)).toEqual([1, 3])
  screen.close()
})

test('history that is brought in is left to its review', async () => {
  const old = await say('so-far-old', 'I want to change my delivery date.', { at: '2026-01-02T10:00:00Z' })
  const young = await say('so-far-new', 'I want to change my delivery date.')
  await until(async () => (await readSoFar(young)) !== null, 'the newer one is read')
  expect(await readSoFar(old)).toBeNull()
})

test('of the time no more than its share is given, however much waits', () => {
  let now = 0
  const allowance = createAllowance({ share: 0.1, savedMs: 100 }, () => now)
  let done = 0
  for (; now < 10_000; now += 10) {
    const pieces = allowance.pieces()
    done += pieces
    if (pieces > 0) allowance.spend(pieces * 5, pieces)
  }
  // A tenth of ten seconds and what was saved, five milliseconds each.
  expect(done).toBeGreaterThan(150)
  expect(done).toBeLessThanOrEqual(225)
})
