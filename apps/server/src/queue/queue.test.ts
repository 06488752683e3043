/** The queue as operators meet it: who is offered what, who takes it, and who gives it back. */
import { expect, test } from 'vitest'
import type { Person } from '../test/app.ts'
import { until } from '../test/until.ts'
import { settleQueue } from './index.ts'
import { handsOf, path, q, underTest } from './queue.fixture.ts'

const t = underTest()
const { ask, entriesOf, facts, here, item, settle, sweep } = handsOf(t)

test('who comes online is offered who has waited longest, and accepts by taking over', async () => {
  const first = await ask()
  const second = await ask()
  const urgent = await ask({ priority: 'urgent' })
  expect((await t.ana.caller.get(q)).body.items.map((i: { conversationId: string }) => i.conversationId)).toEqual([
    urgent,
    first,
    second,
  ])
  await settle()
  expect((await item(first)).waits).toEqual({ reason: 'nobody_here', opensAt: null })
  await t.app.north.people.owner.caller.patch(`${q}/operators/${t.ana.memberId}`, {
    caps: { voice: 1, chat: 1, mail: 1 },
  })
  const me = await here(t.ana)
  expect(me).toMatchObject({ state: 'available', offered: [urgent], load: { chat: 1 } })
  expect((await item(urgent)).offer).toMatchObject({ member: { id: t.ana.memberId, name: 'Ana' } })
  expect((await item(first)).waits.reason).toBe('all_full')
  expect((await t.ben.caller.post(path(urgent, 'accept'))).body.code).toBe('offer.gone')
  const accepted = await t.ana.caller.post(path(urgent, 'accept'))
  expect(accepted.body).toMatchObject({
    control: 'operator',
    assignee: { id: t.ana.memberId },
    handoff: { state: 'accepted' },
  })
  expect(await t.ana.caller.post(path(urgent, 'accept')).then((r) => r.body)).toEqual(accepted.body)
  expect(await item(urgent)).toMatchObject({ state: 'held', routed: 'offer', holder: { name: 'Ana' } })
  expect(
    (await t.ana.caller.get(`${q}/mine`)).body.items.map((i: { conversationId: string }) => i.conversationId),
  ).toEqual([urgent])
})

test('a hundred claim at once: one has it, the others are told who', async () => {
  const id = await ask()
  const callers = [t.ana, t.ben, t.owner]
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
  const operator = (p: Person, skills: string[]) => t.owner.caller.patch(`${q}/operators/${p.memberId}`, { skills })
  await operator(t.ana, ['Billing', 'French'])
  await operator(t.ben, ['billing'])
  await here(t.ana)
  await here(t.ben)
  const id = await ask({ skills: ['billing', 'FRENCH'] })
  await settle()
  expect((await item(id)).offer.member.id).toBe(t.ana.memberId)
  const none = await ask({ skills: ['Japanese'] })
  await settle()
  expect((await item(none)).waits.reason).toBe('no_skill')
  await t.owner.caller.patch(`${q}/${none}`, { skills: ['Billing'] })
  await settle()
  // Ana has one already.
  expect((await item(none)).offer.member.id).toBe(t.ben.memberId)
  await t.ben.caller.post(path(none, 'accept'))
  const requestedAt = (await item(none)).requestedAt
  await t.ben.caller.post(path(none, 'release'), { note: 'Needs a look at the boiler.' })
  await settle()
  expect(await item(none)).toMatchObject({
    requestedAt,
    offer: { member: { id: t.ben.memberId } },
    previousOwner: { name: 'Ben' },
  })
  expect((await t.owner.caller.get('/api/v1/skills')).body.items).toMatchObject([
    { name: 'Billing', members: 2 },
    { name: 'French', members: 1 },
  ])
})

test('an offer that runs out goes to the next, at its old place; two in a row and they are not asked any more', async () => {
  const id = await ask()
  await here(t.ana)
  await here(t.ben)
  const { requestedAt, offer } = await item(id)
  expect(Date.parse(offer.until) - Date.parse(offer.at)).toBe(60_000)
  t.ahead += 61_000
  await Promise.all([here(t.ana), here(t.ben)])
  const next = await item(id)
  expect(next).toMatchObject({ requestedAt, misses: 1 })
  expect(next.offer.member.id).not.toBe(offer.member.id)
  // Alone, Ana is asked again, and misses twice.
  await here(t.ben, 'offline')
  await until(async () => (await item(id)).offer?.member.id === t.ana.memberId, 'it is offered to Ana')
  for (let missed = 0; missed < 2; missed++) {
    t.ahead += 61_000
    await touch(t.ana)
    await settle()
  }
  expect((await t.ana.caller.get(`${q}/presence`)).body).toMatchObject({
    state: 'not_responding',
    reason: 'missed',
    offered: [],
  })
  expect(await item(id)).toMatchObject({ state: 'waiting', requestedAt, waits: { reason: 'nobody_here' } })
  await t.ana.caller.post(path(id, 'claim'))
  expect((await t.ana.caller.get(`${q}/presence`)).body).toMatchObject({ state: 'available', holds: [id] })
})

/** Their screen is still there. */
async function touch(person: Person): Promise<void> {
  await t.app.database.owner.query('update queue_operator set seen_at = $1 where member_id = $2', [
    new Date(Date.now() + t.ahead),
    person.memberId,
  ])
}

test('who declines is not asked about it again for a while', async () => {
  const id = await ask()
  await here(t.ana)
  const declined = await t.ana.caller.post(path(id, 'decline'), { note: 'I know them.' })
  expect(declined.body.handoff.state).toBe('queued')
  expect(await item(id)).toMatchObject({ state: 'waiting', waits: { reason: 'all_declined' } })
  await here(t.ben)
  expect((await item(id)).offer.member.id).toBe(t.ben.memberId)
})

test('who leaves gives back what the queue gave, keeps what is theirs, and may keep all', async () => {
  const [offered, claimed] = [await ask(), await ask()]
  await t.ana.caller.post(path(claimed, 'claim'))
  await here(t.ana)
  await t.ana.caller.post(path(offered, 'accept'))
  await here(t.ana, 'busy', { keepWork: true })
  expect((await item(offered)).holder.id).toBe(t.ana.memberId)
  const { requestedAt } = await item(offered)
  await here(t.ana, 'offline')
  expect(await item(offered)).toMatchObject({ state: 'waiting', requestedAt, previousOwner: { id: t.ana.memberId } })
  expect(await item(claimed)).toMatchObject({ state: 'held', holder: { id: t.ana.memberId } })
  expect((await entriesOf(offered))[0].data).toMatchObject({
    type: 'returned_to_queue',
    announcement: expect.any(String),
  })
  // Back again, they are asked first.
  await here(t.ben)
  await here(t.ben, 'offline')
  await here(t.ana)
  expect((await item(offered)).offer.member.id).toBe(t.ana.memberId)
})

test('a browser that died counts as offline; back soon, they are what they were', async () => {
  const id = await ask()
  await here(t.ana)
  await t.ana.caller.post(path(id, 'accept'))
  t.ahead += 46_000
  await sweep()
  expect(await item(id)).toMatchObject({ state: 'waiting', waits: { reason: 'nobody_here' } })
  const [operator] = (await t.owner.caller.get(`${q}/operators`)).body.items.filter(
    (o: { member: { id: string } }) => o.member.id === t.ana.memberId,
  )
  expect(operator).toMatchObject({ state: 'offline', reason: 'gone' })
  expect((await t.ana.caller.get(`${q}/presence`)).body).toMatchObject({ state: 'available', offered: [id] })
})

test('transfer: to a person who is here, to a team; what others hold only by a supervisor', async () => {
  const team = (await t.owner.caller.post('/api/v1/teams', { name: 'Complaints', memberIds: [t.ben.memberId] })).body
  expect((await t.owner.caller.post('/api/v1/teams', { name: 'complaints' })).body.code).toBe('team.exists')
  const id = await ask()
  await t.ana.caller.post(path(id, 'claim'))
  const to = (body: unknown, who = t.ana) => who.caller.post(path(id, 'transfer'), body)
  expect((await to({ memberId: t.ben.memberId }, t.ben)).body).toMatchObject({
    code: 'conversation.taken',
    details: { operator: { name: 'Ana' } },
  })
  expect((await to({ memberId: t.ben.memberId })).body.code).toBe('member.away')
  expect((await to({ memberId: t.app.south.people.ana.memberId })).body.code).toBe('member.not_found')
  await here(t.ben, 'busy')
  expect((await to({ memberId: t.ben.memberId, note: 'Wants a refund.' })).body.assignee.id).toBe(t.ben.memberId)
  expect(await facts('queue.assigned')).toMatchObject([
    { conversationId: id, memberId: t.ben.memberId, by: { id: t.ana.memberId } },
  ])
  expect(await item(id)).toMatchObject({ routed: 'direct', previousOwner: { id: t.ana.memberId } })
  const { requestedAt } = await item(id)
  expect((await to({ teamId: team.id, force: true }, t.ana)).body.code).toBe('conversation.taken')
  expect((await to({ teamId: team.id, force: true }, t.owner)).body.control).toBe('queue')
  expect(await item(id)).toMatchObject({ state: 'waiting', team: { name: 'Complaints' }, requestedAt })
  await here(t.ana)
  expect((await item(id)).waits.reason).toBe('not_on_team')
  await here(t.ben)
  expect((await item(id)).offer.member.id).toBe(t.ben.memberId)
  await t.owner.caller.delete(`/api/v1/teams/${team.id}`)
  expect((await item(id)).team).toBeNull()
})

test('every way out of the queue ends the offer', async () => {
  const ids = [await ask(), await ask(), await ask()]
  await here(t.ana)
  await t.owner.caller.post(path(ids[0]!, 'close'))
  await t.owner.caller.put(path(ids[1]!, 'control'), { control: 'agent' })
  await t.owner.caller.put(path(ids[2]!, 'control'), { control: 'operator' })
  expect((await t.ana.caller.get(`${q}/presence`)).body).toMatchObject({ offered: [], load: { chat: 0 } })
  expect((await t.ana.caller.post(path(ids[2]!, 'accept'))).body).toMatchObject({
    code: 'conversation.taken',
    details: { operator: { name: 'Olga' } },
  })
  expect((await t.ana.caller.post(path(ids[1]!, 'accept'))).body.code).toBe('offer.gone')
})

test('the list goes on page by page, in the order of the queue and with nobody twice', async () => {
  const asked: string[] = []
  for (const priority of ['low', 'urgent', 'normal', 'normal', 'high', 'urgent', 'normal'])
    asked.push(await ask({ priority }))
  const idsOf = (body: { items: { conversationId: string }[] }) => body.items.map((i) => i.conversationId)
  const all = idsOf((await t.ana.caller.get(q)).body)
  expect(all.toSorted()).toEqual(asked.toSorted())
  const paged: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { body } = await t.ana.caller.get(`${q}?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    paged.push(...idsOf(body))
    cursor = body.nextCursor
  }
  expect(paged).toEqual(all)
  expect((await t.ana.caller.get(`${q}?cursor=nonsense`)).status).toBe(400)
})

test('two nodes that offer at once keep everybody’s cap', async () => {
  const second = await t.app.startSecondNode()
  second.node.services.queue.now = t.app.app.node.services.queue.now
  const other = { ...t.app.north.ctx, ...second.node.services }
  for (const { memberId } of [t.ana, t.ben])
    await t.owner.caller.patch(`${q}/operators/${memberId}`, { caps: { voice: 1, chat: 3, mail: 1 } })
  const waiting: string[] = []
  for (let n = 0; n < 12; n++) waiting.push(await ask())
  const bothSettle = () => Promise.all([settle(), settleQueue(other), settle(), settleQueue(other)])
  const loads = async (): Promise<number[]> => {
    const { items } = (await t.owner.caller.get(`${q}/operators`)).body
    const of = ({ memberId }: Person) =>
      items.find((o: { member: { id: string } }) => o.member.id === memberId).load.chat
    return [of(t.ana), of(t.ben)]
  }
  await Promise.all([here(t.ana), here(t.ben), bothSettle()])
  await bothSettle()
  expect(await loads()).toEqual([3, 3])
  const accepting = waiting.flatMap((id) => [t.ana, t.ben].map(({ caller }) => caller.post(path(id, 'accept'))))
  await Promise.all([...accepting, bothSettle(), bothSettle()])
  await bothSettle()
  expect(await loads()).toEqual([3, 3])
  const held = (await t.owner.caller.get(`${q}?state=held`)).body.items
  expect(held).toHaveLength(6)
})

test('an operator who is removed leaves nobody behind', async () => {
  const id = await ask()
  await t.ben.caller.post(path(id, 'claim'))
  expect((await t.owner.caller.delete(`/api/v1/members/${t.ben.memberId}`)).status).toBe(200)
  await sweep()
  expect(await item(id)).toMatchObject({ state: 'waiting', holder: null })
})
