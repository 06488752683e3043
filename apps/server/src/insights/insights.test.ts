/** What nobody could answer, from two visitors who ask it to the article that answers both, and what happens when it is asked again. */
import type { UnansweredQuestion } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteQuestion } from '../knowledge/index.ts'
import { startTestApp } from '../test/app.ts'
import { type Bench, openBench } from '../test/turn-bench.ts'
import { until } from '../test/until.ts'
import { groupQuestions } from './index.ts'

const LIST = '/api/v1/insights/unanswered'
let bench: Bench
beforeAll(async () => {
  bench = await openBench(await startTestApp())
})
afterAll(() => bench.stop())

const list = async (query = ''): Promise<UnansweredQuestion[]> => (await bench.owner.get(`${LIST}${query}`)).body.items

async function ask(text: string): Promise<string> {
  const talk = await bench.talk()
  await talk.say(text)
  await talk.answers(1)
  return talk.id
}

async function listed(holds: (items: UnansweredQuestion[]) => boolean, query = ''): Promise<UnansweredQuestion[]> {
  let items: UnansweredQuestion[] = []
  await until(
    async () => {
      items = await list(query)
      return holds(items)
    },
    'the list is as expected',
    60_000,
  )
  return items
}

async function playedAgain(id: string) {
  expect((await bench.owner.post(`${LIST}/${id}/replay`)).status).toBe(201)
  const read = async () => (await bench.owner.get(`${LIST}/${id}/replay`)).body
  await until(async () => (await read()).replay.state === 'done', 'it is played again', 60_000)
  return read()
}

test('asked twice, answered by an article, asked again: drafted, answered, and open again when it is not answered', async () => {
  const first = await ask('Do you rent out zeppelins?')
  const second = await ask('can i rent a zeppelin from you')
  const [question] = await listed((items) => items[0]?.count === 2)
  const id = question!.id
  expect(question).toMatchObject({
    question: 'Do you rent out zeppelins?',
    examples: ['can i rent a zeppelin from you'],
    state: 'open',
    total: 2,
    before: 0,
    languages: ['en'],
    channels: ['widget'],
    agents: [{ id: bench.agentId }],
  })
  expect(question!.trend).toHaveLength(28)
  expect(question!.trend.at(-1)).toBe(2)
  const { items: askings } = (await bench.owner.get(`${LIST}/${id}/askings`)).body
  expect(askings.map((one: { conversationId: string }) => one.conversationId)).toEqual([second, first])

  const conversation = `/api/v1/conversations/${second}`
  await bench.owner.put(`${conversation}/control`, { control: 'operator', announce: false })
  await bench.owner.post(`${conversation}/messages`, { text: 'Yes, a zeppelin is 900 a day.', clientKey: 'a' })
  const suggested = (await bench.owner.get(`${LIST}/${id}/answer`)).body
  expect(suggested).toMatchObject({
    title: 'Do you rent out zeppelins?',
    body: 'Yes, a zeppelin is 900 a day.',
    sources: [{ conversationId: second, kind: 'message' }],
  })
  const drafted = await bench.owner.post(`${LIST}/${id}/article`, { title: suggested.title, body: suggested.body })
  expect(drafted.body).toMatchObject({ article: { status: 'draft' }, question: { state: 'drafted' } })
  const article = `/api/v1/knowledge/${drafted.body.article.id}`

  expect(await playedAgain(id)).toMatchObject({ played: 2, answered: 0 })
  await bench.owner.patch(article, { status: 'published' })
  const after = await playedAgain(id)
  expect(after).toMatchObject({ played: 2, answered: 2 })
  expect(after.items.map(({ turn }: { turn: { mark: string } }) => turn.mark)).toEqual(['now_answered', 'now_answered'])

  const answered = await bench.owner.patch(`${LIST}/${id}`, { state: 'answered' })
  expect(answered.body).toMatchObject({ state: 'answered', article: { status: 'published' } })
  expect(await list()).toEqual([])
  expect((await list('?state=answered')).map((one) => one.id)).toEqual([id])
  await ask('do you rent zeppelins?')
  await bench.owner.patch(article, { status: 'draft' })
  await ask('do you rent zeppelins')
  const [again] = await listed((items) => items.length > 0)
  expect(again).toMatchObject({ id, state: 'open', total: 3, reopenedAt: expect.any(String) })
})

const HARBOUR = [
  {
    author: 'contact',
    text: 'Hello, I am at the harbour with my two children today. Do you have submarines for children?',
  },
  { author: 'agent', text: 'I am sorry, I could not find any information about that.' },
  { author: 'contact', text: 'That is a pity, we will look for another place then.' },
  { author: 'agent', text: 'Goodbye!' },
].map((message, at) => ({ externalId: String(at), ...message }))

test('a review adds what the agent did not notice, once; what was dismissed stays so; merge and split are undone', async () => {
  const given = {
    externalId: 'asked-1',
    agent: 'Ada',
    contact: { externalId: 'mona', name: 'Mona' },
    messages: HARBOUR,
  }
  const { results } = (await bench.machine.post('/api/v1/ingest/conversations', { items: [given] })).body
  const conversationId = results[0].id
  await bench.owner.post(`/api/v1/conversations/${conversationId}/review`)
  await bench.owner.post(`/api/v1/conversations/${conversationId}/review`)
  const about = (items: UnansweredQuestion[], word: string) => items.find((one) => one.question.includes(word))
  const found = about(await listed((all) => about(all, 'submarines') !== undefined), 'submarines')!
  expect(found).toMatchObject({ total: 1, agents: [{ name: 'Ada' }] })
  const { items } = (await bench.owner.get(`${LIST}/${found.id}/askings`)).body
  expect(items).toMatchObject([{ conversationId, position: 1, foundBy: 'review', contactName: 'Mona' }])

  await ask('Where can one buy walrus food?')
  const walrus = about(await listed((all) => about(all, 'walrus') !== undefined), 'walrus')!
  const merge = () => bench.owner.post(`${LIST}/${walrus.id}/merge`, { into: found.id })
  const merged = await merge()
  expect(merged.body.question).toMatchObject({ id: found.id, total: 2 })
  expect(about(await list(), 'walrus')).toBeUndefined()
  const undo = () => bench.owner.post(`/api/v1/insights/unanswered-moves/${merged.body.moveId}/undo`)
  expect((await undo()).status).toBe(200)
  expect((await undo()).body.code).toBe('question_move.not_found')
  expect((await bench.owner.get(`${LIST}/${walrus.id}`)).body.total).toBe(1)
  const split = () => bench.owner.post(`${LIST}/${found.id}/split`, { askingIds: [items[0].id] })
  expect((await split()).body.code).toBe('question.whole')
  await merge()
  const apart = (await split()).body.question
  expect(apart).toMatchObject({ total: 1, state: 'open' })

  const dismissed = await bench.owner.patch(`${LIST}/${apart.id}`, { state: 'dismissed', reason: 'not_ours' })
  expect(dismissed.body).toMatchObject({ state: 'dismissed', dismissedFor: 'not_ours' })
  expect((await bench.owner.patch(`${LIST}/${found.id}`, { state: 'dismissed' })).status).toBe(400)
  await ask('do you have submarines for children?')
  await listed((all) => all.some((one) => one.id === apart.id && one.total === 2), '?state=dismissed')
})

test('three nodes that group at once begin each question once', async () => {
  const { services } = bench.app.app.node
  const conversationId = await ask('hello')
  const empty = async () =>
    (
      await bench.sql(`select count(*)::int as count from unanswered_question u
        where not exists (select from asked_question q where q.unanswered_id = u.id)`)
    )[0]!.count
  const before = await empty()
  const animals = ['lynx', 'ibex', 'otter', 'moose', 'heron', 'gecko', 'tapir', 'okapi', 'skunk', 'bison']
  const note = (animal: string, i: number) =>
    noteQuestion(bench.app.north.ctx, {
      conversationId,
      position: 100 + i,
      question: `feed the ${animal}`,
      articleIds: [],
    })
  await Promise.all(animals.map(note))
  await Promise.all([groupQuestions(services), groupQuestions(services), groupQuestions(services)])
  await until(
    async () =>
      (await bench.sql('select from asked_question where unanswered_id is null and article_id is null')).length === 0,
    'all are grouped',
  )
  expect(await empty()).toBe(before)
})

test('a deleted conversation takes its words along', async () => {
  const ids = [await ask('Is there a planetarium?'), await ask('where is the planetarium')]
  const found = (all: UnansweredQuestion[]) => all.filter((one) => one.question.includes('planetarium'))
  const [question] = found(await listed((all) => found(all)[0]?.total === 2))
  expect(question!.question).toBe('Is there a planetarium?')
  await bench.owner.delete(`/api/v1/conversations/${ids[0]}`)
  expect((await bench.owner.get(`${LIST}/${question!.id}`)).body.question).toBe('where is the planetarium')
  await bench.owner.delete(`/api/v1/conversations/${ids[1]}`)
  expect((await bench.owner.get(`${LIST}/${question!.id}`)).body.code).toBe('question.not_found')
})

test('a review names the intent by the version it chose from; topics count it; what is asked often is suggested', async () => {
  const intents = [
    { name: 'Delivery', examples: ['when will my parcel arrive', 'how long does delivery take', 'where is my parcel'] },
    { name: 'Refund', examples: ['i want my money back', 'how do i return this', 'can i get a refund'] },
  ]
  const saved = await bench.owner.put('/api/v1/intents', { version: 0, intents })
  expect(saved.body).toMatchObject({ version: 1, intents })
  expect((await bench.owner.put('/api/v1/intents', { version: 0, intents })).body.code).toBe('intents.changed')
  const judged = async (text: string) => (await bench.owner.post('/api/v1/intents/test', { text })).body.intent
  expect(await judged('my parcel has not arrived, where is it?')).toBe('Delivery')
  expect(await judged('my grandmother paints horses in the garden')).toBeNull()

  const id = await ask('Hello, where is my parcel? It should have come on Monday and now it is Friday.')
  const review = await bench.owner.post(`/api/v1/conversations/${id}/review`)
  expect(review.body.namedIntent).toMatchObject({ name: 'Delivery', version: 1, evidence: [{ position: 1 }] })
  const { items } = (await bench.owner.get('/api/v1/insights/topics')).body
  const topic = items.find((one: { kind: string }) => one.kind === 'intent')
  expect(topic).toMatchObject({ name: 'Delivery', count: 1, before: 0 })
  await ask('Do you have observatories?')
  await ask('is there an observatory')
  await until(async () => {
    const suggested = (await bench.owner.get('/api/v1/insights/intent-suggestions')).body.items
    return suggested.some((one: { name: string }) => one.name === 'Do you have observatories?')
  }, 'it is suggested')
})

test('reading is for those who read conversations, changing for supervisors, asking again for admins', async () => {
  const { ana } = bench.app.north.people
  expect((await ana.caller.get(LIST)).status).toBe(200)
  expect((await ana.caller.patch(`${LIST}/${crypto.randomUUID()}`, { state: 'answered' })).status).toBe(403)
  expect((await ana.caller.post(`${LIST}/${crypto.randomUUID()}/replay`)).status).toBe(403)
  expect((await bench.owner.get(`${LIST}?cursor=x`)).body.code).toBe('request.invalid')
  const { id: person } = await bench.ask('I want to talk to a person, please', ({ control }) => control === 'queue')
  await bench.owner.put(`/api/v1/conversations/${person}/control`, { control: 'operator' })
  const transfers = (await bench.owner.get('/api/v1/insights/transfers?days=90')).body
  expect(transfers).toMatchObject({ bucket: 'week', before: { conversations: 0 } })
  expect(transfers).toMatchObject({ transferred: 1, reasons: [{ count: 1 }], targets: [{ count: 1 }] })
})
