/** The queue over HTTP on a real database, with a clock that tests move: what its tests share. Each test begins with nobody waiting, nobody here. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { readNow } from '../hours/index.ts'
import { type Person, startTestApp, type TestApp } from '../test/app.ts'
import { settleQueue, sweepQueues } from './index.ts'

export const q = '/api/v1/queue'
export const path = (id: string, verb: string) => `/api/v1/conversations/${id}/${verb}`

export interface QueueUnderTest {
  app: TestApp
  ana: Person
  ben: Person
  owner: Person
  /** How far the queue's clock is ahead, in milliseconds. */
  ahead: number
  asked: number
}

const CLEAR = `
  update conversation set status = 'closed', handoff_state = 'none', control = 'agent' where status = 'active';
  delete from queue_offer; delete from queue_item; delete from queue_operator; delete from business_hours;
  delete from event where type in ('sla.breached', 'queue.assigned')`

/** Filled before the first test runs. */
export function underTest(): QueueUnderTest {
  const t = { ahead: 0, asked: 0 } as QueueUnderTest
  beforeAll(async () => {
    t.app = await startTestApp()
    t.app.app.node.services.queue.now = async (tx) => new Date((await readNow(tx)).getTime() + t.ahead)
    const { ana, ben, owner } = t.app.north.people
    Object.assign(t, { ana, ben, owner })
  })
  afterAll(() => t.app?.stop())
  beforeEach(async () => {
    t.ahead = 0
    await clear(t)
  })
  return t
}

/** A sweep or an agent at work may hold the same rows in another order. */
async function clear(t: QueueUnderTest, tries = 5): Promise<void> {
  try {
    await t.app.database.owner.query(CLEAR)
  } catch (error) {
    if ((error as { code?: string }).code !== '40P01' || tries <= 1) throw error
    await clear(t, tries - 1)
  }
}

/** What tests do and look at. */
export const handsOf = (t: QueueUnderTest) => ({
  settle: () => settleQueue(t.app.north.ctx),
  sweep: () => sweepQueues(t.app.app.node.services),
  async ask(body: Record<string, unknown> = {}): Promise<string> {
    const conversation = { externalId: `queue-${++t.asked}`, agent: 'Freya' }
    const message = { externalId: 'm1', author: 'contact', text: 'A person, please' }
    const reply = await t.app.north.machine.post('/api/v1/ingest/messages', { conversation, message })
    expect(reply.status, JSON.stringify(reply.body)).toBe(201)
    const id = reply.body.conversationId
    const asked = await t.app.north.machine.post(path(id, 'handoff'), { reason: 'too_hard', ...body })
    expect(asked.status, JSON.stringify(asked.body)).toBe(200)
    return id
  },
  async here(person: Person, state = 'available', more: Record<string, unknown> = {}) {
    const reply = await person.caller.put(`${q}/presence`, { state, ...more })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    return reply.body
  },
  async item(id: string) {
    const all = (await t.owner.caller.get(`${q}?state=waiting&state=offered&state=held`)).body.items
    return all.find((one: { conversationId: string }) => one.conversationId === id)
  },
  entriesOf: async (id: string) => (await t.owner.caller.get(path(id, 'entries'))).body.items,
  async facts(type: string): Promise<Record<string, unknown>[]> {
    const { rows } = await t.app.database.owner.query('select payload from event where type = $1 order by id', [type])
    return rows.map((row) => row.payload)
  },
})
