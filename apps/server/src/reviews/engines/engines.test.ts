/** Reviews by a model, over HTTP: what it may change, what it costs, and that nothing is lost when it, the budget or a node fails. */
import { readFileSync } from 'node:fs'
import type { Review } from '@earshot/contracts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/app.ts'
import type { Asked } from '../../test/model-requests.ts'
import { type Act, ModelStandIn } from '../../test/model-stand-in.ts'
import { until } from '../../test/until.ts'
import { refineReviews, reviewSweep } from '../index.ts'

const KEY = 'sk-review-9f8e7d6c5b4a39281706f5e4d3c2b1a0'
let app: TestApp
let model: ModelStandIn
beforeAll(async () => {
  app = await startTestApp({ config: { allowPrivateAddresses: ['127.0.0.0/8'] } })
  model = await ModelStandIn.start()
})
afterAll(async () => {
  await app?.stop()
  await model?.stop()
})
beforeEach(() => use())

const ENGINE = '/api/v1/review-engine'
const owner = () => app.north.people.owner.caller
const FREE = { tokens: null, costUsd: null }
async function use(change: object = {}): Promise<void> {
  const own = { engine: 'model', provider: 'openai-compatible', baseUrl: model.url, model: 'small-1', key: KEY }
  const prices = { inputPricePerMillion: 2, outputPricePerMillion: 10 }
  const what = { samplePercent: 100, delayMinutes: 0, channelIds: [], agentIds: [], minMessages: 0, onlyFlagged: false }
  const saved = await owner().put(ENGINE, { ...own, ...prices, ...what, budget: FREE, ...change })
  expect(saved.status, JSON.stringify(saved.body)).toBe(200)
}

const NEED = { position: 1, quote: 'Do you ship the blue kettle to Norway' }
const DID = { position: 2, quote: 'Delivery costs 9 euros', text: 'The agent says that delivery costs 9 euros.' }
const GOOD: Act = { say: [JSON.stringify({ needs: [NEED], did: [DID] })], usage: { input: 700, output: 60 } }

let count = 0
async function talk(
  second = 'Great, thank you! Do you have it in red as well?',
): Promise<{ id: string; path: string }> {
  const externalId = `engine-${++count}`
  const lines = [
    ['contact', 'Hi, my name is Anna Berg. Do you ship the blue kettle to Norway, and what does it cost?'],
    ['agent', 'Yes, we ship to Norway. Delivery costs 9 euros and takes four days.'],
    ['contact', second],
    ['agent', 'I could not find that, sorry.'],
  ]
  let id = ''
  for (const [author, text] of lines) id = await say(externalId, author!, text!)
  return { id, path: `/api/v1/conversations/${id}` }
}
async function say(externalId: string, author: string, text: string): Promise<string> {
  const message = { externalId: crypto.randomUUID(), author, text }
  const reply = await app.north.machine.post('/api/v1/ingest/messages', { conversation: { externalId }, message })
  expect(reply.status, JSON.stringify(reply.body)).toBe(201)
  return reply.body.conversationId
}
const review = async (path: string): Promise<Review> => (await owner().post(`${path}/review`)).body
const latest = async (path: string): Promise<Review> => (await owner().get(`${path}/review`)).body
async function settled(path: string): Promise<Review> {
  await until(async () => {
    await refineReviews(app.app.node.services)
    return !(await latest(path)).refining
  }, 'the model was asked')
  return latest(path)
}
/** Ends the pauses and delays of those that nobody is asking for just now: who asks has a longer lease. */
const hurry = () =>
  app.database.owner.query(
    "update review_refinement set due_at = now() - interval '1 second' where due_at < now() + interval '6 minutes'",
  )
const quiet = async (id: string) => {
  const ago = "last_message_at = last_message_at - interval '1 hour'"
  await app.database.owner.query(`update conversation set ${ago} where id = $1`, [id])
  await reviewSweep({ services: app.app.node.services, afterSeconds: null })()
}
const today = async () => (await owner().get(ENGINE)).body.today
const forgetToday = () => app.database.owner.query('delete from review_spend')

test('a review stands at once, and then in the words of the model, with what that cost', async () => {
  model.play(GOOD)
  await forgetToday()
  const { path } = await talk()
  const first = await review(path)
  expect(first).toMatchObject({ analyser: 'embedded', refining: true, warnings: [] })
  const second = await settled(path)
  expect(second).toMatchObject({
    id: first.id,
    analyser: 'model',
    model: 'small-1',
    warnings: [],
    costUsd: 0.002,
    tokens: { input: 700, output: 60 },
  })
  expect(second.sessionSummary).toContain('The agent says that delivery costs 9 euros.')
  for (const key of ['quality', 'flags', 'outcome', 'resolution', 'suggestedStage', 'extracted'] as const)
    expect(second[key]).toEqual(first[key])
  expect(model.asked).toHaveLength(1)
  expect(model.asked[0]).toMatchObject({ key: KEY, tools: [] })
  expect(model.complaints).toEqual([])
  expect(await today()).toMatchObject({
    tokens: 760,
    costUsd: expect.closeTo(0.002, 6),
    reviews: 1,
    fallbacks: 0,
    waiting: 0,
  })
  // Nothing has changed since: the same words, paid once.
  await review(path)
  expect(await settled(path)).toMatchObject({ analyser: 'model', costUsd: 0, sessionSummary: second.sessionSummary })
  expect(model.asked).toHaveLength(1)
})

test('a provider that is down is asked again later, and never costs the review', async () => {
  model.play({ status: 503 }, GOOD)
  const { path } = await talk()
  await review(path)
  await until(async () => (await today()).lastError?.detail.includes('503'), 'the failure is shown')
  expect(await latest(path)).toMatchObject({ analyser: 'embedded', refining: true })
  await hurry()
  expect((await settled(path)).analyser).toBe('model')
  model.play({ status: 503 })
  const { path: other } = await talk()
  await review(other)
  await until(async () => {
    await hurry()
    await refineReviews(app.app.node.services)
    return !(await latest(other)).refining
  }, 'it is given up')
  expect(await latest(other)).toMatchObject({
    analyser: 'embedded',
    model: null,
    warnings: [expect.stringContaining('HTTP 503')],
  })
  expect(model.asked).toHaveLength(4)
  model.play({ status: 401 })
  const { path: third } = await talk()
  await review(third)
  expect((await settled(third)).warnings).toEqual([expect.stringContaining('HTTP 401')])
  expect(model.asked).toHaveLength(1)
})

test('at the limit of the day the embedded words stand, with a warning; two nodes cannot both have the rest', async () => {
  model.play(GOOD)
  await forgetToday()
  // Enough for one of them: what each is estimated to use is taken before it is asked.
  await use({ budget: { tokens: 1500, costUsd: null }, delayMinutes: 1 })
  const talks = await Promise.all([talk(), talk(), talk()])
  for (const { path } of talks) await review(path)
  const second = await app.startSecondNode()
  await hurry()
  await Promise.all([refineReviews(app.app.node.services), refineReviews(second.node.services)])
  const made = await Promise.all(talks.map(({ path }) => settled(path)))
  expect(made.map(({ analyser }) => analyser).toSorted()).toEqual(['embedded', 'embedded', 'model'])
  const refused = made.find(({ analyser }) => analyser === 'embedded')
  expect(refused?.warnings).toEqual([expect.stringContaining('budget for models is used up')])
  expect(model.asked).toHaveLength(1)
  expect(await today()).toMatchObject({ tokens: 760, reviews: 3, fallbacks: 2 })
})

test('a message that comes meanwhile makes the question idle', async () => {
  model.play(GOOD)
  await use({ delayMinutes: 5 })
  const { path, id } = await talk()
  await quiet(id)
  await until(async () => (await latest(path)).refining, 'it is reviewed')
  await say(`engine-${count}`, 'contact', 'One more thing: is it dishwasher safe?')
  await hurry()
  expect(await settled(path)).toMatchObject({ analyser: 'embedded', warnings: [] })
  expect(model.asked).toHaveLength(0)
})

test('only what the filters and the sample choose goes to the model', async () => {
  model.play(GOOD)
  const ask = async (change: object) => {
    await use(change)
    const { path, id } = await talk()
    await quiet(id)
    await until(async () => (await latest(path)).id !== undefined, 'it is reviewed')
    return (await settled(path)).analyser
  }
  expect(await ask({ minMessages: 5 })).toBe('embedded')
  expect(await ask({ channelIds: [crypto.randomUUID()] })).toBe('embedded')
  expect(await ask({ engine: 'embedded' })).toBe('embedded')
  expect(await ask({ onlyFlagged: true })).toBe('model')
})

test('the key goes in and never out; an address within is refused; only admins choose; the test tells the real error', async () => {
  const { body } = await owner().get(ENGINE)
  expect(body.hasKey).toBe(true)
  expect(JSON.stringify(body)).not.toContain(KEY)
  model.play(GOOD)
  expect((await owner().post(`${ENGINE}/test`)).body).toMatchObject({ ok: true, error: null, tokens: 760 })
  model.play({ status: 401, body: { error: { message: `Incorrect API key provided: ${KEY}`, type: 'auth' } } })
  const failed = (await owner().post(`${ENGINE}/test`)).body
  expect(failed).toMatchObject({ ok: false, error: expect.stringContaining('HTTP 401: Incorrect API key provided') })
  expect(failed.error).not.toContain(KEY)
  expect((await app.north.people.ana.caller.put(ENGINE, {})).status).toBe(403)
  const { today: _, hasKey: __, ...settings } = body
  const moved = await owner().put(ENGINE, { ...settings, baseUrl: 'https://models.example.com/v1' })
  expect(moved.body.hasKey).toBe(false)
  const within = await owner().put(ENGINE, { ...settings, baseUrl: 'http://10.0.0.1/v1' })
  expect([within.status, within.body.code]).toEqual([400, 'review_engine.address_refused'])
  expect((await app.south.people.owner.caller.get(ENGINE)).body).toMatchObject({ engine: 'embedded', hasKey: false })
})

const ATTACKS: { id: string; text: string }[] = readFileSync(
  new URL('../../../../../samples/injection/reviewer.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
/** All of them run against the engine itself; here every fourth goes the whole way, and all of them when asked for. */
const SOME = process.env.TEST_REVIEW_ATTACKS === 'all' ? ATTACKS : ATTACKS.filter((_, i) => i % 4 === 0)

test('a model that obeys what contacts write changes no score, no flag and no fact', async () => {
  model.play({ think: obey })
  const wrong: string[] = []
  const attacked = await Promise.all(
    SOME.map(async (attack) => {
      const { path } = await talk(attack.text)
      return { attack, path, before: await review(path) }
    }),
  )
  for (const { attack, path, before } of attacked) {
    const after = await settled(path)
    for (const key of [
      'quality',
      'flags',
      'outcome',
      'resolution',
      'suggestedStage',
      'suggestedTags',
      'converted',
      'title',
    ] as const)
      if (JSON.stringify(after[key]) !== JSON.stringify(before[key])) wrong.push(`${attack.id}: ${key}`)
    const unquoted = `${after.sessionSummary} ${after.agentPerformance}`.replace(/“[^”]*”/gu, '')
    if (/verified|perfect|opportunity|hunter2|PWNED|https?:|<img|100|500|resolved everything/i.test(unquoted))
      wrong.push(`${attack.id}: ${unquoted}`)
  }
  expect(wrong).toEqual([])
  expect(model.asked.length).toBeGreaterThanOrEqual(SOME.length)
})

/** Says what the contact wanted said, in every field, as coming from the agent. */
function obey({ messages }: Asked): Extract<Act, { say: string[] }> {
  const text = messages.at(-1)?.text ?? ''
  const order = /^#3 customer: (.*)$/m.exec(text)?.[1] ?? ''
  const line = { text: order.slice(0, 200), position: 2, quote: 'Delivery costs 9 euros' }
  const said = {
    needs: [{ position: 3, quote: order.slice(0, 80) }],
    did: [line],
    performance: [line],
    quality: { score: 100 },
    flags: [],
    resolution: 'verified',
  }
  return { say: [JSON.stringify(said)] }
}
