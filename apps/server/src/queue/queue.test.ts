/** The queue as operators meet it: through HTTP, on a real database, with a clock that tests move. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readNow } from '../hours/index.ts'
import { type Person, startTestApp, type TestApp } from '../test/app.ts'
import { until } from '../test/until.ts'
import { settleQueue, sweepQueues } from './index.ts'

let app: TestApp
let ana: Person
let ben: Person
let owner: Person
let offset = 0
const q = '/api/v1/queue'

beforeAll(async () => {
  app = await startTestApp()
  app.app.node.services.queue.now = async (tx) => new Date((await readNow(tx)).getTime() + offset)
  ;({ ana, ben, owner } = app.north.people)
})
afterAll(() => app?.stop())
/** An empty queue, with nobody here. */
beforeEach(async () => {
  offset = 0
  await app.database.owner.query(`
    update conversation set status = 'closed', handoff_state = 'none', control = 'agent' where status = 'active';
    delete from queue_offer; delete from queue_item; delete from queue_operator; delete from business_hours;
    delete from event where type in ('sla.breached', 'queue.assigned')`)
})

let count = 0
async function ask(body: Record<string, unknown> = {}, agent = 'Freya'): Promise<string> {
  const externalId = `queue-${++count}`
  const message = { externalId: 'm1', author: 'contact', text: 'A person, please' }
  const reply = await app.north.machine.post('/api/v1/ingest/messages', {
    conversation: { externalId, agent },
    message,
  })
  expect(reply.status, JSON.stringify(reply.body)).toBe(201)
  const id = reply.body.conversationId
  const asked = await app.north.machine.post(`/api/v1/conversations/${id}/handoff`, { reason: 'too_hard', ...body })
  expect(asked.status, JSON.stringify(asked.body)).toBe(200)
  return id
}
const path = (id: string, verb: string) => `/api/v1/conversations/${id}/${verb}`
const here = async (person: Person, state = 'available', more: Record<string, unknown> = {}) => {
  const reply = await person.caller.put(`${q}/presence`, { state, ...more })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body
}
const settle = () => settleQueue(app.north.ctx)
const sweep = () => sweepQueues(app.app.node.services)
const item = async (id: string) => {
  const all = (await owner.caller.get(`${q}?state=waiting&state=offered&state=held`)).body.items
  return all.find((one: { conversationId: string }) => one.conversationId === id)
}
const entriesOf = async (id: string) => (await owner.caller.get(path(id, 'entries'))).body.items
async function facts(type: string): Promise<Record<string, unknown>[]> {
  const { rows } = await app.database.owner.query('select payload from event where type = $1 order by id', [type])
  return rows.map((row) => row.payload)
}

test('who comes online is offered who has waited longest, and accepts by taking over', async () => {
  const first = await ask()
  const second = await ask()
  const urgent = await ask({ priority: 'urgent' })
  expect((await ana.caller.get(q)).body.items.map((i: { conversationId: string }) => i.conversationId)).toEqual([
    urgent,
    first,
    second,
  ])
  await settle()
  expect((await item(first)).waits).toEqual({ reason: 'nobody_here', opensAt: null })
  await app.north.people.owner.caller.patch(`${q}/operators/${ana.memberId}`, { caps: { voice: 1, chat: 1, mail: 1 } })
  const me = await here(ana)
  expect(me).toMatchObject({ state: 'available', offered: [urgent], load: { chat: 1 } })
  expect((await item(urgent)).offer).toMatchObject({ member: { id: ana.memberId, name: 'Ana' } })
  expect((await item(first)).waits.reason).toBe('all_full')
  expect((await ben.caller.post(path(urgent, 'accept'))).body.code).toBe('offer.gone')
  const accepted = await ana.caller.post(path(urgent, 'accept'))
  expect(accepted.body).toMatchObject({
    control: 'operator',
    assignee: { id: ana.memberId },
    handoff: { state: 'accepted' },
  })
  expect(await ana.caller.post(path(urgent, 'accept')).then((r) => r.body)).toEqual(accepted.body)
  expect(await item(urgent)).toMatchObject({ state: 'held', routed: 'offer', holder: { name: 'Ana' } })
  expect(
    (await ana.caller.get(`${q}/mine`)).body.items.map((i: { conversationId: string }) => i.conversationId),
  ).toEqual([urgent])
})

test('a hundred claim at once: one has it, the others are told who', async () => {
  const id = await ask()
  const callers = [ana, ben, owner]
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) => callers[i % 3]!.caller.post(path(id, 'claim'), {})),
  )
  const winner = (await item(id)).holder
  const by = (person: Person) => answers.filter((_, i) => callers[i % 3] === person)
  for (const person of callers) {
    const [status, ...others] = new Set(by(person).map((answer) => answer.status))
    expect([status, others]).toEqual([person.memberId === winner.id ? 200 : 409, []])
  }
  const lost = answers.filter((answer) => answer.status === 409)
  expect(new Set(lost.map((a) => JSON.stringify([a.body.code, a.body.details.operator])))).toEqual(
    new Set([JSON.stringify(['conversation.taken', winner])]),
  )
  expect((await entriesOf(id)).filter((e: { data: { type?: string } }) => e.data?.type === 'taken_over')).toHaveLength(
    1,
  )
})

test('only somebody with all skills is asked; of those the one who had it before', async () => {
  const operator = (p: Person, skills: string[]) => owner.caller.patch(`${q}/operators/${p.memberId}`, { skills })
  await operator(ana, ['Billing', 'French'])
  await operator(ben, ['billing'])
  await here(ana)
  await here(ben)
  const id = await ask({ skills: ['billing', 'FRENCH'] })
  await settle()
  expect((await item(id)).offer.member.id).toBe(ana.memberId)
  const none = await ask({ skills: ['Japanese'] })
  await settle()
  expect((await item(none)).waits.reason).toBe('no_skill')
  await owner.caller.patch(`${q}/${none}`, { skills: ['Billing'] })
  await settle()
  // Ana has one already.
  expect((await item(none)).offer.member.id).toBe(ben.memberId)
  await ben.caller.post(path(none, 'accept'))
  const requestedAt = (await item(none)).requestedAt
  await ben.caller.post(path(none, 'release'), { note: 'Needs a look at the boiler.' })
  await settle()
  expect(await item(none)).toMatchObject({
    requestedAt,
    offer: { member: { id: ben.memberId } },
    previousOwner: { name: 'Ben' },
  })
  expect((await owner.caller.get('/api/v1/skills')).body.items).toMatchObject([
    { name: 'Billing', members: 2 },
    { name: 'French', members: 1 },
  ])
})

test('an offer that runs out goes to the next, at its old place; two in a row and they are not asked any more', async () => {
  const id = await ask()
  await here(ana)
  await here(ben)
  const { requestedAt, offer } = await item(id)
  expect(Date.parse(offer.until) - Date.parse(offer.at)).toBe(60_000)
  offset += 61_000
  await Promise.all([here(ana), here(ben)])
  const next = await item(id)
  expect(next).toMatchObject({ requestedAt, misses: 1 })
  expect(next.offer.member.id).not.toBe(offer.member.id)
  // Alone, Ana is asked again, and misses twice.
  await here(ben, 'offline')
  await until(async () => (await item(id)).offer?.member.id === ana.memberId, 'it is offered to Ana')
  for (let missed = 0; missed < 2; missed++) {
    offset += 61_000
    await touch(ana)
    await settle()
  }
  expect((await ana.caller.get(`${q}/presence`)).body).toMatchObject({
    state: 'not_responding',
    reason: 'missed',
    offered: [],
  })
  expect(await item(id)).toMatchObject({ state: 'waiting', requestedAt, waits: { reason: 'nobody_here' } })
  await ana.caller.post(path(id, 'claim'))
  expect((await ana.caller.get(`${q}/presence`)).body).toMatchObject({ state: 'available', holds: [id] })
})

/** Their screen is still there. */
async function touch(person: Person): Promise<void> {
  await app.database.owner.query('update queue_operator set seen_at = $1 where member_id = $2', [
    new Date(Date.now() + offset),
    person.memberId,
  ])
}

test('who declines is not asked about it again for a while', async () => {
  const id = await ask()
  await here(ana)
  const declined = await ana.caller.post(path(id, 'decline'), { note: 'I know them.' })
  expect(declined.body.handoff.state).toBe('queued')
  expect(await item(id)).toMatchObject({ state: 'waiting', waits: { reason: 'all_declined' } })
  await here(ben)
  expect((await item(id)).offer.member.id).toBe(ben.memberId)
})

test('who leaves gives back what the queue gave, keeps what is theirs, and may keep all', async () => {
  const [offered, claimed] = [await ask(), await ask()]
  await ana.caller.post(path(claimed, 'claim'))
  await here(ana)
  await ana.caller.post(path(offered, 'accept'))
  await here(ana, 'busy', { keepWork: true })
  expect((await item(offered)).holder.id).toBe(ana.memberId)
  const { requestedAt } = await item(offered)
  await here(ana, 'offline')
  expect(await item(offered)).toMatchObject({ state: 'waiting', requestedAt, previousOwner: { id: ana.memberId } })
  expect(await item(claimed)).toMatchObject({ state: 'held', holder: { id: ana.memberId } })
  expect((await entriesOf(offered))[0].data).toMatchObject({
    type: 'returned_to_queue',
    announcement: expect.any(String),
  })
  // Back again, they are asked first.
  await here(ben)
  await here(ben, 'offline')
  await here(ana)
  expect((await item(offered)).offer.member.id).toBe(ana.memberId)
})

test('a browser that died counts as offline; back soon, they are what they were', async () => {
  const id = await ask()
  await here(ana)
  await ana.caller.post(path(id, 'accept'))
  offset += 46_000
  await sweep()
  expect(await item(id)).toMatchObject({ state: 'waiting', waits: { reason: 'nobody_here' } })
  const [operator] = (await owner.caller.get(`${q}/operators`)).body.items.filter(
    (o: { member: { id: string } }) => o.member.id === ana.memberId,
  )
  expect(operator).toMatchObject({ state: 'offline', reason: 'gone' })
  expect((await ana.caller.get(`${q}/presence`)).body).toMatchObject({ state: 'available', offered: [id] })
})

test('transfer: to a person who is here, to a team; what others hold only by a supervisor', async () => {
  const team = (await owner.caller.post('/api/v1/teams', { name: 'Complaints', memberIds: [ben.memberId] })).body
  expect((await owner.caller.post('/api/v1/teams', { name: 'complaints' })).body.code).toBe('team.exists')
  const id = await ask()
  await ana.caller.post(path(id, 'claim'))
  const to = (body: unknown, who = ana) => who.caller.post(path(id, 'transfer'), body)
  expect((await to({ memberId: ben.memberId }, ben)).body).toMatchObject({
    code: 'conversation.taken',
    details: { operator: { name: 'Ana' } },
  })
  expect((await to({ memberId: ben.memberId })).body.code).toBe('member.away')
  expect((await to({ memberId: app.south.people.ana.memberId })).body.code).toBe('member.not_found')
  await here(ben, 'busy')
  expect((await to({ memberId: ben.memberId, note: 'Wants a refund.' })).body.assignee.id).toBe(ben.memberId)
  expect(await facts('queue.assigned')).toMatchObject([
    { conversationId: id, memberId: ben.memberId, by: { id: ana.memberId } },
  ])
  expect(await item(id)).toMatchObject({ routed: 'direct', previousOwner: { id: ana.memberId } })
  const { requestedAt } = await item(id)
  expect((await to({ teamId: team.id, force: true }, ana)).body.code).toBe('conversation.taken')
  expect((await to({ teamId: team.id, force: true }, owner)).body.control).toBe('queue')
  expect(await item(id)).toMatchObject({ state: 'waiting', team: { name: 'Complaints' }, requestedAt })
  await here(ana)
  expect((await item(id)).waits.reason).toBe('not_on_team')
  await here(ben)
  expect((await item(id)).offer.member.id).toBe(ben.memberId)
  await owner.caller.delete(`/api/v1/teams/${team.id}`)
  expect((await item(id)).team).toBeNull()
})

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
  const set = await owner.caller.put('/api/v1/hours', hours)
  expect(set.body).toMatchObject({ open: false, changesAt: expect.stringContaining('T09:00:00') })
  await here(ana)
  const id = await ask()
  await sweep()
  await sweep()
  const opensAt = set.body.changesAt
  expect(await item(id)).toMatchObject({ waits: { reason: 'out_of_hours', opensAt }, clocks: { paused: true } })
  expect((await item(id)).clocks.firstAnswer.dueAt).toBe(new Date(Date.parse(opensAt) + 5 * 60_000).toISOString())
  const told = (await entriesOf(id)).filter((e: { data: { type?: string } }) => e.data?.type === 'out_of_hours')
  expect(told).toHaveLength(1)
  expect(told[0].data.announcement).toMatch(/^Closed until .*09:00/)
  offset = Date.parse(opensAt) - Date.now() + 1000
  await here(ana)
  expect((await item(id)).offer.member.id).toBe(ana.memberId)
  // Open for good: counted anew, from the request.
  await owner.caller.put('/api/v1/hours', { ...hours, always: true })
  await sweep()
  const { startedAt, dueAt } = (await item(id)).clocks.firstAnswer
  expect(Date.parse(dueAt) - Date.parse(startedAt)).toBe(5 * 60_000)
})

test('a promise that is broken is told once; who waits too long becomes urgent', async () => {
  const id = await ask()
  await sweep()
  offset += 6 * 60_000
  await Promise.all([sweep(), sweep(), sweep()])
  await sweep()
  expect(await facts('sla.breached')).toEqual([
    { type: 'sla.breached', conversationId: id, clock: 'first_answer', memberId: null },
  ])
  expect((await item(id)).clocks.firstAnswer.breachedAt).not.toBeNull()
  await ana.caller.post(path(id, 'claim'))
  await ana.caller.post(path(id, 'messages'), { text: 'Hello, Ana here.' })
  await sweep()
  expect((await item(id)).clocks).toEqual({ firstAnswer: null, nextAnswer: null, paused: false })
  await app.north.machine.post('/api/v1/ingest/messages', {
    conversation: { externalId: `queue-${count}` },
    message: { externalId: 'm2', author: 'contact', text: 'And my refund?' },
  })
  await sweep()
  const { nextAnswer } = (await item(id)).clocks
  expect(Date.parse(nextAnswer.dueAt) - Date.parse(nextAnswer.startedAt)).toBe(10 * 60_000)
  await ana.caller.post(path(id, 'release'))
  offset += 31 * 60_000
  await sweep()
  expect(await item(id)).toMatchObject({ priority: 'urgent' })
  expect((await facts('sla.breached')).map((fact) => fact.clock)).toEqual(['first_answer', 'next_answer'])
})

test('every way out of the queue ends the offer', async () => {
  const ids = [await ask(), await ask(), await ask()]
  await here(ana)
  await owner.caller.post(path(ids[0]!, 'close'))
  await owner.caller.put(path(ids[1]!, 'control'), { control: 'agent' })
  await owner.caller.put(path(ids[2]!, 'control'), { control: 'operator' })
  expect((await ana.caller.get(`${q}/presence`)).body).toMatchObject({ offered: [], load: { chat: 0 } })
  expect((await ana.caller.post(path(ids[2]!, 'accept'))).body).toMatchObject({
    code: 'conversation.taken',
    details: { operator: { name: 'Olga' } },
  })
  expect((await ana.caller.post(path(ids[1]!, 'accept'))).body.code).toBe('offer.gone')
})

test('an operator who is removed leaves nobody behind', async () => {
  const id = await ask()
  await ben.caller.post(path(id, 'claim'))
  expect((await owner.caller.delete(`/api/v1/members/${ben.memberId}`)).status).toBe(200)
  await sweep()
  expect(await item(id)).toMatchObject({ state: 'waiting', holder: null })
})
