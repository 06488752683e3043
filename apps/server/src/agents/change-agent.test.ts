/** Agents as an admin meets them: keys go in and never come out, and are never sent where they were not meant for. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSealer } from '../platform/secrets.ts'
import { KEY, type ModelBench, openModelBench } from '../test/model-bench.ts'

let bench: ModelBench
let agentId: string
beforeAll(async () => {
  bench = await openModelBench()
})
afterAll(() => bench.stop())
beforeEach(async () => {
  await bench.useModel()
  const { body } = await bench.owner.get('/api/v1/agents?limit=200')
  agentId = body.items.at(-1).id
})
const change = (body: object) => bench.owner.patch(`/api/v1/agents/${agentId}`, body)
const stored = async () => (await bench.sql('select key_sealed from agent where id = $1', [agentId]))[0]!.key_sealed

test('a key is stored sealed, and is in no reply', async () => {
  const replies = [
    await bench.owner.get('/api/v1/agents?limit=200'),
    await bench.owner.get(`/api/v1/agents/${agentId}`),
    await change({ name: 'Grace H.', model: { key: KEY } }),
    await bench.owner.post(`/api/v1/agents/${agentId}/test`, { text: 'hello' }),
    await bench.owner.get('/api/v1/audit-log'),
  ]
  for (const { status, body } of replies) {
    expect(status).toBe(200)
    expect(JSON.stringify(body)).not.toContain(KEY)
    expect(JSON.stringify(body)).not.toContain(String(await stored()))
  }
  expect(replies[1]!.body.model.hasKey).toBe(true)
  expect(await stored()).not.toContain(KEY)
})

describe('a key never goes to another address than the one it was given for', () => {
  test.each([
    ['the provider changes', { provider: 'anthropic' }, false],
    ['the address changes', { baseUrl: 'http://127.0.0.1:9/v1' }, false],
    ['the address is taken away', { baseUrl: null }, false],
    ['it is removed', { key: null }, false],
    ['only the model changes', { model: 'large-2' }, true],
    ['the same address is sent again', { provider: 'openai-compatible' }, true],
    ['the address changes and a new key comes with it', { baseUrl: 'http://127.0.0.1:9/v1', key: 'sk-new' }, true],
  ])('%s', async (_, model, hasKey) => {
    const { status, body } = await change({ model })
    expect([status, body.model.hasKey]).toEqual([200, hasKey])
    expect((await stored()) !== null).toBe(hasKey)
  })

  test('a sealed key that is copied to another agent does not open there', async () => {
    const from = await stored()
    await bench.useModel({ key: null })
    const { body } = await bench.owner.get('/api/v1/agents?limit=200')
    const other = body.items.at(-1).id
    await bench.sql('update agent set key_sealed = $2 where id = $1', [other, from])
    bench.model.play({ say: ['hi'] })
    const tested = await bench.owner.post(`/api/v1/agents/${other}/test`, { text: 'hello' })
    expect(tested.body).toMatchObject({ ok: false, error: expect.stringContaining('EARSHOT_SECRET') })
    expect(bench.model.asked).toHaveLength(0)
  })

  test('a key sealed with another EARSHOT_SECRET says so', async () => {
    const foreign = createSealer('another-secret-of-another-installation').seal(KEY, 'x')
    await bench.sql('update agent set key_sealed = $2 where id = $1', [agentId, foreign])
    const { body } = await bench.owner.post(`/api/v1/agents/${agentId}/test`, { text: 'hello' })
    expect(body).toMatchObject({ ok: false, error: expect.stringContaining('EARSHOT_SECRET') })
  })
})

test.each([
  'http://169.254.169.254/latest',
  'http://10.0.0.1/v1',
  'http://[::ffff:10.0.0.1]/v1',
  'http://192.168.1.1:8080/v1',
  'http://2852039166/v1',
  'https://user:pass@example.com/v1',
])('a model at %s is refused', async (baseUrl) => {
  const { status, body } = await change({ model: { baseUrl } })
  expect([status, body.code]).toEqual([400, 'agent.address_refused'])
})

test('testing tells what came back, in tokens too', async () => {
  const { body } = await bench.owner.post(`/api/v1/agents/${agentId}/test`, { text: 'Say hello' })
  expect(body).toMatchObject({
    ok: true,
    text: 'Hello from the model.',
    error: null,
    tokens: { input: 100, output: 3 },
  })
  expect(bench.model.asked.at(-1)!.messages).toEqual([{ role: 'user', text: 'Say hello' }])
})

test('testing tells the provider’s own error, shortened and without secrets', async () => {
  bench.model.play({
    status: 401,
    body: { error: { message: `Incorrect API key provided: ${KEY}. ${'bla '.repeat(500)}`, type: 'invalid' } },
  })
  const { body } = await bench.owner.post(`/api/v1/agents/${agentId}/test`, { text: 'hello' })
  expect(body).toMatchObject({ ok: false, text: null })
  expect(body.error).toContain('HTTP 401: Incorrect API key provided')
  expect(body.error.length).toBeLessThanOrEqual(300)
  expect(body.error).not.toContain(KEY)
})

test('a key that looks like plain words is taken out of errors too', async () => {
  await change({ model: { key: 'open sesame' } })
  bench.model.play({ status: 401, body: { error: { message: 'Wrong key: open sesame!', type: 'invalid' } } })
  const { body } = await bench.owner.post(`/api/v1/agents/${agentId}/test`, { text: 'hello' })
  expect(body.error).toBe('HTTP 401: Wrong key: …!')
})

test('testing an agent without a model shows what the articles answer', async () => {
  const { body } = await bench.owner.post(`/api/v1/agents/${bench.agentId}/test`, {
    text: 'How long does delivery take?',
  })
  expect(body).toMatchObject({ ok: true, error: null, tokens: { input: 0, output: 0 } })
  expect(body.text).toContain('3 to 5 working days')
})

test('a model must be named', async () => {
  const { status, body } = await bench.owner.post('/api/v1/agents', {
    name: 'X',
    model: { provider: 'anthropic', key: 'k' },
  })
  expect([status, body.code]).toEqual([400, 'request.invalid'])
})

test('operators read agents and do not change them; other workspaces see none of ours', async () => {
  const { ana, viewer } = bench.app.north.people
  expect((await viewer.caller.get(`/api/v1/agents/${agentId}`)).status).toBe(200)
  expect((await ana.caller.patch(`/api/v1/agents/${agentId}`, { name: 'Z' })).status).toBe(403)
  const stranger = bench.app.south.people.owner.caller
  for (const answer of [
    await stranger.get(`/api/v1/agents/${agentId}`),
    await stranger.patch(`/api/v1/agents/${agentId}`, { name: 'Z' }),
    await stranger.delete(`/api/v1/agents/${agentId}`),
    await stranger.post(`/api/v1/agents/${agentId}/test`, { text: 'x' }),
  ]) {
    expect([answer.status, answer.body.code]).toEqual([404, 'agent.not_found'])
  }
})

test('an archived agent leaves the list, keeps its name for old conversations, and comes back whole', async () => {
  expect((await bench.owner.delete(`/api/v1/agents/${agentId}`)).body).toEqual({ ok: true })
  const { body } = await bench.owner.get('/api/v1/agents?limit=200')
  expect(body.items.map((agent: { id: string }) => agent.id)).not.toContain(agentId)
  expect((await bench.owner.get(`/api/v1/agents/${agentId}`)).body).toMatchObject({
    name: 'Grace',
    archivedAt: expect.any(String),
  })
  const archive = await bench.owner.get('/api/v1/agents?limit=200&archived=true')
  expect(archive.body.items.map((agent: { id: string }) => agent.id)).toContain(agentId)
  const back = await bench.owner.post(`/api/v1/agents/${agentId}/unarchive`)
  expect(back.body).toMatchObject({ id: agentId, archivedAt: null, model: { hasKey: true } })
})
