/** Replays: past conversations are played to a draft, and each answer stands beside the old one. */
import type { Replay, ReplayedConversation } from '@earshot/contracts'
import { defaultAgentConfig } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { answersOf, type Bench, openBench } from '../../test/turn-bench.ts'
import { until } from '../../test/until.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench(await startTestApp())
})
afterAll(() => bench.stop())

async function talked(...texts: string[]): Promise<string> {
  const talk = await bench.talk()
  for (const [i, text] of texts.entries()) {
    await talk.say(text)
    await until(async () => {
      const isAnswered = answersOf(await bench.read(talk.id)).length > i
      return isAnswered || (await talk.conversation()).control === 'queue'
    }, 'it is answered')
  }
  return talk.id
}

const path = () => `/api/v1/agents/${bench.agentId}/replays`
async function replayed(body: object): Promise<{ replay: Replay; conversations: ReplayedConversation[] }> {
  const started = await bench.owner.post(path(), body)
  expect(started.status).toBe(201)
  const one = `${path()}/${started.body.id}`
  let replay: Replay = started.body
  await until(
    async () => {
      replay = (await bench.owner.get(one)).body
      return replay.state === 'done'
    },
    'the replay is done',
    60_000,
  )
  return { replay, conversations: (await bench.owner.get(`${one}/conversations`)).body.items }
}

test('the same agent answers the same; a new article answers what was not known, and calls nobody', async () => {
  const known = await talked('How long does delivery take?')
  const unknown = await talked('what does a zeppelin cost?', 'and is a zeppelin safe?')
  const before = await bench.sql('select count(*)::int as entries from entry')
  const same = await replayed({ conversationIds: [known, unknown] })
  expect(same.replay).toMatchObject({ done: 2, total: 2, summary: { questions: 3, marks: { equal: 3 } } })
  expect(same.conversations[0]!.turns[0]).toMatchObject({
    question: 'How long does delivery take?',
    before: { by: 'agent', handoff: null, unanswered: false },
    after: { text: expect.stringContaining('3 to 5 working days'), error: null },
    mark: 'equal',
  })
  expect(same.conversations[1]!.turns[1]!.before.handoff).not.toBeNull()
  const article = await bench.article('Zeppelins', 'A zeppelin costs 900 a day. A zeppelin is safe in any weather.')
  const { replay, conversations } = await replayed({ config: defaultAgentConfig('Ada'), conversationIds: [unknown] })
  expect(conversations[0]!.turns.map(({ mark }) => mark)).toEqual(['now_answered', 'fewer_handoffs'])
  expect(replay).toMatchObject({ version: null, summary: { handoffs: { before: 1, after: 0 } } })
  expect(replay.summary.unanswered.before).toBeGreaterThan(replay.summary.unanswered.after)
  await bench.owner.patch(`/api/v1/knowledge/${article}`, { status: 'draft' })
  expect(await bench.sql('select count(*)::int as entries from entry')).toEqual(before)
  expect((await bench.owner.get(path())).body.items).toHaveLength(2)
})

test('it is cancelled by its job, and goes with its conversation', async () => {
  const id = await talked('hello')
  const { body: started } = await bench.owner.post(path(), { conversationIds: [id] })
  await bench.owner.post(`/api/v1/jobs/${started.jobId}/cancel`)
  const one = `${path()}/${started.id}`
  await until(async () => ['done', 'cancelled'].includes((await bench.owner.get(one)).body.state), 'it has ended')
  await bench.owner.delete(`/api/v1/conversations/${id}`)
  await until(
    async () => (await bench.owner.get(`${one}/conversations`)).body.items.length === 0,
    'its answers are gone',
    60_000,
  )
})

test('it is for those who may read conversations and change agents, of this workspace', async () => {
  const id = await talked('hello')
  const { north, south } = bench.app
  expect((await north.people.ana.caller.post(path(), { conversationIds: [id] })).status).toBe(403)
  expect((await south.people.owner.caller.post(path(), { conversationIds: [id] })).status).toBe(404)
  const ownAgent = (await south.people.owner.caller.get('/api/v1/agents')).body.items[0].id
  const foreign = await south.people.owner.caller.post(`/api/v1/agents/${ownAgent}/replays`, { conversationIds: [id] })
  expect([foreign.status, foreign.body.code]).toEqual([404, 'conversation.not_found'])
})
