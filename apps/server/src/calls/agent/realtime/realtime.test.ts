/** An agent of the Realtime interface on real calls, against a model as strict as the service. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RealtimeStandIn, startRealtimeStandIn } from '../../../test/realtime-stand-in.ts'
import { until } from '../../../test/until.ts'
import { type CallBench, noise, openCallBench, type TestCall } from '../agent.fixture.ts'

let bench: CallBench
let model: RealtimeStandIn
beforeAll(async () => {
  bench = await openCallBench()
  model = await startRealtimeStandIn()
  const saved = await bench.bench.owner.put('/api/v1/voice/speech', {
    recogniser: { provider: 'none', model: null, pricePerMinute: null },
    synthesizer: { provider: 'espeak', model: null, voice: null, pricePerThousand: null },
    deepgram: { baseUrl: null },
    openai: { baseUrl: model.url, key: model.key },
  })
  expect(saved.status).toBe(200)
  await bench.configure({ by: 'openai_realtime' })
})
afterAll(async () => {
  await bench.stop()
  await model.stop()
})

const read = async (call: TestCall) =>
  (await bench.bench.read(call.conversationId)).filter(({ kind }) => kind === 'message' || kind === 'function_call')
const callOf = async (call: TestCall) =>
  (await bench.bench.owner.get(`/api/v1/conversations/${call.conversationId}/call`)).body

test('hears, calls our functions, and is written down on both sides', async () => {
  model.moves.push({ says: 'Hello, this is Ada.' })
  model.turns.push({
    hears: 'How long does delivery take?',
    moves: [{ calls: 'search_knowledge', with: { query: 'delivery time' } }, { says: 'It takes 3 to 5 working days.' }],
  })
  const call = await bench.call()
  await until(async () => (await read(call)).length === 1, 'the greeting was heard')
  await call.leg.say(noise(600))
  await until(async () => (await read(call)).length === 4, 'the answer was heard')
  const [greeting, asked, looked, answer] = await read(call)
  expect(greeting).toMatchObject({
    text: 'Hello, this is Ada.',
    author: { kind: 'agent' },
    data: { call: { role: 'ai' } },
  })
  expect(asked).toMatchObject({ text: 'How long does delivery take?', author: { kind: 'contact' } })
  expect(looked).toMatchObject({
    kind: 'function_call',
    functionCall: { name: 'search_knowledge', status: 'ok' },
  })
  expect(answer!.text).toBe('It takes 3 to 5 working days.')
  expect(JSON.stringify(model.items)).toContain('3 to 5 working days')
  expect(call.heard()).toBeGreaterThan(20)
  // The runtime of the chat says nothing where a model speaks by itself.
  expect(await bench.bench.waiting(call.conversationId)).toBe(0)
  expect(model.refusals).toEqual([])
  await call.leg.hangUp()
})

test('is interrupted: the model learns how much was heard, and the log keeps no more', async () => {
  const long =
    'We deliver to every country of Europe, and further still, which I shall now tell you one by one at length. '.repeat(
      3,
    )
  model.moves.push({ says: long })
  const call = await bench.call()
  await until(() => call.heard() > 25, 'it is speaking')
  await call.leg.say(noise(500))
  await until(async () => model.truncated.length > 0 && (await read(call)).length >= 1, 'the model was told')
  expect(model.truncated[0]!.audio_end_ms).toBeGreaterThan(100)
  const [said] = await read(call)
  expect(said!.text!.length).toBeLessThan(long.length / 2)
  expect(model.refusals).toEqual([])
  await call.leg.hangUp()
})

test('is held, coached and calls a person', async () => {
  model.moves.push({ says: 'Hello.' })
  const call = await bench.call()
  await until(async () => (await read(call)).length === 1, 'it greeted')
  const { engine } = bench.app.app.node.services.calls
  const before = model.turns.length
  await engine.setFloor(call.id, { floor: { by: 'hold' } }, crypto.randomUUID())
  await call.leg.say(noise(500))
  expect(model.turns.length).toBe(before)
  await engine.setFloor(
    call.id,
    { floor: { by: 'ai' }, context: 'The colleague promised a refund.' },
    crypto.randomUUID(),
  )
  const { version } = await callOf(call)
  const coached = await bench.bench.owner.post(`/api/v1/conversations/${call.conversationId}/call/coaching`, {
    opId: crypto.randomUUID(),
    version,
    text: 'Offer them ten percent.',
  })
  expect(coached.status).toBe(200)
  await until(() => JSON.stringify(model.items).includes('ten percent'), 'the model was coached')
  expect(JSON.stringify(model.items)).toContain('promised a refund')
  model.turns.push({
    hears: 'Give me a person.',
    moves: [{ calls: 'hand_off', with: { reason: 'The customer wants a person.' } }, { says: 'One moment please.' }],
  })
  await call.leg.say(noise(600))
  await until(async () => (await callOf(call)).state === 'queued', 'the caller waits for a person')
  await until(async () => (await callOf(call)).coaching[0].state === 'applied', 'coaching was applied')
  expect((await read(call)).map(({ text }) => text)).toContain('One moment please.')
  expect(model.refusals).toEqual([])
  await call.leg.hangUp()
})
