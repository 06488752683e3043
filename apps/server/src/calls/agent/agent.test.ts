/** The built-in agent on real calls: through the hub, with recogniser and voice over their own protocols. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { handBack } from '../../conversations/index.ts'
import { answersOf, type Line } from '../../test/turn-bench.ts'
import { until } from '../../test/until.ts'
import { sayAsCaller } from '../say-as-caller.ts'
import { type CallBench, noise, openCallBench, type TestCall } from './agent.fixture.ts'
import { agentToken } from './agent-token.ts'

let bench: CallBench
beforeAll(async () => {
  bench = await openCallBench()
  const { url, key } = bench.providers
  const saved = await bench.bench.owner.put('/api/v1/voice/speech', {
    recogniser: { provider: 'deepgram', model: null, pricePerMinute: 0.6 },
    synthesizer: { provider: 'openai', model: null, voice: null, pricePerThousand: 1 },
    deepgram: { baseUrl: url, key },
    openai: { baseUrl: `${url}/v1`, key },
  })
  expect(saved.status).toBe(200)
  expect(JSON.stringify(saved.body)).not.toContain(key)
})
afterAll(() => bench.stop())

interface HeardOf {
  startMs: number
  endMs: number
  interrupted?: boolean
  heard?: string
}
const heardOf = ({ data }: Line) => data.call as unknown as HeardOf
const spokenOf = (lines: Line[]) => answersOf(lines).filter(({ data }) => data.call)
const read = (call: TestCall) => bench.bench.read(call.conversationId)
const callOf = async (call: TestCall) =>
  (await bench.bench.owner.get(`/api/v1/conversations/${call.conversationId}/call`)).body

/** Greeted, and quiet again. */
async function greeted(): Promise<TestCall> {
  const call = await bench.call()
  await until(async () => spokenOf(await read(call)).length === 1, 'the greeting was heard')
  return call
}

test('greets, writes down what is said, and speaks the answer the log’s agent gives', async () => {
  const call = await greeted()
  const [greeting] = spokenOf(await read(call))
  expect(greeting!.data.call).toMatchObject({ callId: call.id, role: 'ai', source: 'self' })
  expect(call.heard()).toBeGreaterThan(greeting!.text!.length / 2)
  bench.providers.script.push('How long does delivery take?')
  await call.leg.say(noise(900))
  let answer: Line | undefined
  await until(async () => {
    answer = spokenOf(await read(call))[1]
    return answer !== undefined
  }, 'the answer was heard')
  const asked = (await read(call)).find(({ author }) => author.kind === 'contact')!
  expect(asked).toMatchObject({
    text: 'How long does delivery take?',
    data: { call: { role: 'caller', source: 'recogniser' } },
  })
  expect(heardOf(asked).endMs).toBeGreaterThan(heardOf(asked).startMs)
  expect(answer!.text).toContain('3 to 5 working days')
  expect(heardOf(answer!).startMs).toBeGreaterThan(heardOf(asked).endMs)
  expect(heardOf(answer!).interrupted).toBeUndefined()
  const said = bench.providers.spoken.join(' ')
  expect(said).toContain('3 to 5 working days')
  expect(said).not.toMatch(/[*#[\]]/)
  expect(bench.providers.refusals).toEqual([])
  await call.leg.hangUp()
})

test('falls silent when the caller speaks, and keeps what was heard of the answer', async () => {
  const call = await greeted()
  await sayAsCaller(bench.app.app.node.services, call.id, 'How long does delivery take?')
  const before = call.heard()
  await until(() => call.heard() > before + 25, 'the answer is being spoken')
  await call.leg.say(noise(700))
  let answer: Line | undefined
  await until(async () => {
    answer = spokenOf(await read(call))[1]
    return answer !== undefined
  }, 'it was noted what was heard')
  const { interrupted, heard } = heardOf(answer!)
  expect(interrupted).toBe(true)
  expect(heard!.length).toBeGreaterThan(0)
  expect(heard!.length).toBeLessThan(answer!.text!.length)
  await call.leg.hangUp()
})

test('says that a person comes before the music begins', async () => {
  const call = await greeted()
  await sayAsCaller(bench.app.app.node.services, call.id, 'I want to talk to a human please')
  await until(async () => (await callOf(call)).state === 'queued', 'the caller waits for a person')
  const asked = (await read(call)).find(({ data }) => data.type === 'handoff_requested')!
  expect(bench.providers.spoken).toContain(String(asked.data.announcement).split(/(?<=[.!?])\s/)[0])
  const { engine } = bench.app.app.node.services.calls
  await until(async () => {
    const carried = await engine.snapshot(call.id)
    return carried?.floor.by === 'hold' && !carried.legs.some(({ role, state }) => role === 'ai' && state === 'live')
  }, 'the agent has left, and music plays')
  // Nobody comes, and the agent has the caller again: it says so, and what was asked before queues nobody twice.
  await handBack(bench.app.north.ctx, call.conversationId, { announce: false })
  await until(
    async () =>
      spokenOf(await read(call))
        .at(-1)
        ?.text?.startsWith('Nobody of the team') === true,
    'it told so',
  )
  expect((await callOf(call)).state).toBe('ai')
  await call.leg.hangUp()
})

test('is silent while somebody else speaks, and a late answer is never heard', async () => {
  const call = await greeted()
  const { services } = bench.app.app.node
  await services.calls.engine.setFloor(call.id, { floor: { by: 'hold' } }, crypto.randomUUID())
  const spoken = bench.providers.spoken.length
  await sayAsCaller(services, call.id, 'How long does delivery take?')
  await until(
    async () => answersOf(await read(call)).length >= 2 || (await callOf(call)).state !== 'ai',
    'the log has its answer',
  )
  expect(bench.providers.spoken.length).toBe(spoken)
  await call.leg.hangUp()
})

test('speaks by the offline voice when the provider refuses', async () => {
  const { url, key } = bench.providers
  const speech = (await bench.bench.owner.get('/api/v1/voice/speech')).body
  const { recogniser, synthesizer } = speech
  const put = (openai: string) =>
    bench.bench.owner.put('/api/v1/voice/speech', {
      recogniser,
      synthesizer,
      deepgram: { baseUrl: url },
      openai: { baseUrl: `${url}/v1`, key: openai },
    })
  await put('sk-not-the-key')
  const call = await greeted()
  expect(call.heard()).toBeGreaterThan(20)
  expect(bench.providers.refusals.splice(0)).toContain('/v1/audio/speech: no key')
  await call.leg.hangUp()
  await put(key)
})

test('opens its door to nobody who does not show the call’s token', async () => {
  const call = await bench.call()
  const base = bench.app.url.replace('http', 'ws')
  const { id: workspace } = bench.app.north
  const statusOf = (path: string, headers: Record<string, string>) =>
    new Promise<number>((resolve) => {
      const socket = new WebSocket(base + path, { headers })
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
      socket.on('open', () => resolve(101))
      socket.on('error', () => {})
    })
  const path = `/internal/voice/agent?workspace=${workspace}&call=${call.id}`
  const other = agentToken('a-secret-of-the-tests-0123456789-abcdef', bench.app.south.id, call.id)
  expect(await statusOf(path, {})).toBe(401)
  expect(await statusOf(path, { authorization: `Bearer ${other}` })).toBe(401)
  expect(await statusOf('/somewhere/else', {})).toBe(404)
  await call.leg.hangUp()
})
