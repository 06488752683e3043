/** Exactly one side speaks: whoever takes the floor silences the agent, and a message finds its turn, across crashes too. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ModelBench, openModelBench } from '../test/model-bench.ts'
import type { ModelStandIn } from '../test/model-stand-in.ts'
import { answersOf } from '../test/turn-bench.ts'
import { until } from '../test/until.ts'

let bench: ModelBench
let model: ModelStandIn
beforeAll(async () => {
  bench = await openModelBench()
  model = bench.model
})
afterAll(() => bench.stop())
beforeEach(() => bench.useModel())
afterEach(() => expect(model.complaints).toEqual([]))

test('taking over in the middle of an answer: the rest of it appears nowhere', async () => {
  model.play({ endless: 'still talking ', everyMs: 60 })
  const visitor = await bench.visitor()
  const stream = await visitor.listen()
  const said = await visitor.say('hello')
  const id = said.body.conversation.id
  await stream.until((s) => s.heard.some((frame) => frame.event === 'delta' && frame.data.state === 'writing'))
  const { ana } = bench.app.north.people
  expect((await ana.caller.put(`/api/v1/conversations/${id}/control`, { control: 'operator' })).status).toBe(200)
  await model.asked[0]!.aborted
  await stream.until((s) =>
    s.heard.some((frame) => frame.event === 'conversation' && frame.data.handler.kind === 'operator'),
  )
  const before = stream.heard.length
  await ana.caller.post(`/api/v1/conversations/${id}/messages`, { text: 'Ana here.', clientKey: crypto.randomUUID() })
  await stream.until((s) => s.texts.includes('Ana here.'))
  await until(async () => (await bench.waiting(id)) === 0, 'the turn is gone')
  expect(
    stream.heard.slice(before).filter((frame) => frame.event === 'delta' && frame.data.state === 'writing'),
  ).toEqual([])
  expect(answersOf(await bench.read(id))).toEqual([])
  stream.close()
})

test('a take-over that the runner has not heard of yet is kept by the log itself', async () => {
  model.play({ say: ['Too', ' late.'], everyMs: 40 })
  const talk = await bench.talk()
  await talk.say('hello')
  await until(() => model.asked.length > 0, 'the model is asked')
  // Behind the feed's back: no fact tells the runner.
  await bench.sql("update conversation set control = 'paused', epoch = epoch + 1 where id = $1", [talk.id])
  await until(async () => (await bench.waiting(talk.id)) === 0, 'the turn is over')
  expect(answersOf(await bench.read(talk.id))).toEqual([])
  expect(await bench.sql('select text, reason from suppressed_draft where conversation_id = $1', [talk.id])).toEqual([
    { text: 'Too late.', reason: 'stale' },
  ])
})

test('control that went away and came back while the agent spoke: that answer is refused, and a new one given', async () => {
  model.play({ say: ['Too', ' late.'], everyMs: 60 }, { say: ['In time.'] })
  const talk = await bench.talk()
  await talk.say('hello')
  await until(() => model.asked.length > 0, 'the model is asked')
  await bench.sql('update conversation set epoch = epoch + 2 where id = $1', [talk.id])
  expect((await talk.answers(1)).map((line) => line.text)).toEqual(['In time.'])
  expect(await bench.sql('select text from suppressed_draft where conversation_id = $1', [talk.id])).toEqual([
    { text: 'Too late.' },
  ])
})

test('handing back with an unanswered message answers it at once', async () => {
  const { ana } = bench.app.north.people
  const talk = await bench.talk()
  await talk.say('hello')
  await talk.answers(1)
  await ana.caller.put(`/api/v1/conversations/${talk.id}/control`, { control: 'operator' })
  await talk.say('are you there?')
  expect(await bench.waiting(talk.id)).toBe(0)
  await ana.caller.put(`/api/v1/conversations/${talk.id}/control`, { control: 'agent' })
  await talk.answers(2)
  expect(model.asked).toHaveLength(2)
})

test('a blocked contact is not answered, and is when the block is lifted', async () => {
  model.play({ endless: 'still talking ', everyMs: 60 })
  const talk = await bench.talk()
  await talk.say('hello')
  await until(() => model.asked.length > 0, 'the model is asked')
  const { contact } = await talk.conversation()
  const channelId = (await talk.conversation()).channel.id
  const blocked = await bench.owner.post(`/api/v1/contacts/${contact.id}/block`, { channelId, reason: 'spam' })
  expect(blocked.status).toBeLessThan(300)
  await model.asked[0]!.aborted
  await until(async () => (await bench.waiting(talk.id)) === 0, 'the turn is over')
  expect(answersOf(await bench.read(talk.id))).toEqual([])
  model.play({ say: ['Welcome back.'] })
  await bench.owner.post(`/api/v1/contacts/${contact.id}/unblock`, { channelId })
  expect((await talk.answers(1))[0]!.text).toBe('Welcome back.')
})

test('a message while the agent still thinks restarts the turn; both are answered once', async () => {
  model.play({ hang: [] }, { say: ['Both answered.'] })
  const talk = await bench.talk()
  await talk.say('hello')
  await until(() => model.asked.length === 1, 'the model is asked')
  await talk.say('and do you ship to Norway?')
  await talk.answers(1)
  expect(model.asked[1]!.messages).toEqual([{ role: 'user', text: 'hello\n\nand do you ship to Norway?' }])
  await until(async () => (await bench.waiting(talk.id)) === 0, 'nobody waits')
  expect(answersOf(await bench.read(talk.id)).map((line) => line.text)).toEqual(['Both answered.'])
})

test('a message while the agent speaks is the next turn', async () => {
  model.play({ say: ['First', ' ans', 'wer', '.'], everyMs: 120 }, { say: ['Second.'] })
  const visitor = await bench.visitor()
  const stream = await visitor.listen()
  const said = await visitor.say('hello')
  await stream.until((s) => s.heard.some((frame) => frame.event === 'delta' && frame.data.state === 'writing'))
  await visitor.say('one more')
  await stream.until((s) => s.entries.filter((entry) => entry.author.kind === 'agent').length === 2)
  const lines = await bench.read(said.body.conversation.id)
  expect(lines.filter((line) => line.kind === 'message').map((line) => line.text)).toEqual([
    'hello',
    'one more',
    'First answer.',
    'Second.',
  ])
  stream.close()
})

/** What a node leaves behind that died in the middle of a turn. */
const leaveBehind = (id: string, attempts: number) =>
  bench.sql(
    `insert into agent_turn (workspace_id, conversation_id, through_position, due_at, lease_until, attempts)
     select workspace_id, id, last_position, now(), now() - interval '1 second', $2 from conversation where id = $1`,
    [id, attempts],
  )

test('a turn whose node died is taken again; an answer that was stored already is not given twice', async () => {
  const talk = await bench.talk()
  await talk.say('hello')
  await talk.answers(1)
  await until(async () => (await bench.waiting(talk.id)) === 0, 'nobody waits')
  await bench.sql(
    `insert into agent_turn (workspace_id, conversation_id, through_position, due_at, lease_until, attempts)
     select workspace_id, id, 1, now(), now() - interval '1 second', 1 from conversation where id = $1`,
    [talk.id],
  )
  await until(async () => (await bench.waiting(talk.id)) === 0, 'the turn is taken again')
  expect(answersOf(await bench.read(talk.id))).toHaveLength(1)
  expect(model.asked).toHaveLength(1)
})

test('a turn that no start survives ends with a person', async () => {
  const talk = await bench.talk()
  await bench.sql("update channel set kind = 'api' where workspace_id = $1 and kind = 'widget'", [bench.workspaceId])
  await talk.say('hello')
  await bench.sql("update channel set kind = 'widget' where workspace_id = $1 and kind = 'api'", [bench.workspaceId])
  await leaveBehind(talk.id, 3)
  await talk.until((c) => c.control === 'queue')
  expect((await talk.conversation()).handoff?.reason).toBe('agent_failed')
  expect(model.asked).toHaveLength(0)
})

test('stopping a node in the middle of a turn gives it to the next, which answers once', async () => {
  model.play({ hang: ['Once upon'] }, { say: ['Answered by another.'] })
  const second = await bench.app.startSecondNode()
  const talk = await bench.talk()
  await talk.say('hello')
  await until(() => model.asked.length === 1, 'one node asks the model')
  // Whichever node has the turn: both give up theirs, one stays.
  await second.stop()
  if (
    model.asked.length === 1 &&
    (
      await bench.sql('select 1 from agent_turn where conversation_id = $1 and attempts = 1 and lease_until > now()', [
        talk.id,
      ])
    ).length > 0
  ) {
    await bench.sql('update agent_turn set lease_until = null where conversation_id = $1', [talk.id])
  }
  const [answer] = await talk.answers(1)
  expect(answer!.text).toBe('Answered by another.')
  await until(async () => (await bench.waiting(talk.id)) === 0, 'nobody waits')
  expect(answersOf(await bench.read(talk.id))).toHaveLength(1)
})
