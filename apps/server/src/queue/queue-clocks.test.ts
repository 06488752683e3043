/** Promises of the queue: out of hours, due times, breaches, and who waits too long. */
import { expect, test } from 'vitest'
import { handsOf, path, underTest } from './queue.fixture.ts'

const t = underTest()
const { ask, entriesOf, facts, here, item, sweep } = handsOf(t)

test('out of hours nothing is offered, the contact is told once when we open, and the clock stands still', async () => {
  const now = Date.now()
  const day = new Date(now).getUTCDay()
  // Open on one day of the week only, the day after tomorrow, from nine to five.
  const week = Array.from({ length: 7 }, (_, i) => (i === (day + 1) % 7 ? [{ from: 540, until: 1020 }] : []))
  const hours = {
    timeZone: 'UTC',
    always: false,
    week,
    holidays: [],
    closedText: 'Closed until {opens}.',
    askForDetails: true,
    pauseClocks: true,
  }
  const set = await t.owner.caller.put('/api/v1/hours', hours)
  expect(set.body).toMatchObject({ open: false, changesAt: expect.stringContaining('T09:00:00') })
  await here(t.ana)
  const id = await ask()
  await sweep()
  await sweep()
  const opensAt = set.body.changesAt
  expect(await item(id)).toMatchObject({ waits: { reason: 'out_of_hours', opensAt }, clocks: { paused: true } })
  expect((await item(id)).clocks.firstAnswer.dueAt).toBe(new Date(Date.parse(opensAt) + 5 * 60_000).toISOString())
  const told = (await entriesOf(id)).filter((e: { data: { type?: string } }) => e.data?.type === 'out_of_hours')
  expect(told).toHaveLength(1)
  expect(told[0].data.announcement).toMatch(/^Closed until .*09:00/)
  t.ahead = Date.parse(opensAt) - Date.now() + 1000
  await here(t.ana)
  expect((await item(id)).offer.member.id).toBe(t.ana.memberId)
  // Open for good: counted anew, from the request.
  await t.owner.caller.put('/api/v1/hours', { ...hours, always: true })
  await sweep()
  const { startedAt, dueAt } = (await item(id)).clocks.firstAnswer
  expect(Date.parse(dueAt) - Date.parse(startedAt)).toBe(5 * 60_000)
})

test('a promise that is broken is told once; who waits too long becomes urgent', async () => {
  const { body: settings } = await t.owner.caller.get('/api/v1/queue/settings')
  await t.owner.caller.put('/api/v1/queue/settings', { ...settings, escalateAfterMinutes: 30 })
  const id = await ask()
  await sweep()
  t.ahead += 6 * 60_000
  await Promise.all([sweep(), sweep(), sweep()])
  await sweep()
  expect(await facts('sla.breached')).toEqual([
    { type: 'sla.breached', conversationId: id, clock: 'first_answer', memberId: null },
  ])
  expect((await item(id)).clocks.firstAnswer.breachedAt).not.toBeNull()
  await t.ana.caller.post(path(id, 'claim'))
  await t.ana.caller.post(path(id, 'messages'), { text: 'Hello, Ana here.' })
  await sweep()
  expect((await item(id)).clocks).toEqual({ firstAnswer: null, nextAnswer: null, paused: false })
  await t.app.north.machine.post('/api/v1/ingest/messages', {
    conversation: { externalId: `queue-${t.asked}` },
    message: { externalId: 'm2', author: 'contact', text: 'And my refund?' },
  })
  await sweep()
  const { nextAnswer } = (await item(id)).clocks
  expect(Date.parse(nextAnswer.dueAt) - Date.parse(nextAnswer.startedAt)).toBe(10 * 60_000)
  await t.ana.caller.post(path(id, 'release'))
  t.ahead += 31 * 60_000
  await sweep()
  expect(await item(id)).toMatchObject({ priority: 'urgent' })
  expect((await facts('sla.breached')).map((fact) => fact.clock)).toEqual(['first_answer', 'next_answer'])
})
