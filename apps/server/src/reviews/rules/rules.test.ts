/** The workspace's own rubric and flags: what they read, who may change them, what a preview says, and that a review names its version. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { ModelStandIn } from '../../test/model-stand-in.ts'
import { until } from '../../test/until.ts'
import { refineReviews } from '../index.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ config: { allowPrivateAddresses: ['127.0.0.0/8'] } })
})
afterAll(() => app?.stop())

const owner = () => app.north.people.owner.caller
const start = Date.UTC(2026, 10, 1, 10)
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString()

type Line = [who: 'contact' | 'agent' | 'function', text: string, seconds: number]
let made = 0

/** A conversation that happened elsewhere, reviewed. */
async function reviewed(lines: Line[], whose = app.north): Promise<string> {
  const externalId = `rules ${++made}`
  const messages = lines.map(([who, text, seconds], i) => {
    const place = { externalId: `${i}`, at: at(seconds) }
    return who === 'function'
      ? { ...place, author: 'agent', functionCall: { name: text, result: { error: 'time-out' }, status: 'error' } }
      : { ...place, author: who, text }
  })
  const item = { externalId, contact: { externalId, name: `Contact ${made}` }, messages }
  const { results } = (await whose.machine.post('/api/v1/ingest/conversations', { items: [item] })).body
  expect(results, JSON.stringify(results)).toMatchObject([{ status: 'created' }])
  const { id } = results[0]
  expect((await whose.people.owner.caller.post(`/api/v1/conversations/${id}/review`)).status).toBe(201)
  return id
}
const reviewOf = async (id: string) => (await owner().post(`/api/v1/conversations/${id}/review`)).body

const REFUND: Line[] = [
  ['contact', 'Good day, I would like my money back for order 4711, it arrived broken.', 0],
  ['agent', 'I am sorry to hear that. Let me look at your order right away.', 300],
  ['function', 'refund_order', 302],
  ['contact', 'How long does that take? I need it this week, please.', 400],
  ['agent', 'I could not refund it, the system is down. A colleague writes to you tomorrow.', 420],
]
const CALM: Line[] = [
  ['contact', 'Hello, do you deliver to Tampere on Saturdays, and what does it cost?', 0],
  ['agent', 'Hello! Yes, we deliver to Tampere on Saturdays, for 5 euros.', 4],
  ['contact', 'Great, thank you very much. That is all I wanted to know about it.', 30],
  ['agent', 'You are welcome, have a nice day!', 33],
]
const condition = (given: object) => ({ match: 'all', groups: [{ match: 'all', conditions: [given] }] })
const matches = async (rule: object) => {
  const { status, body } = await owner().post('/api/v1/flag-rules/test', { rule })
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

let refund: string
let calm: string
test('a rule reads words, functions, times, scores and feelings, joined by AND and OR, and says why and where', async () => {
  refund = await reviewed(REFUND)
  calm = await reviewed(CALM)
  const ids = async (rule: object) =>
    (await matches(rule)).items.map((one: { conversationId: string }) => one.conversationId)
  expect(await ids(condition({ is: 'words', by: 'contact', phrases: ['Money  back'] }))).toEqual([refund])
  expect(await ids(condition({ is: 'words', by: 'answer', phrases: ['money back'] }))).toEqual([])
  expect(await ids(condition({ is: 'words', by: 'anyone', phrases: ['one'] }))).toEqual([])
  expect(await ids(condition({ is: 'words', by: 'contact', phrases: ['deliv*'] }))).toEqual([calm])
  expect(await ids(condition({ is: 'words', by: 'contact', phrases: ['(a+)+$', '.+', 'h.llo'] }))).toEqual([])
  expect(await ids(condition({ is: 'function', name: 'REFUND_order', did: 'failed' }))).toEqual([refund])
  expect(await ids(condition({ is: 'function', name: null, did: 'worked' }))).toEqual([])
  expect(await ids(condition({ is: 'measure', measure: 'first_answer_seconds', compare: 'over', value: 299 }))).toEqual(
    [refund],
  )
  expect(
    await ids(condition({ is: 'measure', measure: 'first_answer_seconds', compare: 'over', value: 299, not: true })),
  ).toEqual([calm])
  expect(await matches(condition({ is: 'measure', measure: 'rating', compare: 'under', value: 3 }))).toMatchObject({
    matched: 0,
    unknown: 2,
  })
  const slow = { is: 'measure', measure: 'first_answer_seconds', compare: 'over', value: 299 }
  const thanks = { is: 'words', by: 'contact', phrases: ['thank you'] }
  const group = (match: string, ...conditions: object[]) => ({ match, conditions })
  expect((await ids({ match: 'any', groups: [group('all', slow), group('all', thanks)] })).sort()).toEqual(
    [refund, calm].sort(),
  )
  expect(await ids({ match: 'all', groups: [group('all', slow), group('any', thanks)] })).toEqual([])
  const { items } = await matches(condition({ is: 'words', by: 'contact', phrases: ['money back'] }))
  expect(items[0]).toMatchObject({
    because: ['Said: “money back”.'],
    evidence: [{ position: 1, quote: 'money back' }],
    calm: false,
  })
})

test('an own flag is raised by the next review with its version, keeps its versions, and is another workspace’s nothing', async () => {
  const rule = condition({ is: 'words', by: 'contact', phrases: ['money back'] })
  const draft = { name: 'Refund asked for', severity: 'review', rule }
  const { body: flag, status } = await owner().post('/api/v1/flag-rules', draft)
  expect([status, flag.version, flag.enabled]).toEqual([201, 1, true])
  expect((await owner().post('/api/v1/flag-rules', { ...draft, name: 'REFUND asked for' })).body.code).toBe(
    'flag_rule.name_taken',
  )
  expect((await owner().post('/api/v1/flag-rules', { ...draft, name: 'Low score' })).body.code).toBe(
    'flag_rule.name_taken',
  )
  const mine = async (id: string) =>
    (await reviewOf(id)).flags.filter((one: { code: string }) => one.code === 'Refund asked for')
  expect(await mine(refund)).toMatchObject([
    { severity: 'review', state: 'open', evidence: [{ position: 1, quote: 'money back' }] },
  ])
  expect(await mine(calm)).toEqual([])
  const path = `/api/v1/flag-rules/${flag.id}`
  expect((await owner().put(path, { ...draft, severity: 'urgent' })).body.version).toBe(2)
  expect((await owner().put(path, { ...draft, severity: 'urgent', enabled: false })).body.version).toBe(2)
  expect(await mine(refund)).toEqual([])
  expect((await owner().get(`${path}/versions`)).body.items.map((one: { version: number }) => one.version)).toEqual([
    2, 1,
  ])
  await owner().put(path, { ...draft, severity: 'urgent' })
  // South has neither the flag nor what it matched.
  const south = app.south.people.owner.caller
  expect((await south.get('/api/v1/flag-rules')).body.items).toEqual([])
  expect((await south.put(path, draft)).status).toBe(404)
  expect((await south.post('/api/v1/flag-rules/test', { rule })).body).toMatchObject({ looked: 0, items: [] })
  const there = await reviewed(REFUND, app.south)
  expect((await south.get(`/api/v1/conversations/${there}/review`)).body.flags).not.toContainEqual(
    expect.objectContaining({ code: 'Refund asked for' }),
  )
})

test('only owners and admins change rubric and flags', async () => {
  const { ana } = app.north.people
  const rule = condition({ is: 'tone', tone: 'negative' })
  const tries = [
    ana.caller.post('/api/v1/flag-rules', { name: 'Ana’s', severity: 'info', rule }),
    ana.caller.post('/api/v1/flag-rules/test', { rule }),
    ana.caller.put('/api/v1/rubric/draft', { rubric: {}, revision: 0 }),
    ana.caller.post('/api/v1/rubric/versions', { revision: 1 }),
    ana.caller.post('/api/v1/rubric/preview', { rubric: {} }),
  ]
  expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
  expect((await ana.caller.get('/api/v1/rubric')).status).toBe(200)
})

test('a rubric is drafted, previewed without a trace, switched on, named by reviews, and restored', async () => {
  const { current, draft } = (await owner().get('/api/v1/rubric')).body
  expect([current.version, draft]).toEqual([1, null])
  const before = await reviewOf(calm)
  expect(before.quality).toMatchObject({ rubric: '1' })
  const own = [
    {
      key: 'Named a price',
      weight: 50,
      judge: { by: 'rule', rule: condition({ is: 'words', by: 'answer', phrases: ['euros'] }) },
    },
    { key: 'Explained the warranty', weight: 20, judge: { by: 'question', question: 'Was the warranty explained?' } },
  ]
  const weights = { answered: 50, resolution: 0, supported: 0, effort: 0, care: 0, speed: 0 }
  const rubric = { weights, caps: { ...current.rubric.caps, last_question_unanswered: 20 }, own }
  const preview = (await owner().post('/api/v1/rubric/preview', { rubric })).body
  expect(preview).toMatchObject({
    looked: 2,
    notCounted: [{ key: 'Explained the warranty', why: expect.stringMatching(/model/) }],
  })
  const shown = preview.biggest.find((one: { conversationId: string }) => one.conversationId === calm)
  expect(shown).toMatchObject({ before: before.quality.score, after: 100 })
  expect((await owner().get(`/api/v1/conversations/${calm}/review`)).body.quality).toEqual(before.quality)

  const saved = (await owner().put('/api/v1/rubric/draft', { rubric, revision: 0 })).body
  expect((await owner().put('/api/v1/rubric/draft', { rubric, revision: 0 })).body.code).toBe('rubric.draft_changed')
  expect((await owner().post('/api/v1/rubric/versions', { revision: saved.revision + 1 })).body.code).toBe(
    'rubric.draft_changed',
  )
  const on = await owner().post('/api/v1/rubric/versions', { revision: saved.revision, note: 'Prices count' })
  expect([on.status, on.body.current.version, on.body.draft]).toEqual([201, 2, null])
  expect((await owner().post('/api/v1/rubric/versions', { revision: 1 })).body.code).toBe('rubric.no_draft')

  const { quality } = await reviewOf(calm)
  expect(quality).toMatchObject({ rubric: '2', score: 100 })
  expect(
    quality.parts.map((part: { key: string; max: number; applicable: boolean }) => [
      part.key,
      part.max,
      part.applicable,
    ]),
  ).toEqual([
    ['answered', 50, true],
    ['Named a price', 50, true],
    ['Explained the warranty', 20, false],
  ])
  // Two of three were answered and a price was named; the workspace's own limit for what was left open holds nevertheless.
  const open = await reviewed([...CALM, ['contact', 'One more thing: do you also deliver on Sundays?', 60]])
  expect((await reviewOf(open)).quality).toMatchObject({ score: 20, caps: [expect.stringMatching(/last question/)] })
  // Earlier reviews keep what they went by.
  const { items } = (await owner().get(`/api/v1/conversations/${calm}/reviews`)).body
  expect(items.map((one: { quality: { rubric: string } }) => one.quality.rubric)).toEqual(
    ['2', '1', '1', '1'].slice(0, items.length),
  )
  expect(items.at(-1).quality).toEqual(before.quality)

  const restored = (await owner().post('/api/v1/rubric/versions/1/restore')).body
  await owner().post('/api/v1/rubric/versions', { revision: restored.revision })
  expect((await reviewOf(calm)).quality).toMatchObject({ rubric: '3', score: before.quality.score })
  expect((await app.south.people.owner.caller.get('/api/v1/rubric')).body.current.version).toBe(1)
})

test('a rubric that counts nothing, names two parts alike or rests on its own score is refused', async () => {
  const { rubric } = (await owner().get('/api/v1/rubric')).body.current
  const part = (key: string, rule: object) => ({ key, weight: 10, judge: { by: 'rule', rule } })
  const score = condition({ is: 'measure', measure: 'score', compare: 'under', value: 50 })
  const none = Object.fromEntries(Object.keys(rubric.weights).map((key) => [key, 0]))
  for (const bad of [
    { ...rubric, weights: none, own: [] },
    { ...rubric, own: [part('answered', condition({ is: 'tone', tone: 'neutral' }))] },
    { ...rubric, own: [part('Own', score)] },
    { ...rubric, caps: { ...rubric.caps, breach: 100 } },
  ])
    expect((await owner().put('/api/v1/rubric/draft', { rubric: bad, revision: 0 })).status).toBe(400)
})

test('a question of the rubric is answered by a model from our words, and counts only with words that stand there', async () => {
  const model = await ModelStandIn.start()
  const free = { tokens: null, costUsd: null }
  const sample = {
    samplePercent: 100,
    delayMinutes: 0,
    channelIds: [],
    agentIds: [],
    minMessages: 0,
    onlyFlagged: false,
  }
  const place = { engine: 'model', provider: 'openai-compatible', baseUrl: model.url, model: 'small-1', key: 'sk-1' }
  const prices = { inputPricePerMillion: 2, outputPricePerMillion: 10 }
  const set = await owner().put('/api/v1/review-engine', { ...place, ...prices, ...sample, budget: free })
  expect(set.status, JSON.stringify(set.body)).toBe(200)
  const weights = { answered: 0, resolution: 0, supported: 0, effort: 10, care: 0, speed: 0 }
  const ask = (key: string, weight: number, question: string) => ({ key, weight, judge: { by: 'question', question } })
  const own = [ask('Price', 35, 'Was the price named?'), ask('Discount', 55, 'Was a discount offered?')]
  const { current, draft } = (await owner().get('/api/v1/rubric')).body
  const rubric = { weights, caps: current.rubric.caps, own }
  const { revision } = (await owner().put('/api/v1/rubric/draft', { rubric, revision: draft?.revision ?? 0 })).body
  await owner().post('/api/v1/rubric/versions', { revision })
  const answers = [
    { n: 1, answer: 'yes', position: 2, quote: 'for 5 euros' },
    { n: 2, answer: 'yes', position: 1, quote: 'Hello' },
  ]
  const words = {
    needs: [{ position: 1, quote: 'do you deliver to Tampere on Saturdays' }],
    did: [
      {
        position: 2,
        quote: 'we deliver to Tampere on Saturdays',
        text: 'The agent says that we deliver to Tampere on Saturdays.',
      },
    ],
  }
  model.play({ say: [JSON.stringify(words)] }, { say: [JSON.stringify({ answers })] })
  const before = await reviewOf(calm)
  const flagsBefore = (await owner().get(`/api/v1/conversations/${calm}`)).body.flagCount
  const applicable = (review: { quality: { parts: { applicable: boolean }[] } }) =>
    review.quality.parts.map((part) => part.applicable)
  expect([applicable(before), before.quality.score]).toEqual([[true, false, false], 100])
  const path = `/api/v1/conversations/${calm}`
  await until(async () => {
    await refineReviews(app.app.node.services)
    return !(await owner().get(`${path}/review`)).body.refining
  }, 'the model was asked')
  const { quality } = (await owner().get(`${path}/review`)).body
  expect(quality.parts.map(({ points }: { points: number }) => points)).toEqual([10, 35, 0])
  const judged = (await owner().get(path)).body
  expect([quality.score, judged.quality]).toEqual([45, 45])
  const raised = (await owner().get(`${path}/flags`)).body.items.map((flag: { code: string }) => flag.code)
  expect(raised, 'flags go by the score that is shown').toContain('low_score')
  expect(judged.flagCount).toBe(flagsBefore + 1)
  await model.stop()
})
