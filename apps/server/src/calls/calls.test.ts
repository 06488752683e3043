/** Calls through HTTP, on an engine without sound: commands, races, failures, and what everybody sees of them. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../test/until.ts'
import { type CallApp, startCallApp, TestCall } from './calls.fixture.ts'

let given: CallApp
let owner: CallApp['people']['owner']
let ana: CallApp['people']['ana']
let ben: CallApp['people']['ben']
beforeAll(async () => {
  given = await startCallApp()
  ;({ owner, ana, ben } = given.people)
})
afterAll(() => given?.stop())

const code = (answer: { body: { code?: string } }) => answer.body.code

test('a call begins with the agent, is listened to, taken over, given back, and ends: the conversation follows each time', async () => {
  const call = await TestCall.begin(given)
  expect(await call.control()).toMatchObject({ control: 'agent', status: 'active' })
  const leg = await call.listens(ana)
  const taken = await call.ask(ana, 'takeover', { leg })
  expect(taken.status).toBe(200)
  expect(taken.body.call).toMatchObject({ state: 'takeover', speaker: 'supervisor', holder: { id: ana.memberId } })
  expect(given.engine.calls.get(call.id)?.floor).toMatchObject({ by: 'supervisor', leg })
  expect(await call.control()).toMatchObject({ control: 'operator', assignee: { id: ana.memberId } })
  const back = await call.ask(ana, 'release', { note: 'Send the invoice' })
  expect(back.body.call).toMatchObject({ state: 'ai', speaker: 'ai', holder: null })
  expect(given.engine.calls.get(call.id)?.sent).toContain('Send the invoice')
  expect(await call.control()).toMatchObject({ control: 'agent' })
  const ended = await call.ask(ana, 'end')
  expect(ended.body.call).toMatchObject({ state: 'ended', endReason: 'supervisor_ended' })
  expect(await call.control()).toMatchObject({ status: 'closed', outcome: 'completed', endReason: 'supervisor_ended' })
  const audit = (await owner.caller.get('/api/v1/audit-log?limit=50')).body.items as { action: string; actor: string }[]
  const mine = audit.filter(({ action }) => action.startsWith('call.')).map(({ action, actor }) => `${actor} ${action}`)
  expect(mine.toReversed()).toEqual(
    ['listened', 'taken_over', 'released', 'ended', 'listening_ended'].map((what) => `${ana.name} call.${what}`),
  )
})

test('the same operation again is answered once; another version is refused with the call as it is; an id is not used twice', async () => {
  const call = await TestCall.begin(given)
  const leg = await call.listens(ana)
  const { version } = await call.read()
  const asked = { opId: randomUUID(), version, leg }
  const first = await call.ask(ana, 'takeover', asked)
  const again = await call.ask(ana, 'takeover', asked)
  expect([first.status, again.status]).toEqual([200, 200])
  expect(again.body.ticket).toEqual(first.body.ticket)
  const stale = await call.ask(owner, 'end', { version })
  expect(code(stale)).toBe('call.changed')
  expect(stale.body.details.call).toMatchObject({ state: 'takeover', version: version + 1 })
  expect(code(await call.ask(ana, 'release', { opId: asked.opId }))).toBe('idempotency.conflict')
  expect(given.engine.asked.filter((what) => what === 'hangup')).toHaveLength(1)
})

test('of two supervisors at once one speaks; the other is told who', async () => {
  const call = await TestCall.begin(given)
  const legs = [await call.listens(ana), await call.listens(owner)]
  const { version } = await call.read()
  const answers = await Promise.all([
    call.ask(ana, 'takeover', { version, leg: legs[0] }),
    call.ask(owner, 'takeover', { version, leg: legs[1] }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const loser = answers.find(({ status }) => status === 409)!
  expect(['call.changed', 'call.taken']).toContain(code(loser))
  const winner = answers.find(({ status }) => status === 200)!.body.call.holder.id
  expect(loser.body.details.call.holder.id).toBe(winner)
  const later = await call.ask(winner === ana.memberId ? owner : ana, 'takeover', {})
  expect(code(later)).toBe('call.taken')
})

test('who loses the socket loses the floor: the agent speaks again, and the conversation is its own', async () => {
  const call = await TestCall.begin(given)
  const leg = await call.takes(ana)
  given.engine.leaves(call.id, leg, 'lost')
  await call.until('ai')
  expect(await call.control()).toMatchObject({ control: 'agent' })
})

test('what the engine refuses is taken back: the caller is with the agent, and so is the conversation', async () => {
  const call = await TestCall.begin(given)
  const leg = await call.listens(ana)
  given.engine.refusing.set('setFloor', 'call.conflict')
  const refused = await call.ask(ana, 'takeover', { leg })
  expect(code(refused)).toBe('call.not_now')
  await call.until('ai')
  await until(async () => (await call.control()).control === 'agent', 'the agent has the conversation')
})

test('a transfer rings; busy, no answer and a refusal are told apart and lead back; an answer bridges and takes us out', async () => {
  const call = await TestCall.begin(given)
  for (const [reason, state] of [
    ['busy', 'busy'],
    ['expired', 'no_answer'],
    ['rejected', 'rejected'],
    ['lost', 'failed'],
  ] as const) {
    const rings = await call.ask(ana, 'transfer', { to: '+4915112345678' })
    expect(rings.body.call).toMatchObject({ state: 'transferring', transfer: { state: 'ringing' } })
    expect(await call.control()).toMatchObject({ control: 'paused' })
    const leg = rings.body.call.participants.findLast(({ role }: { role: string }) => role === 'external').leg
    given.engine.fails(call.id, leg, reason)
    expect((await call.until('ai')).transfer).toMatchObject({ state })
  }
  expect(given.engine.calls.get(call.id)?.sent.join(' ')).toMatch(
    /the line is busy[\s\S]*nobody answered[\s\S]*declined/,
  )
  const rings = await call.ask(ana, 'transfer', { to: '+4915112345678' })
  const stopped = await call.ask(ana, 'transfer/cancel')
  expect(stopped.body.call).toMatchObject({ state: 'ai', transfer: { state: 'cancelled' } })
  const gone = rings.body.call.participants.findLast(({ role }: { role: string }) => role === 'external').leg
  expect(given.dialled).toContain(`cancel ${gone}`)
  const again = await call.ask(ana, 'transfer', { to: '+4915112345678' })
  const leg = again.body.call.participants.findLast(({ role }: { role: string }) => role === 'external').leg
  given.engine.answers(call.id, leg)
  await call.until('transferred')
  await until(() => given.engine.legs(call.id, 'ai').every(({ state }) => state === 'left'), 'the agent has left')
  given.engine.leaves(call.id, leg)
  expect(await call.until('ended')).toMatchObject({ endReason: 'external_hung_up' })
  expect(await call.control()).toMatchObject({ outcome: 'transferred', endReason: 'external_transfer' })
})

test('the caller hangs up while somebody is being rung: the ringing stops', async () => {
  const call = await TestCall.begin(given)
  const rings = await call.ask(ana, 'transfer', { to: '+4915112345678' })
  const { leg } = rings.body.call.participants.findLast(({ role }: { role: string }) => role === 'external')
  given.engine.ends(call.id, 'caller_hung_up')
  expect(await call.until('ended')).toMatchObject({ endReason: 'contact_hung_up', transfer: { state: 'cancelled' } })
  await until(() => given.dialled.includes(`cancel ${leg}`), 'the ringing stops')
})

test('in the queue nobody else hears; who claims the caller speaks; a lost telephone keeps the claim', async () => {
  const call = await TestCall.begin(given)
  await call.listens(owner)
  const queued = await call.ask(ana, 'enqueue', { reason: 'refund' })
  expect(queued.body.call).toMatchObject({ state: 'queued', speaker: 'hold', queue: { position: 1 } })
  expect(
    given.engine
      .legs(call.id, 'listener')
      .concat(given.engine.legs(call.id, 'ai'))
      .every(({ state }) => state === 'left'),
  ).toBe(true)
  expect(await call.control()).toMatchObject({ control: 'queue', handoff: { reason: 'refund' } })
  const { items } = (await ben.caller.get('/api/v1/queue')).body
  expect(items.find((item: { conversationId: string }) => item.conversationId === call.conversationId).load).toBe(
    'voice',
  )
  expect(code(await call.ask(ana, 'listen'))).toBe('call.not_now')
  expect(code(await call.ask(ben, 'answer'))).toBe('call.not_yours')
  expect((await ben.caller.post(`/api/v1/conversations/${call.conversationId}/claim`, {})).status).toBe(200)
  const answered = await call.ask(ben, 'answer')
  expect(answered.body.ticket).toMatchObject({ role: 'human' })
  given.engine.answers(call.id, answered.body.ticket.leg)
  expect(await call.until('human')).toMatchObject({ speaker: 'human', holder: { id: ben.memberId } })
  given.engine.leaves(call.id, answered.body.ticket.leg, 'lost')
  await call.until('queued')
  expect(await call.control()).toMatchObject({ control: 'operator', assignee: { id: ben.memberId } })
  const back = await call.ask(ben, 'answer')
  expect(back.status, JSON.stringify(back.body).slice(0, 900)).toBe(200)
  given.engine.answers(call.id, back.body.ticket.leg)
  await call.until('human')
  expect((await call.ask(ben, 'end')).body.call).toMatchObject({ endReason: 'operator_ended' })
  expect(await call.control()).toMatchObject({ outcome: 'transferred', endReason: 'human_handoff' })
})

test('who hangs up on a person has hung up, and has not left a queue; a bridged call was transferred', async () => {
  const call = await TestCall.begin(given)
  await call.ask(ana, 'enqueue')
  await ben.caller.post(`/api/v1/conversations/${call.conversationId}/claim`, {})
  const { body } = await call.ask(ben, 'answer')
  given.engine.answers(call.id, body.ticket.leg)
  await call.until('human')
  given.engine.ends(call.id, 'caller_hung_up')
  expect(await call.until('ended')).toMatchObject({ endReason: 'contact_hung_up' })
  const bridged = await TestCall.begin(given)
  const rings = await bridged.ask(ana, 'transfer', { to: '+4915112345678' })
  const { leg } = rings.body.call.participants.findLast(({ role }: { role: string }) => role === 'external')
  given.engine.answers(bridged.id, leg)
  await bridged.until('transferred')
  given.engine.ends(bridged.id, 'caller_hung_up')
  expect(await bridged.until('ended')).toMatchObject({ endReason: 'transferred' })
})

test('who hangs up in the queue has left it', async () => {
  const call = await TestCall.begin(given)
  await call.ask(ana, 'enqueue')
  given.engine.ends(call.id, 'caller_hung_up')
  expect(await call.until('ended')).toMatchObject({ endReason: 'left_queue' })
  expect(await call.control()).toMatchObject({ outcome: 'abandoned', endReason: 'left_queue' })
})

test('the conversation changes by another door, and the call follows: never silence that nobody owns', async () => {
  const call = await TestCall.begin(given)
  const control = (to: string) =>
    ana.caller.put(`/api/v1/conversations/${call.conversationId}/control`, { control: to })
  await control('operator')
  await call.until('queued')
  await until(() => given.engine.calls.get(call.id)?.floor.by === 'hold', 'music plays')
  await control('agent')
  await call.until('ai')
  await until(() => given.engine.calls.get(call.id)?.floor.by === 'ai', 'the agent speaks')
  await control('paused')
  await call.until('queued')
  const waits = () => until(async () => (await call.control()).control === 'queue', 'it waits for a person')
  await waits()
  // Also there a pause would leave nobody who comes.
  await control('paused')
  await waits()
  const closed = await ana.caller.post(`/api/v1/conversations/${call.conversationId}/close`)
  expect(closed.status, JSON.stringify(closed.body)).toBe(200)
  await call.until('ended')
  await until(() => given.engine.calls.get(call.id)?.state === 'ended', 'the hub has hung up')
})

test('an agent that is lost leaves the caller to people; lost while somebody speaks, it is not missed', async () => {
  const call = await TestCall.begin(given)
  await call.takes(ana)
  given.engine.losesAgent(call.id)
  await until(
    async () => (await call.read()).participants.some(({ role, state }) => role === 'ai' && state === 'lost'),
    'it is known',
  )
  expect(code(await call.ask(ana, 'release'))).toBe('call.not_now')
  const other = await TestCall.begin(given)
  given.engine.losesAgent(other.id)
  await other.until('queued')
  expect(await other.control()).toMatchObject({ control: 'queue' })
})

test('keys, words, functions and use of an agent elsewhere become entries, once', async () => {
  const call = await TestCall.begin(given)
  const { engine } = given
  const text = (utterance: string, role: 'caller' | 'ai', words: string) =>
    engine.tell(call.id, {
      t: 'agent.said',
      message: { t: 'text', utterance, role, text: words, final: true, startMs: 100, endMs: 900, source: 'self' },
    })
  text('u1', 'ai', 'Hello, how can I help?')
  text('u1', 'ai', 'Hello, how can I help?')
  engine.tell(call.id, { t: 'dtmf', role: 'caller', digit: '5' })
  engine.tell(call.id, {
    t: 'agent.said',
    message: { t: 'tool', id: 't1', name: 'lookup', parameters: { order: 7 }, result: 'sent', status: 'ok' },
  })
  engine.tell(call.id, { t: 'agent.said', message: { t: 'usage', inputTokens: 40, outputTokens: 2, costUsd: 0.5 } })
  engine.tell(call.id, { t: 'spoke', role: 'caller', user: null, startMs: 100, endMs: 3100 })
  await until(async () => (await call.read()).contour.length === 1, 'the contour is drawn')
  const { items } = (await owner.caller.get(`/api/v1/conversations/${call.conversationId}/entries`)).body
  const said = items
    .filter(({ kind }: { kind: string }) => kind !== 'activity')
    .map((entry: { kind: string; text: string | null }) => [entry.kind, entry.text])
  expect(said).toContainEqual(['message', 'Hello, how can I help?'])
  expect(said.filter(([kind]: [string]) => kind === 'message')).toHaveLength(1)
  expect(items.find(({ kind }: { kind: string }) => kind === 'function_call').functionCall).toMatchObject({
    name: 'lookup',
    status: 'ok',
  })
  expect(
    items
      .filter(({ kind }: { kind: string }) => kind === 'call_event')
      .map((e: { data: { type: string } }) => e.data.type),
  ).toContain('call_key')
  const { tokens, costUsd } = (await owner.caller.get(`/api/v1/conversations/${call.conversationId}`)).body
  expect({ tokens, costUsd }).toEqual({ tokens: { input: 40, output: 2 }, costUsd: 0.5 })
})

test('an operator’s own telephone gets the floor when it is answered, and not before', async () => {
  const call = await TestCall.begin(given)
  const rung = await call.ask(ana, 'takeover', { by: 'phone' })
  expect(rung.body).toMatchObject({ ticket: null, call: { state: 'ai', speaker: 'ai' } })
  expect(code(await call.ask(owner, 'takeover'))).toBe('call.taken')
  const { leg } = rung.body.call.participants.findLast(({ role }: { role: string }) => role === 'supervisor')
  given.engine.answers(call.id, leg)
  expect(await call.until('takeover')).toMatchObject({ holder: { id: ana.memberId } })
  await until(() => given.engine.calls.get(call.id)?.floor.by === 'supervisor', 'they speak')
})
