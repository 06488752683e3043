/** Agents with a model, against a strict stand-in: what it is asked, and what becomes of its answers. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { KEY, type ModelBench, openModelBench } from '../test/model-bench.ts'
import type { ModelStandIn } from '../test/model-stand-in.ts'
import { answersOf, callsOf } from '../test/turn-bench.ts'

let bench: ModelBench
let model: ModelStandIn
beforeAll(async () => {
  bench = await openModelBench()
  model = bench.model
})
afterAll(() => bench.stop())
beforeEach(() => bench.useModel())
afterEach(() => expect(model.complaints).toEqual([]))

test('a model answers, token by token, knowing who it is and what the articles say', async () => {
  const visitor = await bench.visitor()
  const stream = await visitor.listen()
  const said = await visitor.say('How long does delivery take?')
  const answer = await stream.until((s) => s.entries.find((entry) => entry.author.kind === 'agent'))
  expect(answer).toMatchObject({ text: 'Hello from the model.', author: { name: 'Grace' } })
  stream.close()
  const [asked] = model.asked
  expect(asked).toMatchObject({
    key: KEY,
    model: 'small-1',
    maxTokens: 200,
    tools: ['search_knowledge', 'hand_off', 'nothing_found'],
  })
  expect(asked!.system).toContain('You are Grace, the AI agent of North Ltd')
  expect(asked!.system).toContain('Be brief.')
  expect(asked!.system).toContain('Standard delivery takes 3 to 5 working days')
  expect(asked!.messages).toEqual([{ role: 'user', text: 'How long does delivery take?' }])
  const { body } = await bench.owner.get(`/api/v1/conversations/${said.body.conversation.id}`)
  expect(body.tokens).toEqual({ input: 100, output: 3 })
  expect(body.costUsd).toBeCloseTo((100 * 2 + 3 * 10) / 1_000_000, 9)
})

test('Anthropic’s protocol works the same', async () => {
  await bench.useModel({ provider: 'anthropic' })
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
  model.play(
    { call: [{ name: 'search_knowledge', arguments: '{"query":"discount codes"}' }] },
    { say: ['One code only.'] },
  )
  const talk = await bench.talk()
  await talk.say('hmm, one more thing')
  await talk.answers(1)
  const [call] = callsOf(await bench.read(talk.id))
  expect(call!.functionCall).toMatchObject({
    name: 'search_knowledge',
    parameters: { query: 'discount codes' },
    status: 'ok',
  })
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
    expect(callsOf(lines)[0]!.functionCall).toMatchObject({
      name: 'hand_off',
      parameters: { reason: 'wants a contract' },
      result: 'queued',
    })
    expect((await talk.conversation()).tokens).toEqual({ input: 20, output: 5 })
  }
})

test('a function that does not exist is refused, recorded, and does not stop the answer', async () => {
  model.play(
    { call: [{ name: 'delete_everything', arguments: '{"really":true}' }] },
    { say: ['Sorry, I cannot do that.'] },
  )
  const talk = await bench.talk()
  await talk.say('delete everything')
  expect((await talk.answers(1))[0]!.text).toBe('Sorry, I cannot do that.')
  expect(callsOf(await bench.read(talk.id))[0]!.functionCall).toMatchObject({
    name: 'delete_everything',
    status: 'refused',
  })
})

test('what an operator said and left as a note reaches the model as a colleague’s', async () => {
  const talk = await bench.talk()
  await talk.say('hello')
  await talk.answers(1)
  const { ana } = bench.app.north.people
  await ana.caller.put(`/api/v1/conversations/${talk.id}/control`, { control: 'operator' })
  await ana.caller.post(`/api/v1/conversations/${talk.id}/messages`, {
    text: 'You get 10 % off.',
    clientKey: crypto.randomUUID(),
  })
  await talk.say('thanks! and how do I pay?')
  await ana.caller.put(`/api/v1/conversations/${talk.id}/control`, { control: 'agent', note: 'Promised ten percent.' })
  await talk.answers(2)
  const asked = model.asked.at(-1)!
  expect(asked.messages.map(({ role, text }) => `${role}: ${text}`).join('\n')).toContain(
    'assistant: Hello from the model.\n\n[written by our colleague Ana] You get 10 % off.',
  )
  expect(asked.system).toContain('Promised ten percent.')
  expect(asked.messages.at(-1)).toEqual({ role: 'user', text: 'thanks! and how do I pay?' })
})

test('coaching reaches the model and nobody else', async () => {
  const talk = await bench.talk()
  const stream = await talk.visitor.listen()
  await talk.say('hello')
  await talk.answers(1)
  const coached = await bench.owner.post(`/api/v1/conversations/${talk.id}/coaching`, {
    text: 'Offer the blue one.',
    clientKey: crypto.randomUUID(),
  })
  expect(coached.status).toBeLessThan(300)
  await talk.say('which colour?')
  await talk.answers(2)
  expect(model.asked.at(-1)!.system).toContain('Offer the blue one.')
  expect(JSON.stringify(model.asked.at(-1)!.messages)).not.toContain('blue one')
  expect(JSON.stringify(stream.heard)).not.toContain('blue one')
  stream.close()
})
