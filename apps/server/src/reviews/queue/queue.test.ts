/** The review queue: each review to one person, worst first, back when the time is over; and flags that people judged. */
import type { NextReview, ReviewQueueItem } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/app.ts'
import type { Caller } from '../../test/caller.ts'
import { reasonsOf, weightOf } from './weigh.ts'

let app: TestApp
let ana: Caller
let ben: Caller
let count = 0
beforeAll(async () => {
  app = await startTestApp()
  ana = app.north.people.ana.caller
  ben = app.north.people.ben.caller
})
afterAll(() => app?.stop())

const FINE: [string, string][] = [
  ['contact', 'Hi, do you ship the blue kettle to Norway, and what does the delivery cost?'],
  ['agent', 'Yes, we ship the blue kettle to Norway. The delivery costs 9 euros.'],
  ['contact', 'Great, thank you very much for the quick answer! That is all.'],
  ['agent', 'You are welcome. Have a nice day!'],
]
const ANGRY: [string, string][] = [
  ['contact', 'Where is my order? I have been waiting for it for two weeks now.'],
  ['agent', 'I am sorry, I cannot help with that.'],
  ['contact', 'This is terrible, I am very angry. I want to speak to a human being right now please!'],
  ['agent', 'I am sorry, I cannot help with that.'],
  ['contact', 'This is useless and horrible. Let me speak to a human being now!'],
  ['agent', 'I am sorry, I cannot help with that.'],
]
const say = (externalId: string, [author, text]: [string, string], key: string) =>
  app.north.machine.post('/api/v1/ingest/messages', {
    conversation: { externalId },
    message: { externalId: key, author, text },
  })
async function reviewed(messages = FINE): Promise<{ id: string; externalId: string }> {
  const externalId = `queue-${++count}`
  let id = ''
  for (const [i, message] of messages.entries())
    id = (await say(externalId, message, `m${i}`)).body.conversationId as string
  expect((await ana.post(`/api/v1/conversations/${id}/review`)).status).toBe(201)
  return { id, externalId }
}
/** Only what this test made. */
const clear = () => app.database.owner.query('delete from conversation')
const next = async (who: Caller, filter = {}): Promise<NextReview> => {
  const reply = await who.post('/api/v1/review-queue/next', { filter })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body
}
const list = async (
  who: Caller,
  query = '',
): Promise<{ items: ReviewQueueItem[]; total: number; flags: { code: string }[] }> =>
  (await who.get(`/api/v1/review-queue?${query}`)).body
const ids = (items: ReviewQueueItem[]) => items.map(({ conversation }) => conversation.id)
const path = (id: string, rest: string) => `/api/v1/review-queue/${id}${rest}`
const expire = (id: string) =>
  app.database.owner.query(`update review_lock set until = now() - interval '1 second' where conversation_id = $1`, [
    id,
  ])

test('the worst comes first, with why it is here; filters narrow it, and a sample is the same for everybody', async () => {
  await clear()
  const fine = await reviewed()
  const angry = await reviewed(ANGRY)
  const all = await list(ana)
  expect(ids(all.items)).toEqual([angry.id, fine.id])
  const [first] = all.items
  expect(first!.why.some(({ kind, code }) => kind === 'flag' && code !== null)).toBe(true)
  expect(first!.weight).toBe(weightOf(first!.why))
  const { code } = all.flags[0]!
  expect(ids((await list(ana, `flag=${code}`)).items)).toEqual([angry.id])
  const band = first!.score! < 40 ? 'veryLow' : 'low'
  expect(ids((await list(ana, `band=${band}&band=none`)).items)).not.toContain(fine.id)
  expect((await list(ana, 'to=2020-01-01T00:00:00Z')).total).toBe(0)
  const half = ids((await list(ana, 'sample=50&seed=x')).items)
  expect(ids((await list(ben, 'sample=50&seed=x')).items)).toEqual(half)
  expect((await list(ana, 'sample=100')).total).toBe(2)
})

test('weights say what they rest on', () => {
  const facts = { flags: [], score: 90, rating: null, confidence: 0.9, drawn: false }
  expect(reasonsOf(facts)).toEqual([])
  const kinds = (changed: Partial<Parameters<typeof reasonsOf>[0]>) =>
    reasonsOf({ ...facts, ...changed }).map((r) => r.kind)
  expect(kinds({ rating: 1 })).toEqual(['rating', 'disagreement'])
  expect(kinds({ confidence: 0.1, drawn: true })).toEqual(['confidence', 'sample'])
  const urgent = Array.from({ length: 5 }, (_, i) => ({ code: `f${i}`, severity: 'urgent' as const }))
  expect(weightOf(reasonsOf({ ...facts, flags: urgent }))).toBe(90)
})

test('of many at once each review has one winner, and nobody gets two', async () => {
  await clear()
  const made = [await reviewed(), await reviewed(), await reviewed(ANGRY)]
  const { owner } = app.north.people
  for (const { id } of made) {
    const tries = await Promise.all([ana, ben, owner.caller, ana, ben].map((who) => who.put(path(id, '/lock'))))
    const names = new Set(tries.filter(({ status }) => status === 200).map(({ body }) => body.lock.by.name))
    expect(names.size).toBe(1)
    for (const { status, body } of tries.filter(({ status }) => status !== 200))
      expect({ status, code: body.code, by: body.details?.by?.name ?? body.by?.name }).toEqual({
        status: 409,
        code: 'review.locked',
        by: [...names][0],
      })
    for (const who of [ana, ben, owner.caller]) await who.delete(path(id, '/lock'))
  }
  const taken = await Promise.all([ana, ben, owner.caller, ana].map((who) => next(who)))
  expect(new Set(taken.map(({ item }) => item!.conversation.id)).size).toBe(3)
  expect(taken[3]!.item!.conversation.id).toBe(taken[0]!.item!.conversation.id)
})

test('a lock lasts while it is renewed, frees the review when its time is over, and shows who has it', async () => {
  await clear()
  const { id } = await reviewed()
  expect((await next(ana)).item?.conversation.id).toBe(id)
  expect((await next(ben)).item).toBeNull()
  expect((await list(ben)).items[0]!.lock!.by.name).toBe('Ana')
  const until = async () => Date.parse((await list(ben)).items[0]!.lock!.until)
  await app.database.owner.query(
    `update review_lock set until = now() + interval '1 second', seen_at = now() - interval '40 seconds'`,
  )
  const before = await until()
  expect((await ana.put(path(id, '/lock'))).status).toBe(200)
  expect(await until()).toBeGreaterThan(before)
  await expire(id)
  expect((await next(ben)).item?.conversation.id).toBe(id)
  expect((await ana.put(path(id, '/lock'))).body.code).toBe('review.locked')
})

test('done brings the next in the same answer, counts once, and comes back with new messages only', async () => {
  await clear()
  const [first, second] = [await reviewed(ANGRY), await reviewed()]
  const { item } = await next(ana)
  expect(item!.conversation.id).toBe(first.id)
  await app.database.owner.query(`update review_lock set seen_at = now() - interval '40 seconds'`)
  const body = { reviewId: item!.reviewId, agreed: ['answered'], filter: { zone: 'Pacific/Auckland' } }
  expect((await ben.post(path(first.id, '/done'), body)).body.code).toBe('review.locked')
  const done = await ana.post(path(first.id, '/done'), body)
  expect(done.body.item.conversation.id).toBe(second.id)
  expect(done.body.progress.me).toMatchObject({ done: 1, goalMinutes: 10 })
  expect(done.body.progress.me.seconds).toBeGreaterThanOrEqual(40)
  expect(done.body.progress.team).toMatchObject([{ member: { name: 'Ana' }, done: 1 }])
  expect((await ana.post(path(first.id, '/done'), body)).body.progress.me.done).toBe(1)
  expect(ids((await list(ben)).items)).toEqual([second.id])
  expect(ids((await list(ben, 'checked=true')).items)).toEqual([first.id])
  await ana.post(`/api/v1/conversations/${first.id}/review`)
  expect(ids((await list(ben)).items), 'the same messages were checked').toEqual([second.id])
  await say(first.externalId, ['contact', 'Nobody has called me. Where is my order?'], 'more')
  await ana.post(`/api/v1/conversations/${first.id}/review`)
  expect(ids((await list(ben)).items)).toContain(first.id)
  const old = await ben.post(path(first.id, '/done'), body)
  expect(old.body.code).toBe('review.outdated')
})

test('skipped goes to others, and comes back to oneself later', async () => {
  await clear()
  const { id } = await reviewed()
  await next(ana)
  expect((await ana.post(path(id, '/skip'), { minutes: 30 })).body.item).toBeNull()
  expect((await next(ana)).item).toBeNull()
  expect((await next(ben)).item?.conversation.id).toBe(id)
  await ben.delete(path(id, '/lock'))
  await app.database.owner.query(`update review_skip set until = now() - interval '1 second'`)
  expect((await next(ana)).item?.conversation.id).toBe(id)
})

test('the day is the reader’s, and the goal their own', async () => {
  const progress = async (who: Caller, zone: string) =>
    (await who.get(`/api/v1/review-queue/progress?zone=${zone}`)).body
  for (const zone of ['Pacific/Auckland', 'America/Los_Angeles']) {
    const { day, beginsAt } = await progress(ana, zone)
    const local = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    expect(local.format(new Date(beginsAt))).toBe(`${day} 00:00`)
  }
  expect((await ana.put('/api/v1/review-queue/goal', { minutes: 25 })).body).toEqual({ minutes: 25 })
  expect((await progress(ana, 'UTC')).me.goalMinutes).toBe(25)
  expect((await progress(ben, 'UTC')).me.goalMinutes).toBe(10)
  expect((await ana.get('/api/v1/review-queue/progress?zone=Mars/Olympus')).status).toBe(400)
})

test('a dismissed flag leaves the filter, is counted by its reason, and new evidence opens it again', async () => {
  await clear()
  const { id, externalId } = await reviewed(ANGRY)
  const flags = async () => (await ana.get(`/api/v1/conversations/${id}/flags`)).body.items
  const { code, evidence } = (await flags())[0]
  for (const flag of (await flags()).filter((one: { code: string }) => one.code === code)) {
    const at = `/api/v1/conversations/${id}/flags/${flag.id}`
    expect((await ana.patch(at, { state: 'dismissed' })).status).toBe(400)
    expect((await ana.patch(at, { state: 'dismissed', why: 'other' })).status).toBe(400)
    expect(
      (await ana.patch(at, { state: 'dismissed', why: 'not_true', reason: 'It was said twice' })).body.resolved,
    ).toMatchObject({
      by: { name: 'Ana' },
      why: 'not_true',
    })
  }
  expect((await list(ana, `flag=${code}`)).total).toBe(0)
  expect((await ana.get(`/api/v1/conversations?flag=${code}`)).body.items).toEqual([])
  const counted = (await ana.get('/api/v1/review-queue/dismissals')).body.items
  expect(counted.find((one: { code: string }) => one.code === code).why).toContainEqual({
    why: 'not_true',
    count: expect.any(Number),
  })
  const { body: audit } = await app.north.people.owner.caller.get('/api/v1/audit-log')
  expect(audit.items[0]).toMatchObject({ action: 'flag.dismissed', actor: 'Ana', details: { code, why: 'not_true' } })
  await ana.post(`/api/v1/conversations/${id}/review`)
  expect((await flags()).find((one: { code: string }) => one.code === code)).toMatchObject({ state: 'dismissed' })
  for (const [i, message] of ANGRY.slice(2).entries()) await say(externalId, message, `again${i}`)
  await ana.post(`/api/v1/conversations/${id}/review`)
  const more = (await flags()).filter((one: { code: string; evidence: unknown }) => one.code === code)
  const grown = more.find((one: { evidence: { position: number }[] }) =>
    one.evidence.some(({ position }) => !evidence.some((old: { position: number }) => old.position === position)),
  )
  expect(grown).toMatchObject({ state: 'open', reopened: { state: 'dismissed', why: 'not_true', by: { name: 'Ana' } } })
})

test('the emotions of each message of the contact is told, also of those after the review', async () => {
  await clear()
  const { id, externalId } = await reviewed(ANGRY)
  await say(externalId, ['contact', 'Thank you so much, this is wonderful, I am happy now!'], 'late')
  const { items, total } = (await ana.get(`/api/v1/conversations/${id}/emotions`)).body
  expect(items.map((one: { position: number }) => one.position)).toEqual([1, 3, 5, 7])
  expect(total).toBe(4)
  expect(items[1].polarity).toBeLessThan(0)
  expect(items[3].polarity).toBeGreaterThan(0)
})

test('who answered in it does not check it; a viewer and a machine may not; another workspace finds nothing', async () => {
  await clear()
  const { id } = await reviewed()
  await ben.put(`/api/v1/conversations/${id}/control`, { control: 'operator' })
  await ben.post(`/api/v1/conversations/${id}/messages`, { text: 'Hello, this is Ben.' })
  await ana.post(`/api/v1/conversations/${id}/review`)
  const { item } = await next(ana)
  expect(item?.conversation.id).toBe(id)
  await ana.delete(path(id, '/lock'))
  const role = app.north.people.ben.role
  if (role === 'operator') {
    expect((await next(ben)).item).toBeNull()
    expect((await ben.put(path(id, '/lock'))).body.code).toBe('review.own_work')
    expect((await ben.post(path(id, '/done'), { reviewId: item!.reviewId })).body.code).toBe('review.own_work')
  }
  const { viewer } = app.north.people
  for (const who of [viewer.caller, app.north.machine]) {
    expect((await who.get('/api/v1/review-queue')).status).toBe(403)
    expect((await who.put(path(id, '/lock'))).status).toBe(403)
  }
  const stranger = app.south.people.ana.caller
  expect((await list(stranger)).total).toBe(0)
  expect((await next(stranger)).item).toBeNull()
  for (const reply of [
    await stranger.put(path(id, '/lock')),
    await stranger.post(path(id, '/done'), { reviewId: item!.reviewId }),
    await stranger.post(path(id, '/skip'), {}),
    await stranger.get(`/api/v1/conversations/${id}/emotions`),
  ])
    expect(reply.status).toBe(404)
})
