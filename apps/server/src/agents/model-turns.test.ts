/** Agents with a model, against a strict stand-in: what it is asked, what becomes of its answers, and of every way to fail. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'
import { type Act, ModelStandIn } from '../test/model-stand-in.ts'
import { until } from '../test/until.ts'
import { TURN_LIMITS, type TurnLimits } from './limits.ts'
import { answersOf, type Bench, callsOf, openBench } from './turn-bench.fixture.ts'

const KEY = 'sk-test-9f8e7d6c5b4a39281706f5e4d3c2b1a0'
let bench: Bench
let model: ModelStandIn

beforeAll(async () => {
  model = await ModelStandIn.start()
  bench = await openBench(await startTestApp({ config: { allowPrivateAddresses: ['127.0.0.0/8'] } }))
})
afterAll(async () => {
  await bench.stop()
  await model.stop()
})
beforeEach(async () => {
  Object.assign(bench.limits, { ...TURN_LIMITS, paceMs: 0, backOffMs: 5 })
  model.play({ say: ['Hello', ' from', ' the model.'] })
  await useModel()
})
afterEach(() => expect(model.complaints).toEqual([]))

/** A fresh agent each time: a breaker that one test opened does not touch the next. */
async function useModel(more: object = {}): Promise<void> {
  const { body } = await bench.owner.post('/api/v1/agents', {
    name: 'Grace',
    company: 'North Ltd',
    instructions: 'Be brief.',
    model: { provider: 'openai-compatible', baseUrl: model.url, model: 'small-1', key: KEY, maxOutputTokens: 200, inputPricePerMillion: 2, outputPricePerMillion: 10, ...more },
  })
  await bench.changeChannel({ agentId: body.id })
}

const hangs = { hang: ['Let me', ' see'] } satisfies Act

test('a model answers, token by token, knowing who it is and what the articles say', async () => {
  const visitor = await bench.visitor()
  const stream = await visitor.listen()
  const said = await visitor.say('How long does delivery take?')
  const answer = await stream.until((s) => s.entries.find((entry) => entry.author.kind === 'agent'))
  expect(answer).toMatchObject({ text: 'Hello from the model.', author: { name: 'Grace' } })
  stream.close()
  const [asked] = model.asked
  expect(asked).toMatchObject({ key: KEY, model: 'small-1', maxTokens: 200, tools: ['search_knowledge', 'hand_off'] })
  expect(asked!.system).toContain('You are Grace, the AI agent of North Ltd')
  expect(asked!.system).toContain('Be brief.')
  expect(asked!.system).toContain('Standard delivery takes 3 to 5 working days')
  expect(asked!.messages).toEqual([{ role: 'user', text: 'How long does delivery take?' }])
  const { body } = await bench.owner.get(`/api/v1/conversations/${said.body.conversation.id}`)
  expect(body.tokens).toEqual({ input: 100, output: 3 })
  expect(body.costUsd).toBeCloseTo((100 * 2 + 3 * 10) / 1_000_000, 9)
})

test('Anthropic’s protocol works the same', async () => {
  await useModel({ provider: 'anthropic' })
  const talk = await bench.talk()
  await talk.say('hello')
  expect((await talk.answers(1))[0]!.text).toBe('Hello from the model.')
  expect(model.asked[0]).toMatchObject({ protocol: 'anthropic', key: KEY })
  expect((await talk.conversation()).tokens).toEqual({ input: 100, output: 3 })
})

test('an answer that uses an article cites it', async () => {
  model.play({ say: ['Standard delivery takes', ' 3 to 5 working days.'] })
  const talk = await bench.talk()
  await talk.say('How long does delivery take?')
  expect((await talk.answers(1))[0]!.data.citations).toMatchObject([{ title: 'Shipping and delivery' }])
})

test('functions are called, recorded and told to the model', async () => {
  model.play({ call: [{ name: 'search_knowledge', arguments: '{"query":"discount codes"}' }] }, { say: ['One code only.'] })
  const talk = await bench.talk()
  await talk.say('hmm, one more thing')
  await talk.answers(1)
  const [call] = callsOf(await bench.read(talk.id))
  expect(call!.functionCall).toMatchObject({ name: 'search_knowledge', parameters: { query: 'discount codes' }, status: 'ok' })
  expect(JSON.stringify(call!.functionCall!.result)).toContain('Ordering and payment')
  expect(model.asked[1]!.messages.at(-1)).toMatchObject({ role: 'tool' })
  expect(model.asked[1]!.messages.at(-1)!.text).toContain('Only one code can be used')
  expect((await talk.conversation()).tokens).toEqual({ input: 120, output: 6 })
})

test('the model may hand off, with words or without', async () => {
  for (const say of [undefined, ['I will get a colleague.']]) {
    model.play({ ...(say && { say }), call: [{ name: 'hand_off', arguments: '{"reason":"wants a contract"}' }] })
    const talk = await bench.talk()
    await talk.say('I need a special contract')
    await talk.until((c) => c.control === 'queue')
    const lines = await bench.read(talk.id)
    expect((await talk.conversation()).handoff).toMatchObject({ state: 'queued', reason: 'agent_asked', by: 'agent' })
    expect(answersOf(lines).map((line) => line.text)).toEqual(say ?? [])
    expect(callsOf(lines)[0]!.functionCall).toMatchObject({ name: 'hand_off', parameters: { reason: 'wants a contract' }, result: 'queued' })
    expect((await talk.conversation()).tokens).toEqual({ input: 20, output: 5 })
  }
})

test('a function that does not exist is refused, recorded, and does not stop the answer', async () => {
  model.play({ call: [{ name: 'delete_everything', arguments: '{"really":true}' }] }, { say: ['Sorry, I cannot do that.'] })
  const talk = await bench.talk()
  await talk.say('delete everything')
  expect((await talk.answers(1))[0]!.text).toBe('Sorry, I cannot do that.')
  expect(callsOf(await bench.read(talk.id))[0]!.functionCall).toMatchObject({ name: 'delete_everything', status: 'refused' })
})

test('what an operator said and left as a note reaches the model as a colleague’s', async () => {
  const talk = await bench.talk()
  await talk.say('hello')
  await talk.answers(1)
  const { ana } = bench.app.north.people
  await ana.caller.put(`/api/v1/conversations/${talk.id}/control`, { control: 'operator' })
  await ana.caller.post(`/api/v1/conversations/${talk.id}/messages`, { text: 'You get 10 % off.', clientKey: crypto.randomUUID() })
  await talk.say('thanks! and how do I pay?')
  await ana.caller.put(`/api/v1/conversations/${talk.id}/control`, { control: 'agent', note: 'Promised ten percent.' })
  await talk.answers(2)
  const asked = model.asked.at(-1)!
  expect(asked.messages.map(({ role, text }) => `${role}: ${text}`).join('\n')).toContain('assistant: Hello from the model.\n\n[written by our colleague Ana] You get 10 % off.')
  expect(asked.system).toContain('Promised ten percent.')
  expect(asked.messages.at(-1)).toEqual({ role: 'user', text: 'thanks! and how do I pay?' })
})

test('coaching reaches the model and nobody else', async () => {
  const talk = await bench.talk()
  const stream = await talk.visitor.listen()
  await talk.say('hello')
  await talk.answers(1)
  const coached = await bench.owner.post(`/api/v1/conversations/${talk.id}/coaching`, { text: 'Offer the blue one.', clientKey: crypto.randomUUID() })
  expect(coached.status).toBeLessThan(300)
  await talk.say('which colour?')
  await talk.answers(2)
  expect(model.asked.at(-1)!.system).toContain('Offer the blue one.')
  expect(JSON.stringify(model.asked.at(-1)!.messages)).not.toContain('blue one')
  expect(JSON.stringify(stream.heard)).not.toContain('blue one')
  stream.close()
})

describe('whatever a model does, the contact is answered or told, and operators read why', () => {
  const NUL = String.fromCharCode(0)
  const chunk = (content: string) => `data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":${JSON.stringify(content)}},"finish_reason":null}]}\n\n`
  const huge = Array.from({ length: 700 }, () => chunk('x'.repeat(16_000)))
  const FAILURES: [string, Act, { detail: string; asked: number; limits?: Partial<TurnLimits> }][] = [
    ['is not there (503)', { status: 503 }, { detail: '503', asked: 3 }],
    ['fails (500)', { status: 500, body: 'no json at all' }, { detail: '500', asked: 3 }],
    ['limits the rate without saying how long (429)', { status: 429 }, { detail: '429', asked: 3 }],
    ['limits the rate for longer than anybody waits', { status: 429, headers: { 'retry-after': '120' } }, { detail: '429', asked: 1 }],
    ['refuses the key (401)', { status: 401, body: { error: { message: `Incorrect API key provided: ${KEY}`, type: 'auth' } } }, { detail: '401', asked: 1 }],
    ['does not know the model (404)', { status: 404 }, { detail: '404', asked: 1 }],
    ['drops the connection at once', { reset: [] }, { detail: '', asked: 3 }],
    ['drops the connection in the middle', { reset: ['Half an', ' answer'] }, { detail: '', asked: 2 }],
    ['ends without an end', { cut: ['Half an', ' answer'] }, { detail: 'finish', asked: 2 }],
    ['never begins', { hang: [] }, { detail: 'in time', asked: 1, limits: { firstWordMs: 250, patienceMs: 250 } }],
    ['begins and never goes on', hangs, { detail: 'in time', asked: 2, limits: { wholeMs: 300 } }],
    ['never ends', { endless: 'word ', everyMs: 20 }, { detail: 'in time', asked: 2, limits: { wholeMs: 300 } }],
    ['answers nothing', { say: [] }, { detail: 'nothing', asked: 3 }],
    ['answers blanks', { say: ['  ', '\n\n', ' \t'] }, { detail: 'nothing', asked: 3 }],
    ['sends what is no JSON', { raw: ['data: {"choices": [oops\n\n', 'data: [DONE]\n\n'] }, { detail: '', asked: 3 }],
    ['sends JSON of another kind', { raw: ['data: {"hello": "world"}\n\n', 'data: [DONE]\n\n'] }, { detail: '', asked: 3 }],
    ['sends a web page', { raw: ['<html><body>It works!</body></html>'] }, { detail: '', asked: 3 }],
    ['sends NUL', { say: [`a${NUL}b`] }, { detail: 'no text', asked: 3 }],
    ['sends half a character', { raw: [chunk('ab').replace('"ab"', '"a\\ud83d b"'), 'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n', 'data: [DONE]\n\n'] }, { detail: 'no text', asked: 2 }],
    ['sends ten megabytes', { raw: huge }, { detail: '', asked: 2 }],
    ['sends one endless line', { raw: ['data: ', ...Array.from({ length: 200 }, () => 'y'.repeat(64_000))] }, { detail: '', asked: 3 }],
    ['is stopped by a filter', { say: ['I'], finish: 'content_filter' }, { detail: 'filter', asked: 1 }],
    ['reports an error inside its stream', { errorInside: 'The engine is currently overloaded' }, { detail: 'overloaded', asked: 3 }],
    ['redirects to the inside', { status: 302, headers: { location: 'http://169.254.169.254/latest' } }, { detail: 'redirect', asked: 1 }],
  ]

  test.each(FAILURES)('it %s', async (_, act, expected) => {
    Object.assign(bench.limits, expected.limits)
    model.play(act)
    const talk = await bench.talk()
    const stream = await talk.visitor.listen()
    await talk.say('hello')
    await talk.until((c) => c.control === 'queue')
    const lines = await bench.read(talk.id)
    expect(answersOf(lines)).toEqual([])
    const failed = lines.find((line) => line.data.type === 'answer_failed')
    expect(failed?.data.reason).toBe('model_failed')
    expect(failed?.text).toContain(expected.detail)
    expect((await talk.conversation()).handoff).toMatchObject({ state: 'queued', reason: 'model_failed', by: 'rule' })
    const told = await stream.until((s) => s.entries.find((entry) => entry.author.kind === 'system'))
    expect(told.text).toContain('Somebody from the team will answer you')
    expect(model.asked.length).toBe(expected.asked)
    const deltas = stream.heard.flatMap((frame) => (frame.event === 'delta' ? [frame.data] : []))
    expect(deltas.at(-1)!.state).toBe('cancelled')
    expect(await bench.waiting(talk.id)).toBe(0)
    expect(JSON.stringify([lines, stream.heard])).not.toContain(KEY)
    stream.close()
  })

  test('a short failure is bridged by a retry, and Retry-After is kept', async () => {
    model.play({ status: 429, headers: { 'retry-after-ms': '60' } }, { status: 500 }, { say: ['Back again.'] })
    const talk = await bench.talk()
    await talk.say('hello')
    expect((await talk.answers(1))[0]!.text).toBe('Back again.')
    expect(model.asked).toHaveLength(3)
  })

  test('an answer that broke off is taken back and given whole', async () => {
    model.play({ reset: ['Wrong', ' half'] }, { say: ['The whole', ' answer.'] })
    const visitor = await bench.visitor()
    const stream = await visitor.listen()
    await visitor.say('hello')
    const answer = await stream.until((s) => s.entries.find((entry) => entry.author.kind === 'agent'))
    expect(answer.text).toBe('The whole answer.')
    const deltas = stream.heard.flatMap((frame) => (frame.event === 'delta' ? [frame.data] : []))
    const [first, second] = [...new Set(deltas.map(({ turnId }) => turnId))]
    expect(deltas.filter(({ turnId }) => turnId === first).at(-1)!.state).toBe('cancelled')
    expect(deltas.filter(({ turnId, state }) => turnId === second && state === 'writing').map(({ text }) => text).join('')).toBe('The whole answer.')
    stream.close()
  })

  test('an answer cut at the length limit is kept, and shows it', async () => {
    model.play({ say: ['A long story without an'], finish: 'length' })
    const talk = await bench.talk()
    await talk.say('hello')
    expect((await talk.answers(1))[0]!.text).toBe('A long story without an…')
  })

  test('a model that keeps failing is left alone for a while', async () => {
    model.play({ status: 401 })
    for (let i = 0; i < 6; i++) await bench.ask('hello', (c) => c.control === 'queue')
    expect(model.asked).toHaveLength(5)
  })

  test('tokens of tries that failed are counted too', async () => {
    model.play({ say: [], usage: { input: 70, output: 1 } })
    const { conversation } = await bench.ask('hello', (c) => c.control === 'queue')
    expect(conversation.tokens).toEqual({ input: 210, output: 3 })
  })
})

describe('one side speaks', () => {
  test('taking over in the middle of an answer: the rest of it appears nowhere', async () => {
    model.play({ endless: 'still talking ', everyMs: 5 })
    const visitor = await bench.visitor()
    const stream = await visitor.listen()
    const said = await visitor.say('hello')
    const id = said.body.conversation.id
    await stream.until((s) => s.heard.some((frame) => frame.event === 'delta' && frame.data.state === 'writing'))
    const { ana } = bench.app.north.people
    expect((await ana.caller.put(`/api/v1/conversations/${id}/control`, { control: 'operator' })).status).toBe(200)
    await model.asked[0]!.aborted
    await stream.until((s) => s.heard.some((frame) => frame.event === 'conversation' && frame.data.handler.kind === 'operator'))
    const before = stream.heard.length
    await ana.caller.post(`/api/v1/conversations/${id}/messages`, { text: 'Ana here.', clientKey: crypto.randomUUID() })
    await stream.until((s) => s.texts.includes('Ana here.'))
    await until(async () => (await bench.waiting(id)) === 0, 'the turn is gone')
    expect(stream.heard.slice(before).filter((frame) => frame.event === 'delta' && frame.data.state === 'writing')).toEqual([])
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
    expect(await bench.sql('select text, reason from suppressed_draft where conversation_id = $1', [talk.id])).toEqual([{ text: 'Too late.', reason: 'stale' }])
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
    model.play({ endless: 'still talking ', everyMs: 5 })
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
    expect(lines.filter((line) => line.kind === 'message').map((line) => line.text)).toEqual(['hello', 'one more', 'First answer.', 'Second.'])
    stream.close()
  })
})

describe('crashes', () => {
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
    if (model.asked.length === 1 && (await bench.sql('select 1 from agent_turn where conversation_id = $1 and attempts = 1 and lease_until > now()', [talk.id])).length > 0) {
      await bench.sql('update agent_turn set lease_until = null where conversation_id = $1', [talk.id])
    }
    const [answer] = await talk.answers(1)
    expect(answer!.text).toBe('Answered by another.')
    await until(async () => (await bench.waiting(talk.id)) === 0, 'nobody waits')
    expect(answersOf(await bench.read(talk.id))).toHaveLength(1)
  })
})
