/** Agents that live elsewhere: answered at once, by a stream, or later; fenced; and a person called when nothing comes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { Caller } from '../../test/caller.ts'
import { type AnswerElsewhere, Elsewhere, events, json, later, status } from '../../test/elsewhere.ts'
import { answersOf, type Bench, callsOf, openBench } from '../../test/turn-bench.ts'
import { until } from '../../test/until.ts'

let bench: Bench
let elsewhere: Elsewhere
let outside: Caller
beforeAll(async () => {
  elsewhere = await Elsewhere.start()
  bench = await openBench(await startTestApp({ config: { allowPrivateAddresses: ['127.0.0.0/8'] } }))
  outside = new Caller(bench.app.url)
  await liveAt(elsewhere.url)
  elsewhere.secret = (await bench.owner.post(`/api/v1/agents/${bench.agentId}/signing`)).body.secret
})
afterAll(async () => {
  await bench.stop()
  await elsewhere.stop()
})
beforeEach(() => {
  Object.assign(bench.limits, { backOffMs: 5, callbackMs: 60_000, patienceMs: 18_000, wholeMs: 60_000 })
})
afterEach(() => expect(elsewhere.complaints).toEqual([]))

async function liveAt(url: string, more: object = {}): Promise<void> {
  const { body: agent } = await bench.owner.get(`/api/v1/agents/${bench.agentId}`)
  const config = { profile: { name: agent.name }, external: { url, timeoutMs: 5000, retries: 2, ...more } }
  await bench.sql(
    `insert into agent_version (workspace_id, agent_id, version, config)
     select workspace_id, id, current_version + 1, $2 from agent where id = $1`,
    [bench.agentId, config],
  )
  await bench.sql('update agent set current_version = current_version + 1 where id = $1', [bench.agentId])
}

async function ask(text: string, ...script: AnswerElsewhere[]) {
  elsewhere.play(...script)
  const talk = await bench.talk()
  await talk.say(text)
  return talk
}
const isOver = (id: string) => until(async () => (await bench.waiting(id)) === 0, 'the turn is over')

test('it is asked with the conversation, signed, and its JSON is said, remembered, counted', async () => {
  const tool = { name: 'look_up', parameters: { id: 7 }, result: 'sent', status: 'ok', durationMs: 3 }
  const usage = { inputTokens: 12, outputTokens: 5, costUsd: 0.25 }
  const messages = [{ text: 'It is on its way.' }, { text: 'Friday.' }]
  const talk = await ask(
    'Where is order 7?',
    json({ messages, memory: { order_id: '7' }, tools: [tool], usage, more: 1 }),
  )
  const [answer] = await talk.answers(1)
  expect(answer!.text).toBe('It is on its way.\n\nFriday.')
  expect(elsewhere.asked[0]).toMatchObject({
    type: 'message.created',
    data: {
      test: false,
      seq: 1,
      conversation: { id: talk.id, control: 'agent' },
      contact: { id: expect.any(String) },
      messages: [{ author: 'contact', text: 'Where is order 7?', position: 1 }],
      reply_url: expect.stringContaining('/api/v1/agent-replies/'),
    },
  })
  await isOver(talk.id)
  expect(await talk.conversation()).toMatchObject({
    memory: { order_id: '7' },
    tokens: { input: 12, output: 5 },
    costUsd: 0.25,
  })
  expect(callsOf(await bench.read(talk.id)).map((line) => line.functionCall)).toEqual([tool])
})

test.each([
  [
    'events',
    events(
      ['delta', { text: 'Once ' }],
      ['delta', { text: 'upon' }],
      ['message', 'Once upon'],
      ['message', { text: 'A time.' }],
      ['done', {}],
    ),
    'Once upon\n\nA time.',
  ],
  [
    'plain text',
    (reply: Parameters<AnswerElsewhere>[0]) => {
      reply.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).write('Once ')
      reply.end('upon a time.')
    },
    'Once upon a time.',
  ],
])('a stream of %s is shown as it comes, to the contact and to operators', async (_, answer, whole) => {
  elsewhere.play(answer)
  const visitor = await bench.visitor()
  const stream = await visitor.listen()
  await visitor.say('tell me')
  const entry = await stream.until((s) => s.entries.find((one) => one.author.kind === 'agent'))
  expect(entry.text).toBe(whole)
  await stream.until((s) => s.heard.some((frame) => frame.event === 'delta' && frame.data.state === 'done'))
  const deltas = stream.heard.flatMap((frame) => (frame.event === 'delta' ? [frame.data] : []))
  const written = deltas.filter(({ state, turnId }) => state === 'writing' && turnId === entry.turnId)
  expect(written.map(({ text }) => text).join('')).toBe(whole)
  stream.close()
})

test('it hands off, with words and without', async () => {
  for (const messages of [[], [{ text: 'I call somebody.' }]]) {
    const talk = await ask('help', json({ messages, handoff: { reason: 'too hard' } }))
    await talk.until((c) => c.control === 'queue')
    expect((await talk.conversation()).handoff).toMatchObject({ reason: 'agent_asked', by: 'agent' })
    expect(answersOf(await bench.read(talk.id)).map((line) => line.text)).toEqual(messages.map(({ text }) => text))
  }
})

test('it answers later, once; a second answer and a strange one are refused and change nothing', async () => {
  const talk = await ask('hello', later)
  await until(() => elsewhere.asked.length === 1, 'it is asked')
  const { replyPath } = elsewhere.asked[0]!
  expect((await outside.post(`${replyPath.slice(0, -4)}AAAA`, { messages: [{ text: 'no' }] })).body.code).toBe(
    'agent_reply.not_found',
  )
  expect((await outside.post('/api/v1/agent-replies/x.y.z', { messages: [{ text: 'no' }] })).status).toBe(400)
  expect((await outside.post(replyPath, { messages: [] })).status).toBe(400)
  expect((await outside.post(replyPath, { messages: [{ text: 'Later.' }], memory: { a: 1 } })).status).toBe(200)
  const twice = await outside.post(replyPath, { messages: [{ text: 'Again.' }] })
  expect([twice.status, twice.body.code]).toEqual([409, 'agent_reply.used'])
  await isOver(talk.id)
  expect(answersOf(await bench.read(talk.id)).map((line) => line.text)).toEqual(['Later.'])
  expect((await talk.conversation()).memory).toEqual({ a: 1 })
  expect(elsewhere.asked).toHaveLength(1)
})

test('a later answer may hand off', async () => {
  const talk = await ask('hello', later)
  await until(() => elsewhere.asked.length === 1, 'it is asked')
  const answered = await outside.post(elsewhere.asked[0]!.replyPath, { handoff: { reason: 'cannot' } })
  expect(answered.status).toBe(200)
  await talk.until((c) => c.control === 'queue')
  await isOver(talk.id)
})

test('after a take-over the later answer is refused by the fence', async () => {
  const talk = await ask('hello', later)
  await until(() => elsewhere.asked.length === 1, 'it is asked')
  await bench.app.north.people.ana.caller.put(`/api/v1/conversations/${talk.id}/control`, { control: 'operator' })
  const late = await outside.post(elsewhere.asked[0]!.replyPath, { messages: [{ text: 'Too late.' }] })
  expect(['control.stale', 'agent_reply.over']).toContain(late.body.code)
  await isOver(talk.id)
  expect(answersOf(await bench.read(talk.id))).toEqual([])
})

test('a message meanwhile asks anew; the first question can no longer be answered', async () => {
  const talk = await ask('hello', later, json({ messages: [{ text: 'Both.' }] }))
  await until(() => elsewhere.asked.length === 1, 'it is asked')
  const first = elsewhere.asked[0]!.replyPath
  await talk.say('and more')
  await talk.answers(1)
  expect(elsewhere.asked[1]!.data.messages).toHaveLength(2)
  expect((await outside.post(first, { messages: [{ text: 'Only the first.' }] })).body.code).toBe('agent_reply.over')
  await isOver(talk.id)
  expect(answersOf(await bench.read(talk.id)).map((line) => line.text)).toEqual(['Both.'])
})

test('a promise that is not kept ends with a person', async () => {
  bench.limits.callbackMs = 300
  const talk = await ask('hello', later)
  await talk.until((c) => c.control === 'queue')
  expect((await talk.conversation()).handoff?.reason).toBe('agent_failed')
  const late = await outside.post(elsewhere.asked[0]!.replyPath, { messages: [{ text: 'Sorry!' }] })
  expect([late.status, late.body.code]).toEqual([410, 'agent_reply.over'])
  expect(answersOf(await bench.read(talk.id))).toEqual([])
})

const reset: AnswerElsewhere = (reply) => reply.socket!.resetAndDestroy()
const broken: AnswerElsewhere = (reply) => {
  reply.writeHead(200, { 'content-type': 'text/event-stream' })
  reply.write('event: delta\ndata: {"text":"Half an"}\n\n', () => setImmediate(() => reply.socket!.resetAndDestroy()))
}
test.each<[string, AnswerElsewhere, { asked: number; detail: string }]>([
  ['fails', status(500, 'out of memory'), { asked: 3, detail: 'out of memory' }],
  ['is busy', status(429), { asked: 3, detail: '429' }],
  ['refuses', status(401, 'The signature is wrong.'), { asked: 1, detail: '401' }],
  ['is gone', status(410), { asked: 1, detail: '410' }],
  ['drops the connection', reset, { asked: 3, detail: '' }],
  ['breaks off', broken, { asked: 3, detail: '' }],
  ['ends without done', events(['delta', { text: 'Half' }]), { asked: 3, detail: 'broke off' }],
  ['answers nothing', json({ messages: [] }), { asked: 1, detail: 'nothing' }],
  [
    'sends no JSON',
    (reply) => reply.writeHead(200, { 'content-type': 'application/json' }).end('{'),
    { asked: 3, detail: 'no JSON' },
  ],
  ['sends another shape', json({ messages: 'hi' }), { asked: 3, detail: 'not as agreed' }],
  [
    'sends a page',
    (reply) => reply.writeHead(200, { 'content-type': 'text/html' }).end('<p>hi'),
    { asked: 3, detail: 'text/html' },
  ],
  [
    'redirects',
    (reply) => reply.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    { asked: 1, detail: 'redirect' },
  ],
])('an agent that %s: tried again where that may help, then a person is called', async (_, act, { asked, detail }) => {
  // A breaker that an earlier case opened is another agent's business.
  const talk = await ask('hello', act)
  await talk.until((c) => c.control === 'queue')
  const lines = await bench.read(talk.id)
  expect(answersOf(lines)).toEqual([])
  expect(lines.find((line) => line.data.type === 'answer_failed')?.text).toContain(detail)
  expect(elsewhere.asked).toHaveLength(asked)
  expect(new Set(elsewhere.asked.map(({ id }) => id)).size).toBe(1)
  await ask('closing the breaker', json({ messages: [{ text: 'ok' }] })).then((other) => other.answers(1))
})

test('a failure that passes is not noticed', async () => {
  const talk = await ask('hello', status(503), reset, json({ messages: [{ text: 'Back.' }] }))
  expect((await talk.answers(1))[0]!.text).toBe('Back.')
})

test('the secret is shown once, rotates with the old one signing on, and is stored sealed', async () => {
  const path = `/api/v1/agents/${bench.agentId}/signing`
  const old = elsewhere.secret
  const { body } = await bench.owner.post(path)
  expect(body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)
  expect(body.previousUntil).toEqual(expect.any(String))
  const read = await bench.owner.get(path)
  expect(JSON.stringify(read.body)).not.toContain(body.secret)
  expect(JSON.stringify(await bench.sql('select * from agent_signing'))).not.toContain(body.secret)
  expect(JSON.stringify((await bench.owner.get('/api/v1/audit-log')).body)).not.toContain(body.secret)
  for (const secret of [old, body.secret]) {
    elsewhere.secret = secret
    await (await ask('hello', json({ messages: [{ text: 'ok' }] }))).answers(1)
  }
  expect((await bench.app.north.people.ana.caller.post(path)).status).toBe(403)
  expect((await bench.app.south.people.owner.caller.post(path)).status).toBe(404)
})

test('the test button tells what came back, or the real error', async () => {
  const path = `/api/v1/agents/${bench.agentId}/external/test`
  const tried = async (url = elsewhere.url) => (await bench.owner.post(path, { url, text: 'ping' })).body
  elsewhere.play(json({ messages: [{ text: 'pong' }] }))
  expect(await tried()).toMatchObject({ ok: true, answeredBy: 'json', text: 'pong' })
  expect(elsewhere.asked[0]!.data).toMatchObject({ test: true, conversation: null, reply_url: null })
  elsewhere.play(events(['delta', { text: 'po' }], ['done', {}]))
  expect(await tried()).toMatchObject({ ok: true, answeredBy: 'stream', text: 'po' })
  elsewhere.play(later)
  expect(await tried()).toMatchObject({ ok: true, answeredBy: 'later' })
  elsewhere.play(status(500, 'no such table'))
  expect(await tried()).toMatchObject({ ok: false, error: 'HTTP 500: no such table' })
  expect(await tried('http://10.0.0.1/')).toMatchObject({
    ok: false,
    error: 'This address may not be called from here.',
  })
})

test('the example agent answers: fewer than 40 lines, without anything to install', async () => {
  const file = join(import.meta.dirname, '../../../../../examples/external-agent/agent.mjs')
  expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThan(41)
  const env = { ...process.env, EARSHOT_SIGNING_SECRET: elsewhere.secret, PORT: '0' }
  const process_ = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [line] = await once(process_.stdout, 'data')
    const url = `http://127.0.0.1:${/port (\d+)/.exec(String(line))![1]}/`
    await liveAt(url)
    const talk = await bench.talk()
    await talk.say('hello there')
    expect((await talk.answers(1))[0]!.text).toBe('Hello, you said: hello there')
    await talk.say('may I speak to a person?')
    await talk.until((c) => c.control === 'queue')
    const stranger = await fetch(url, { method: 'POST', body: '{}' })
    expect(stranger.status).toBe(401)
  } finally {
    process_.kill()
    await liveAt(elsewhere.url)
  }
})
