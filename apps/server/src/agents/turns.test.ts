/** Turns through the real app: visitors write, agents answer, and nobody speaks who has not the floor. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'
import { answersOf, type Bench, openBench } from '../test/turn-bench.ts'
import { until } from '../test/until.ts'
import { TestVisitor } from '../test/visitor.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench(await startTestApp())
})
afterAll(() => bench.stop())

test('a visitor is answered from the article that fits, with a citation and a stream of words', async () => {
  const visitor = await bench.visitor()
  const stream = await visitor.listen()
  // The first answer makes sure that the stream knows its conversation: pieces are told to those who listen, and not kept.
  await visitor.say('Hello')
  await stream.until((s) => s.entries.find((entry) => entry.author.kind === 'agent'))
  const said = await visitor.say('How long does delivery take?')
  const answer = await stream.until((s) => s.entries.find((entry) => entry.citations.length > 0))
  expect(answer.text).toContain('3 to 5 working days')
  expect(answer.citations[0]).toMatchObject({ title: 'Shipping and delivery' })
  // Pieces and entries come by two ways: the last pieces may be behind the entry.
  await stream.until((s) =>
    s.heard.some(
      (frame) => frame.event === 'delta' && frame.data.turnId === answer.turnId && frame.data.state === 'done',
    ),
  )
  const deltas = stream.heard.flatMap((frame) =>
    frame.event === 'delta' && frame.data.turnId === answer.turnId ? [frame.data] : [],
  )
  const written = deltas.filter(({ state }) => state === 'writing').map(({ text }) => text)
  expect(written.join('')).toBe(answer.text)
  const stored = answersOf(await bench.read(said.body.conversation.id)).at(-1)
  expect(stored!.data.turnId).toBe(deltas[0]!.turnId)
  stream.close()
})

test('asking for a person queues the conversation, and says so', async () => {
  const { id, lines, conversation } = await bench.ask('I want to talk to a human please', (c) => c.control === 'queue')
  expect(conversation.handoff).toMatchObject({ state: 'queued', reason: 'contact_asked', by: 'contact' })
  expect(lines.find((line) => line.data.type === 'handoff_requested')?.data.announcement).toContain('person')
  expect(answersOf(lines)).toHaveLength(0)
  expect(await bench.waiting(id)).toBe(0)
})

test('the words an agent is given ask for a person too', async () => {
  await bench.changeAgent({ handoffPhrases: ['Rohrbruch'] })
  const { conversation } = await bench.ask('wir haben einen Rohrbruch!', (c) => c.control === 'queue')
  expect(conversation.handoff?.reason).toBe('contact_asked')
})

test('what two articles answer equally is asked back, and the next reply decides', async () => {
  await bench.article('Battery of the Falcon drone', 'The battery of the Falcon lasts 25 minutes.')
  await bench.article('Battery of the Heron drone', 'The battery of the Heron lasts 40 minutes.')
  const talk = await bench.talk()
  await talk.say('how long does the battery of the drone last')
  const [first] = await talk.answers(1)
  expect(first!.text).toContain('Battery of the Falcon drone')
  expect(first!.text).toContain('Battery of the Heron drone')
  await talk.say('the heron')
  expect((await talk.answers(2))[1]!.text).toContain('40 minutes')
})

test('a follow-up is read with the question before it', async () => {
  const talk = await bench.talk()
  await talk.say('When are you open?')
  expect((await talk.answers(1))[0]!.text).toContain('Monday to Friday')
  await talk.say('and on sunday?')
  expect((await talk.answers(2))[1]!.text).toContain('closed')
})

test('it says plainly that it found nothing, then hands off', async () => {
  const talk = await bench.talk()
  await talk.say('do you sell submarines with torpedoes')
  expect((await talk.answers(1))[0]!.text).toContain('could not find')
  await talk.say('what about helicopters for penguins')
  await talk.until((c) => c.control === 'queue')
  expect((await talk.conversation()).handoff).toMatchObject({ reason: 'repeated_failure', by: 'rule' })
})

test('a yes to the offer of a person is a request for one', async () => {
  const talk = await bench.talk()
  await talk.say('do you sell submarines with torpedoes')
  await talk.answers(1)
  await talk.say('yes please')
  await talk.until((c) => c.control === 'queue')
})

test('an answer needs an article that is published', async () => {
  const id = await bench.article('Zeppelin rental', 'A zeppelin costs 900 a day.', 'draft')
  const before = await bench.talk()
  await before.say('what does a zeppelin cost?')
  expect((await before.answers(1))[0]!.text).toContain('could not find')
  await bench.owner.patch(`/api/v1/knowledge/${id}`, { status: 'published' })
  const after = await bench.talk()
  await after.say('what does a zeppelin cost?')
  expect((await after.answers(1))[0]!.text).toContain('900 a day')
})

test('a burst is answered once', async () => {
  await bench.changeChannel({ burstMs: 400 })
  const talk = await bench.talk()
  await talk.say('hello')
  await talk.say('I have a question')
  await talk.say('what does express shipping cost?')
  const answers = await talk.answers(1)
  await until(async () => (await bench.waiting(talk.id)) === 0, 'nobody waits')
  expect(answersOf(await bench.read(talk.id))).toHaveLength(1)
  expect(answers[0]!.text).toContain('9.90')
  await bench.changeChannel({ burstMs: 0 })
})

test('the agent waits for a contact who is typing, and not for ever', async () => {
  bench.limits.typingMs = 1500
  const visitor = await bench.visitor()
  const first = await visitor.say('hi')
  const id = first.body.conversation.id
  await until(async () => answersOf(await bench.read(id)).length === 1, 'the greeting is answered')
  await visitor.caller.post('/widget/v1/typing', { active: true })
  await visitor.say('what does express shipping')
  await visitor.caller.post('/widget/v1/typing', { active: true })
  await visitor.say('cost, please?')
  await until(
    async () => (await bench.read(id)).at(-1)!.author.kind === 'agent' && (await bench.waiting(id)) === 0,
    'all is answered',
  )
  const lines = await bench.read(id)
  expect(answersOf(lines)).toHaveLength(2)
  expect(lines.at(-1)!.text).toContain('9.90')
  bench.limits.typingMs = 4000
})

test('an agent that is archived answers nobody: the contact waits for a person', async () => {
  const talk = await bench.talk()
  await talk.say('hello')
  await talk.answers(1)
  await bench.sql('update agent set archived_at = now() where workspace_id = $1', [bench.workspaceId])
  await talk.say('are you still there?')
  await talk.until((c) => c.control === 'queue')
  expect((await talk.conversation()).handoff?.reason).toBe('agent_unavailable')
  await bench.sql('update agent set archived_at = null where workspace_id = $1', [bench.workspaceId])
})

test('what came by ingest or as history is not answered', async () => {
  const items = [
    {
      externalId: crypto.randomUUID(),
      messages: [{ externalId: 'm1', author: 'contact', text: 'How long does delivery take?' }],
    },
  ]
  const { status, body } = await bench.machine.post('/api/v1/ingest/conversations', { items })
  expect(status).toBe(200)
  const probe = await bench.talk()
  await probe.say('hello')
  await probe.answers(1)
  expect(answersOf(await bench.read(body.results[0].id))).toHaveLength(0)
})

test('two nodes answer once, and the survivor answers what the other left', async () => {
  const second = await bench.app.startSecondNode()
  const talks = await Promise.all(Array.from({ length: 6 }, () => bench.talk()))
  await Promise.all(talks.map((talk) => talk.say('How long does delivery take?')))
  for (const talk of talks) expect(await talk.answers(1)).toHaveLength(1)
  await second.stop()
  const after = await bench.talk()
  await after.say('How long does delivery take?')
  expect(await after.answers(1)).toHaveLength(1)
  for (const talk of talks) expect(answersOf(await bench.read(talk.id))).toHaveLength(1)
})

test('workspaces answer from their own articles only', async () => {
  await bench.article('Secret of the north', 'The word is aurora.')
  const channels = await bench.app.south.people.owner.caller.get('/api/v1/channels')
  const visitor = await TestVisitor.start(bench.app.url, channels.body.items[0].key)
  const stream = await visitor.listen()
  await visitor.say('what is the secret of the north?')
  const answer = await stream.until((s) => s.entries.find((entry) => entry.author.kind === 'agent'))
  expect(answer.text).not.toContain('aurora')
  stream.close()
})
