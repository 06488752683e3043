/** What breaks around a call: the hub, a node, the way to the hub, two nodes at once. The caller is never left to nobody. */
import { randomUUID } from 'node:crypto'
import type { Call, LiveEvent } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Screen } from '../test/screen.ts'
import { until } from '../test/until.ts'
import { TestVisitor } from '../test/visitor.ts'
import { applyFact } from './apply-fact.ts'
import { type CallApp, equip, startCallApp, TestCall } from './calls.fixture.ts'
import { reconcile } from './reconcile.ts'
import { startCall } from './start-call.ts'

let given: CallApp
let owner: CallApp['people']['owner']
let ana: CallApp['people']['ana']
beforeAll(async () => {
  given = await startCallApp()
  ;({ owner, ana } = given.people)
})
afterAll(() => given?.stop())

const transferring = async (call: TestCall): Promise<string> => {
  const { body } = await call.ask(ana, 'transfer', { to: '+4915112345678' })
  return body.call.participants.findLast(({ role }: { role: string }) => role === 'external').leg
}

test('a hub that comes back with nothing is told of every call: who spoke has to come again, who was bridged is over', async () => {
  const { engine } = given
  const [spoken, taken, ringing, bridged, waiting] = await Promise.all(
    Array.from({ length: 5 }, () => TestCall.begin(given)),
  )
  await taken!.takes(ana)
  await transferring(ringing!)
  engine.answers(bridged!.id, await transferring(bridged!))
  await bridged!.until('transferred')
  await waiting!.ask(ana, 'enqueue')
  engine.restart()
  await taken!.until('ai')
  await ringing!.until('ai')
  expect(await bridged!.until('ended')).toMatchObject({ endReason: 'transferred' })
  for (const call of [spoken!, taken!, ringing!, waiting!])
    await until(() => engine.calls.has(call.id), 'the hub expects the caller again')
  expect(await taken!.control()).toMatchObject({ control: 'agent' })
  expect((await ringing!.read()).transfer).toMatchObject({ state: 'failed' })
  engine.comes(waiting!.id)
  expect(await waiting!.read()).toMatchObject({ state: 'queued', speaker: 'hold' })
  expect(engine.calls.get(waiting!.id)?.plan.agent).toBeNull()
  engine.comes(spoken!.id)
  await until(() => engine.calls.get(spoken!.id)?.floor.by === 'ai', 'the agent speaks again')
})

test('a hub that answers nobody: the command is said to be unreachable, asked again, and comes true', async () => {
  const { engine } = given
  const call = await TestCall.begin(given)
  const leg = await call.listens(ana)
  const { version } = await call.read()
  engine.away = true
  const answer = await call.ask(ana, 'takeover', { version, leg })
  engine.away = false
  expect(answer).toMatchObject({
    status: 503,
    body: { code: 'call.unreachable', details: { call: { state: 'takeover' } } },
  })
  await until(() => engine.calls.get(call.id)?.floor.by === 'supervisor', 'they speak')
})

test('a node that goes in any state is followed by another, which misses nothing and does nothing twice', async () => {
  const { engine, app } = given
  const second = await app.startSecondNode()
  equip({ app: second }, engine, given.dialled)
  const states: Call['state'][] = ['ai', 'takeover', 'transferring', 'queued']
  const calls = await Promise.all(states.map(() => TestCall.begin(given)))
  await calls[1]!.takes(ana)
  const rung = await transferring(calls[2]!)
  await calls[3]!.ask(ana, 'enqueue')
  await app.app.stop()
  // While nobody listens the world goes on.
  const leg = engine.legs(calls[1]!.id, 'supervisor')[0]!.leg
  engine.leaves(calls[1]!.id, leg, 'lost')
  engine.fails(calls[2]!.id, rung, 'busy')
  engine.ends(calls[3]!.id, 'caller_hung_up')
  engine.tell(calls[0]!.id, { t: 'dtmf', role: 'caller', digit: '9' })
  const caller = owner.caller.at(second.url)
  const read = async (call: TestCall): Promise<Call> =>
    (await caller.get(`/api/v1/conversations/${call.conversationId}/call`)).body
  const expected: [number, Call['state']][] = [
    [0, 'ai'],
    [1, 'ai'],
    [2, 'ai'],
    [3, 'ended'],
  ]
  for (const [i, state] of expected)
    await until(async () => (await read(calls[i]!)).state === state, `call ${i} is ${state}`)
  expect((await read(calls[2]!)).transfer).toMatchObject({ state: 'busy' })
  expect((await read(calls[3]!)).endReason).toBe('left_queue')
  const { services } = second.node
  for (const fact of engine.facts) await applyFact({ ...services }, engine.hub, fact)
  const keys = async () => {
    const { items } = (await caller.get(`/api/v1/conversations/${calls[0]!.conversationId}/entries`)).body
    return items.filter((entry: { data: { type?: string } }) => entry.data.type === 'call_key').length
  }
  await until(async () => (await keys()) === 1, 'the key is written, once')
  // The rest of the file goes on at the node that is left.
  given.app = { ...app, url: second.url, app: second }
  for (const person of Object.values(given.people)) person.caller = person.caller.at(second.url)
})

test('what a conversation’s deletion leaves in the hub is hung up', async () => {
  const call = await TestCall.begin(given)
  await owner.caller.delete(`/api/v1/conversations/${call.conversationId}`)
  await until(
    async () => (await owner.caller.get(`/api/v1/conversations/${call.conversationId}`)).status === 404,
    'it is gone',
  )
  await reconcile(given.app.app.node.services)
  expect(given.engine.calls.get(call.id)?.state).toBe('ended')
})

test('a screen that followed, and one that was away, show the call as a reload does', async () => {
  const since = (await owner.caller.get('/api/v1/live/events')).body.cursor
  const screen = await Screen.open(owner.caller)
  const call = await TestCall.begin(given)
  const leg = await call.listens(ana)
  await call.ask(ana, 'coaching', { text: 'Offer a refund' })
  await call.ask(ana, 'takeover', { leg })
  await call.ask(ana, 'release')
  await call.ask(ana, 'enqueue')
  const last = (events: LiveEvent[]) =>
    events.filter((event) => event.type === 'call.changed' && event.call.id === call.id).at(-1)
  const matches = async (events: LiveEvent[]) => {
    const event = last(events)
    return event?.type === 'call.changed' && JSON.stringify(event.call) === JSON.stringify(await call.read())
  }
  await until(() => matches(screen.events), 'the screen shows the call')
  await until(
    async () => matches((await owner.caller.get(`/api/v1/live/events?cursor=${since}`)).body.events),
    'the replay shows it',
  )
  screen.close()
})

test('coaching goes to the agent and the team: no visitor, no transcript, no agent’s answer carries it', async () => {
  const canary = `canary${randomUUID().replaceAll('-', '')}`
  const { items } = (await owner.caller.get('/api/v1/channels')).body
  const visitor = await TestVisitor.start(owner.caller.url, items[0].key)
  await visitor.say('Hello?')
  const listening = await visitor.listen()
  let conversationId = ''
  await until(async () => {
    const { items: all } = (await owner.caller.get('/api/v1/conversations?limit=5')).body
    conversationId = all.find((one: { preview: { text: string } | null }) => one.preview?.text)?.id ?? ''
    return conversationId !== ''
  }, 'there is a conversation')
  const { services } = given.app.app.node
  const { call } = await startCall(services, {
    workspaceId: given.app.north.id,
    channelId: items[0].id,
    conversationId,
    way: 'web',
    direction: 'inbound',
    key: randomUUID(),
    from: {},
    caller: { by: 'browser' },
  })
  given.engine.comes(call.id)
  const at = `/api/v1/conversations/${conversationId}/call`
  await until(
    async () => (await ana.caller.get(at)).body.participants?.some(({ role }: { role: string }) => role === 'ai'),
    'it runs',
  )
  const { version } = (await ana.caller.get(at)).body
  const coached = await ana.caller.post(`${at}/coaching`, { opId: randomUUID(), version, text: canary })
  expect(coached.body.call.coaching).toMatchObject([{ text: canary, by: { id: ana.memberId } }])
  expect(given.engine.calls.get(call.id)?.sent).toContain(canary)
  await until(async () => (await ana.caller.get(at)).body.coaching[0].state === 'seen', 'the agent has it')
  const transcripts = await Promise.all(
    ['html', 'md', 'csv', 'json', 'txt'].map((format) =>
      owner.caller.get(`/api/v1/conversations/${conversationId}/transcript?format=${format}`),
    ),
  )
  const heard = JSON.stringify([
    (await visitor.caller.get('/widget/v1/messages')).body,
    listening.heard,
    transcripts.map(({ body }) => body),
  ])
  expect(heard).not.toContain(canary)
  expect(heard).toContain('Hello?')
})
