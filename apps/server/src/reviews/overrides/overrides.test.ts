/** People against the review: both values are kept, the person's counts, everybody is told, and it can be taken back. */
import type { AnalysisQuality, Review } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transact } from '../../platform/context.ts'
import { startTestApp, type TestApp } from '../../test/app.ts'
import type { Caller } from '../../test/caller.ts'
import { until } from '../../test/until.ts'
import { findExamples } from '../agreement/examples.ts'

let app: TestApp
let ana: Caller
let ben: Caller
let owner: Caller
beforeAll(async () => {
  app = await startTestApp()
  const { people } = app.north
  ana = people.ana.caller
  ben = people.ben.caller
  owner = people.owner.caller
})
afterAll(() => app?.stop())

let count = 0
const TALK: [author: string, text: string][] = [
  ['contact', 'Hi, do you ship the blue kettle to Norway, and what does it cost?'],
  ['agent', 'Yes, we ship to Norway. Delivery costs 9 euros and takes four days.'],
  ['contact', 'And can I send it back when I do not like the colour of it?'],
  ['agent', 'Yes, within thirty days.'],
  ['contact', 'Great, thank you!'],
]
async function reviewed(talk = TALK) {
  const externalId = `overruled-${++count}`
  let id = ''
  const say = async (author: string, text: string, key: string) => {
    const reply = await app.north.machine.post('/api/v1/ingest/messages', {
      conversation: { externalId, agent: 'Freya' },
      message: { externalId: key, author, text },
    })
    expect(reply.status, JSON.stringify(reply.body)).toBe(201)
    id = reply.body.conversationId
  }
  for (const [i, [author, text]] of talk.entries()) await say(author, text, `m${i}`)
  const path = `/api/v1/conversations/${id}`
  const review: Review = (await owner.post(`${path}/review`)).body
  return { id, path, review, say }
}
const pointsOf = (review: Review, key: string) => review.quality.parts.find((part) => part.key === key)!.points
/** As the rubric weighs it, done apart from the product's own sum. */
function expectedScore(review: Review, key: string, value: number): number {
  const parts = review.quality.parts.filter((part) => part.applicable)
  const points = parts.map((part) => (part.key === key ? value : part.points))
  const most = parts.map((part) => part.max)
  return Math.round((100 * points.reduce((a, b) => a + b)) / most.reduce((a, b) => a + b))
}
const overrule = (caller: Caller, path: string, review: Review, wish: object) =>
  caller.post(`${path}/review/overrides`, { reviewId: review.id, reason: 'The colour was the point.', ...wish })
const audit = async () => (await owner.get('/api/v1/audit-log')).body.items

test('a part overruled: both values stay, the score goes by the person, the audit log and the screens know', async () => {
  const { id, path, review } = await reviewed()
  const { cursor } = (await ben.get('/api/v1/live/events')).body
  const engine = pointsOf(review, 'answered')
  const value = engine === 3 ? 4 : 3
  const { status, body } = await overrule(ana, path, review, { field: 'part', part: 'answered', value })
  expect([status, pointsOf(body, 'answered'), body.quality.score]).toEqual([201, engine, review.quality.score])
  expect(body.overrides).toMatchObject([
    { field: 'part', part: 'answered', review: engine, person: value, max: 30, by: { name: 'Ana' }, ended: null },
  ])
  const score = expectedScore(review, 'answered', value)
  expect(score).not.toBe(review.quality.score)
  expect(body.effective.score).toBe(score)
  expect((await ben.get(path)).body.quality).toBe(score)
  const listed = await ben.get(`/api/v1/conversations?minQuality=${score}&maxQuality=${score}`)
  expect(listed.body.items.map((c: { id: string }) => c.id)).toContain(id)
  expect(await audit()).toContainEqual(
    expect.objectContaining({
      actor: 'Ana',
      action: 'review.overruled',
      subject: id,
      details: expect.objectContaining({ part: 'answered', from: engine, to: value }),
    }),
  )
  const told = async () => (await ben.get(`/api/v1/live/events?cursor=${cursor}`)).body.events
  await until(
    async () => (await told()).some((e: { type: string }) => e.type === 'review.overruled'),
    'screens are told',
  )
  expect(await told()).toContainEqual(
    expect.objectContaining({ conversation: expect.objectContaining({ id, quality: score }) }),
  )
})

test('taking it back makes the review count again, and keeps who did what', async () => {
  const { id, path, review } = await reviewed()
  const first = (await overrule(ana, path, review, { field: 'part', part: 'answered', value: 1 })).body
  const second = (await overrule(ben, path, review, { field: 'part', part: 'answered', value: 2 })).body
  expect(second.overrides).toMatchObject([
    { person: 2, ended: null },
    { person: 1, ended: { how: 'replaced', by: { name: 'Ben' } } },
  ])
  expect((await ana.delete(`${path}/review/overrides/${first.overrides[0].id}`)).body.code).toBe('override.not_found')
  expect((await ana.delete(`${path}/review/overrides/${second.overrides[0].id}`)).body.ended.how).toBe('undone')
  const after = (await ana.get(`${path}/review`)).body
  expect([after.effective.score, after.overrides.length]).toEqual([review.quality.score, 2])
  expect((await ana.get(path)).body.quality).toBe(review.quality.score)
  expect(await audit()).toContainEqual(
    expect.objectContaining({ action: 'review.override_undone', subject: id, actor: 'Ana' }),
  )
})

test('stage and outcome become the person’s own, and go back by undo', async () => {
  const { path, review } = await reviewed()
  const before = (await ana.get(path)).body
  const staged = await overrule(ana, path, review, { field: 'stage', value: 'opportunity' })
  expect(staged.status, JSON.stringify(staged.body)).toBe(201)
  await overrule(ana, path, review, { field: 'stage', value: 'contacted' })
  const ended = await overrule(ana, path, review, { field: 'outcome', value: 'failed' })
  expect((await ana.get(path)).body).toMatchObject({ stage: { key: 'contacted' }, outcome: 'failed' })
  await owner.post(`${path}/review`)
  expect((await ana.get(path)).body).toMatchObject({ stage: { key: 'contacted' }, outcome: 'failed' })
  for (const { id, ended: over } of ended.body.overrides)
    if (!over) expect((await ana.delete(`${path}/review/overrides/${id}`)).status).toBe(200)
  expect((await ana.get(path)).body).toMatchObject({ stage: before.stage, outcome: before.outcome })
})

test('a new review starts without the points of people, says so, and leaves what they know of the result', async () => {
  const { path, review, say } = await reviewed()
  await overrule(ana, path, review, { field: 'part', part: 'answered', value: 2 })
  await overrule(ana, path, review, { field: 'resolution', value: 'verified' })
  const again: Review = (await owner.post(`${path}/review`)).body
  expect(again).toMatchObject({ overrides: [], earlierOverrides: 2, resolution: 'verified' })
  expect(again.effective.score).toBe(again.quality.score)
  expect((await ana.get(path)).body).toMatchObject({ resolution: 'verified', quality: again.quality.score })
  const { items } = (await ana.get(`${path}/reviews`)).body
  expect(items[1].overrides).toHaveLength(2)
  await say('contact', 'It is still not here, and nobody answers me!', 'later')
  const third: Review = (await owner.post(`${path}/review`)).body
  expect(third.resolution).not.toBe('verified')
  expect((await ana.get(path)).body.resolution).toBe(third.resolution)
})

test('refused: what the review says, what it does not have, an older review, and who may not', async () => {
  const { path, review } = await reviewed()
  const part = { field: 'part', part: 'answered' }
  const code = async (caller: Caller, wish: object) => {
    const { status, body } = await overrule(caller, path, review, wish)
    return [status, body.code]
  }
  expect(await code(ana, { ...part, value: pointsOf(review, 'answered') })).toEqual([409, 'review.agrees'])
  expect(await code(ana, { ...part, part: 'charm', value: 1 })).toEqual([409, 'review.part_not_found'])
  expect(await code(ana, { ...part, value: 31 })).toEqual([400, 'request.invalid'])
  expect(await code(ana, { ...part, value: 1, reason: '  ' })).toEqual([400, 'request.invalid'])
  expect(await code(app.north.people.viewer.caller, { ...part, value: 1 })).toEqual([403, 'auth.forbidden'])
  expect(await code(app.south.people.owner.caller, { ...part, value: 1 })).toEqual([404, 'conversation.not_found'])
  await owner.post(`${path}/review`)
  expect(await code(ana, { ...part, value: 1 })).toEqual([409, 'review.outdated'])
})

test('an operator does not judge answers of their own; a supervisor may', async () => {
  const talk = TALK.filter(([author]) => author === 'contact')
  const { path } = await reviewed(talk)
  await ana.put(`${path}/control`, { control: 'operator' })
  await ana.post(`${path}/messages`, { text: 'Yes, we ship to Norway for 9 euros.' })
  await ana.post(`${path}/messages`, { text: 'You can send it back within thirty days.' })
  const review: Review = (await ana.post(`${path}/review`)).body
  expect(review.quality.judged).toBe('human')
  const wish = { field: 'part', part: 'answered', value: 1 }
  expect((await overrule(ana, path, review, wish)).body.code).toBe('review.own_work')
  expect((await overrule(ben, path, review, wish)).status).toBe(201)
  expect((await overrule(owner, path, review, { ...wish, value: 2 })).status).toBe(201)
})

test('a second review is blind until it is in, and then stands beside the first', async () => {
  const { path, review } = await reviewed()
  const { status, body } = await ben.get(`${path}/review/blind`)
  expect(status).toBe(200)
  expect(body.compared).toBeNull()
  const parts = review.quality.parts.filter((part) => part.applicable)
  expect(body.sheet.parts).toEqual(parts.map(({ key, max }) => ({ key, max })))
  expect(JSON.stringify(body)).not.toMatch(/"(points|score|reason|quote|evidence|resolution|overrides)":/)
  const points = Object.fromEntries(parts.map(({ key, max }) => [key, max]))
  const hand = (caller: Caller, more: object = {}) =>
    caller.post(`${path}/review/blind`, { reviewId: review.id, points, resolution: 'verified', ...more })
  expect((await hand(ben, { points: {} })).body.code).toBe('request.invalid')
  expect((await hand(app.north.people.viewer.caller)).status).toBe(403)
  expect((await hand(app.south.people.owner.caller)).status).toBe(404)
  const done = await hand(ben)
  expect([done.status, done.body.own.score, done.body.review.id]).toEqual([201, 100, review.id])
  expect((await hand(ben)).body.code).toBe('review.scored_already')
  expect((await ana.get(`${path}/review/blind`)).body.compared).toBeNull()
  await overrule(ana, path, review, { field: 'part', part: 'answered', value: 1 })
  expect((await hand(ana)).body.code).toBe('review.not_blind')
})

test('analysis quality counts what was said, of agents apart from people, and examples carry it on', async () => {
  const quality = async (judged: string): Promise<AnalysisQuality> =>
    (await ana.get(`/api/v1/reviews/quality?judged=${judged}`)).body
  const agents = await quality('agent')
  const answered = agents.parts.find(({ part }) => part === 'answered')!
  expect(answered).toMatchObject({ compared: 1, max: 30 })
  expect(answered.overrides).toBeGreaterThanOrEqual(3)
  expect(agents.fields.find(({ field }) => field === 'resolution')!.confusions.length).toBeGreaterThan(0)
  expect(agents.correctionsPerHundred).toBeCloseTo((100 * agents.overrides) / agents.reviews, 8)
  const people = await quality('human')
  expect(people).toMatchObject({ reviews: 2, overrides: 1, corrected: 1, compared: 0, correctionsPerHundred: 50 })
  expect(people.parts.find(({ part }) => part === 'answered')).toMatchObject({ compared: 0, agree: null, kappa: null })
  const south = (await app.south.people.owner.caller.get('/api/v1/reviews/quality')).body
  expect(south).toMatchObject({ reviews: 0, overrides: 0, parts: [] })

  const { body } = await ana.get('/api/v1/reviews/corrections?part=answered&limit=2')
  expect(body.items.map((item: { override: { part: string } }) => item.override.part)).toEqual(['answered', 'answered'])
  const next = await ana.get(`/api/v1/reviews/corrections?part=answered&limit=200&cursor=${body.nextCursor}`)
  expect(body.items.length + next.body.items.length).toBe(answered.overrides)

  const file = await fetch(`${app.url}/api/v1/reviews/examples`, { headers: owner.headers })
  const lines = (await file.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.find((line) => line.source === 'correction' && line.of === 'answered')).toMatchObject({
    max: 30,
    reason: 'The colour was the point.',
    about: { quotes: expect.arrayContaining([expect.objectContaining({ position: expect.any(Number) })]) },
  })
  expect((await ana.get('/api/v1/reviews/examples')).status).toBe(403)
  expect(await audit()).toContainEqual(expect.objectContaining({ action: 'review.examples_exported' }))
  const examples = await transact(app.north.ctx, (tx) => findExamples(tx, app.north.id, 'answered', 2))
  expect(examples).toMatchObject([{ of: 'answered' }, { of: 'answered' }])
})
