/** Reviews, as operators meet them: due after silence, kept only while true, never over what a person chose. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asSystem } from '../platform/context.ts'
import { startTestApp, type TestApp } from '../test/app.ts'
import { until } from '../test/until.ts'
import { reviewConversation } from './review-conversation.ts'
import { reviewSweep } from './sweep.ts'

let app: TestApp
let sweep: () => Promise<number>
beforeAll(async () => {
  app = await startTestApp()
  sweep = reviewSweep({ services: app.app.node.services, afterSeconds: null })
})
afterAll(() => app?.stop())

let count = 0
const TALK: [string, string][] = [
  ['contact', 'Hi, my name is Anna Berg. Do you ship the blue kettle to Norway, and what does it cost?'],
  ['agent', 'Yes, we ship to Norway. Delivery costs 9 euros and takes four days.'],
  ['contact', 'Great, thank you! My e-mail is anna.berg@example.com if you need it.'],
  ['agent', 'You are welcome, Anna. Is there anything else?'],
]
async function talk(messages = TALK): Promise<{ id: string; externalId: string; path: string }> {
  const externalId = `review-${++count}`
  let id = ''
  for (const [i, [author, text]] of messages.entries()) id = await say(externalId, author, text, `m${i}`)
  return { id, externalId, path: `/api/v1/conversations/${id}` }
}
async function say(externalId: string, author: string, text: string, key: string): Promise<string> {
  const reply = await app.north.machine.post('/api/v1/ingest/messages', {
    conversation: { externalId },
    message: { externalId: key, author, text },
  })
  expect(reply.status, JSON.stringify(reply.body)).toBe(201)
  return reply.body.conversationId
}
const age = (id: string, minutes: number) =>
  app.database.owner.query(
    'update conversation set last_message_at = last_message_at - make_interval(mins => $2) where id = $1',
    [id, minutes],
  )
const reviewsOf = async (path: string) => (await app.north.machine.get(`${path}/reviews`)).body.items

test('a conversation is reviewed after ten quiet minutes, and not before', async () => {
  const { id, path } = await talk()
  await age(id, 9)
  await sweep()
  expect((await app.north.machine.get(`${path}/review`)).body.code).toBe('review.not_found')
  await age(id, 2)
  await sweep()
  const { body } = await app.north.machine.get(`${path}/review`)
  expect(body).toMatchObject({ applicable: true, reason: 'idle', throughPosition: 4, analyser: 'embedded' })
  expect(body.quality.score).toBeGreaterThan(0)
  expect(body.quality.parts.map((p: { key: string }) => p.key)).toEqual([
    'answered',
    'resolution',
    'supported',
    'effort',
    'care',
    'speed',
  ])
  expect((await app.north.machine.get(path)).body).toMatchObject({
    quality: body.quality.score,
    tone: body.sentiment.tone,
  })
})

test('every quote stands in the entry it names', async () => {
  const { id, path } = await talk()
  await age(id, 11)
  await sweep()
  const { body: review } = await app.north.machine.get(`${path}/review`)
  const { body: page } = await app.north.machine.get(`${path}/entries`)
  const texts = new Map(page.items.map((e: { position: number; text: string }) => [e.position, e.text]))
  const evidence = [...review.quality.parts, ...review.flags, ...review.extracted].flatMap((x) => x.evidence)
  expect(evidence.length).toBeGreaterThan(0)
  for (const { position, quote } of evidence) expect(texts.get(position)).toContain(quote.replace(/…$/, ''))
})

test('a message during the analysis puts the review off', async () => {
  const { id, externalId, path } = await talk()
  const { services } = app.app.node
  const slow = {
    ...services.analyzer,
    analyze: async (...args: Parameters<typeof services.analyzer.analyze>) => {
      await say(externalId, 'contact', 'One more thing: does it come in red?', 'late')
      return services.analyzer.analyze(...args)
    },
  }
  expect(await reviewConversation({ ...asSystem(services, app.north.id), analyzer: slow }, id, 'idle')).toBeUndefined()
  expect(await reviewsOf(path)).toEqual([])
})

test('two nodes sweeping at once review once', async () => {
  const talks = await Promise.all(Array.from({ length: 8 }, () => talk()))
  for (const { id } of talks) await age(id, 11)
  const other = reviewSweep({ services: app.app.node.services, afterSeconds: null })
  await Promise.all([sweep(), other()])
  for (const { path } of talks) expect(await reviewsOf(path)).toHaveLength(1)
})

test('too little to judge counts as reviewed', async () => {
  const { id, path } = await talk([['contact', 'Hello']])
  await age(id, 11)
  await sweep()
  const { body } = await app.north.machine.get(`${path}/review`)
  expect(body).toMatchObject({ applicable: false, quality: { score: null } })
  expect((await app.north.machine.get(path)).body).toMatchObject({ quality: null, reviewedAt: expect.any(String) })
})

test("an operator's stage and outcome are never overwritten", async () => {
  const { id, path } = await talk()
  await app.north.people.ana.caller.patch(path, { stage: 'not_interested', outcome: 'failed' })
  await app.north.people.ana.caller.post(`${path}/close`)
  await sweep()
  expect((await app.north.machine.get(path)).body).toMatchObject({
    id,
    stage: { key: 'not_interested' },
    outcome: 'failed',
    reviewedAt: expect.any(String),
  })
})

test('regenerate judges the newest messages now and keeps the older review', async () => {
  const { id, externalId, path } = await talk()
  await age(id, 11)
  await sweep()
  await say(externalId, 'contact', 'This is terrible, nobody answers my question about the colour!', 'later')
  const { status, body } = await app.north.people.ana.caller.post(`${path}/review`)
  expect([status, body.reason, body.throughPosition]).toEqual([201, 'manual', 5])
  expect((await reviewsOf(path)).map((r: { throughPosition: number }) => r.throughPosition)).toEqual([5, 4])
})

test("what a contact mentions is remembered while they talk, and a person's edit stays", async () => {
  const { id, externalId, path } = await talk()
  const memory = async () => (await app.north.machine.get(path)).body.memory
  await until(async () => (await memory()).email === 'anna.berg@example.com', 'the e-mail is remembered')
  await until(
    async () => (await app.north.machine.get(path)).body.contact.email === 'anna.berg@example.com',
    'the contact has it',
  )
  await app.north.people.ana.caller.patch(`${path}/memory`, { memory: { email: 'corrected@example.com' } })
  await say(externalId, 'contact', 'I said anna.berg@example.com, and my phone is +47 22 33 44 55', 'again')
  await until(async () => 'phone' in (await memory()), 'the phone is remembered')
  await age(id, 11)
  await sweep()
  expect((await memory()).email).toBe('corrected@example.com')
})

test('another workspace cannot read or make reviews', async () => {
  const { path } = await talk()
  const stranger = app.south.people.owner.caller
  for (const answer of [
    await stranger.get(`${path}/review`),
    await stranger.post(`${path}/review`),
    await stranger.get(`${path}/reviews`),
  ]) {
    expect([answer.status, answer.body.code]).toEqual([404, 'conversation.not_found'])
  }
})
