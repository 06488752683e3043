/** The rules of one call, tick by tick: who is heard by whom, and what happens when somebody is gone. */
import { randomUUID } from 'node:crypto'
import { DOWN_BYTES, type HubFact, readDownFrame } from '@earshot/voice'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { media, sound, TestHouse } from '../test/house.fixture.ts'
import { report } from './commands.ts'

let house: TestHouse
beforeEach(() => {
  house = new TestHouse()
})
afterEach(() => house.stop())

const kinds = (facts: HubFact[]) => facts.map((fact) => fact.t)
const floors = (facts: HubFact[]) =>
  facts.flatMap((fact) => (fact.t === 'floor.changed' ? [`${fact.floor.by}:${fact.cause}`] : []))
const FILLER = { mulaw: sound(0x33, 40), loop: false }

test('a sentence sent at once is passed on one frame a tick, and marks are answered in order', () => {
  const { caller, agent } = house.live()
  agent.onText(media(0x10, 5))
  agent.onText(JSON.stringify({ event: 'mark', mark: { name: 'one' } }))
  agent.onText(media(0x20, 3))
  agent.onText(JSON.stringify({ event: 'mark', mark: { name: 'two' } }))
  house.tick(4)
  expect(caller.wire.heard()).toEqual([0x10, 0x10, 0x10, 0x10])
  expect(agent.wire.texts('mark')).toEqual([])
  house.tick(5)
  expect(caller.wire.heard()).toEqual([0x10, 0x10, 0x10, 0x10, 0x10, 0x20, 0x20, 0x20])
  expect(agent.wire.texts('mark').map(({ mark }) => mark)).toEqual([{ name: 'one' }, { name: 'two' }])
})

test('a take-over takes back what was not heard, answers its marks, and only then lets the supervisor be heard', async () => {
  const { call, caller, agent } = house.live()
  const listener = await house.attach(call, 'listener')
  const supervisor = await house.attach(call, 'supervisor')
  agent.onText(media(0x10, 50))
  agent.onText(JSON.stringify({ event: 'mark', mark: { name: 'end' } }))
  house.tick(10, () => supervisor.say(0x44))
  const floor = { by: 'supervisor' as const, leg: supervisor.leg, lease: 'lease' }
  await house.command(call, { t: 'setFloor', floor, from: 'ai' })
  expect(caller.wire.texts('clear')).toHaveLength(1)
  expect(agent.wire.texts('mark')).toHaveLength(1)
  agent.onText(media(0x11, 50))
  house.tick(10, () => {
    supervisor.say(0x55)
    listener.say(0x66)
  })
  expect(caller.wire.heard()).toEqual([...Array(10).fill(0x10), ...Array(10).fill(0x55)])
  // Nobody hears their own voice, and the listener hears the supervisor's.
  const last = (wire: { sent: (string | Uint8Array)[] }) =>
    readDownFrame(wire.sent.filter((m) => typeof m !== 'string' && m.length === DOWN_BYTES).at(-1) as Uint8Array)
  expect(last(listener.wire)).toMatchObject({ speaker: 'supervisor', speakerPresent: true })
  expect(last(supervisor.wire)).toMatchObject({ speaker: 'supervisor', speakerPresent: false })
  expect(call.legs.get(listener.leg)).toMatchObject({ framesIn: 10, refused: 10 })
  expect(call.legs.get(supervisor.leg)).toMatchObject({ framesIn: 20, refused: 10 })
  // A second one is refused, and hears from whom.
  const second = await house.attach(call, 'supervisor')
  const theirs = { by: 'supervisor' as const, leg: second.leg, lease: 'other' }
  await expect(house.command(call, { t: 'setFloor', floor: theirs, from: 'ai' })).rejects.toMatchObject({
    code: 'call.conflict',
    call: { speaker: 'supervisor' },
  })
})

test('a supervisor who is silent is covered by a tone after one second and loses the floor after three', async () => {
  const { call, caller, agent } = house.live()
  const supervisor = await house.attach(call, 'supervisor')
  await house.command(call, { t: 'setFloor', floor: { by: 'supervisor', leg: supervisor.leg, lease: 'x' } })
  house.tick(50)
  expect(caller.wire.heard()).toHaveLength(0)
  house.tick(20)
  expect(caller.wire.heard().length).toBeGreaterThan(15)
  expect(call.floor.by).toBe('supervisor')
  house.tick(90)
  expect(call.floor.by).toBe('ai')
  expect(floors(house.facts(call))).toEqual(['ai:start', 'supervisor:command', 'ai:supervisor_silent'])
  agent.onText(media(0x12))
  house.tick()
  expect(caller.wire.heard().at(-1)).toBe(0x12)
})

test('a supervisor whose socket is gone loses the floor at once, to who had it before, and may come back without it', async () => {
  const { call } = house.live()
  const human = await house.attach(call, 'human')
  await house.command(call, { t: 'setFloor', floor: { by: 'human', leg: human.leg } })
  const supervisor = await house.attach(call, 'supervisor')
  await house.command(call, { t: 'setFloor', floor: { by: 'supervisor', leg: supervisor.leg, lease: 'x' } })
  supervisor.line.closed(1006)
  expect(call.floor).toEqual({ by: 'human', leg: human.leg })
  expect(kinds(house.facts(call)).slice(-2)).toEqual(['leg.lost', 'floor.changed'])
  house.tick(100)
  const again = house.browser(supervisor.token)
  expect(again).not.toBeNull()
  expect(call.legs.get(supervisor.leg)?.state).toBe('live')
  again?.line.closed(1006)
  house.tick(10_000 / 20 + 10)
  expect(house.browser(supervisor.token)).toBeNull()
  expect(house.facts(call).at(-1)).toMatchObject({ t: 'leg.left', reason: 'lost' })
})

test('a lost agent is dialled again after one and three seconds behind a filler; then the control plane decides, or the call ends', async () => {
  const { call, caller, agent } = house.live({
    apologies: { filler: FILLER, farewell: { mulaw: sound(0x44, 10), loop: false } },
  })
  house.tick(5)
  agent.onClose(1006)
  house.tick(3)
  expect(caller.wire.heard().at(-1)).toBe(0x33)
  house.tick(55)
  expect(house.dialled).toHaveLength(2)
  house.dialled[1]?.onClose(1006)
  house.tick(140)
  expect(house.dialled).toHaveLength(2)
  house.tick(20)
  expect(house.dialled).toHaveLength(3)
  house.dialled[2]?.onClose(1006)
  expect(house.facts(call).slice(-2)).toMatchObject([
    { t: 'leg.lost', role: 'ai' },
    { t: 'floor.changed', floor: { by: 'hold' }, cause: 'agent_lost' },
  ])
  house.tick(700)
  expect(call.state).toBe('live')
  house.tick(80)
  await call.ending
  expect(caller.wire.heard().slice(-10)).toEqual(Array(10).fill(0x44))
  expect(house.facts(call).at(-1)).toMatchObject({ t: 'call.ended', reason: 'agent_lost' })
})

test('an agent that hangs up ends the call while it speaks, and only itself while somebody else does', async () => {
  const first = house.live()
  first.agent.onClose(1000)
  await first.call.ending
  expect(house.facts(first.call).at(-1)).toMatchObject({ t: 'call.ended', reason: 'agent_ended' })
  const second = house.live()
  await house.command(second.call, { t: 'setFloor', floor: { by: 'hold' } })
  second.agent.onClose(1000)
  expect(second.call.state).toBe('live')
  expect(house.facts(second.call).at(-1)).toMatchObject({ t: 'leg.left', role: 'ai', reason: 'hung_up' })
})

test('a carrier that lost its stream comes again with the same call’s name only, and in time', async () => {
  const { call, caller } = house.live()
  caller.line.closed()
  expect(call.state).toBe('reconnecting')
  expect(house.carrier(call.plan.caller.token, 'CA2').wire.closedWith).toBe(1008)
  house.tick(100)
  const again = house.carrier(call.plan.caller.token)
  expect(call.state).toBe('live')
  again.line.closed()
  house.tick(10_000 / 20 + 10)
  await call.ending
  expect(kinds(house.facts(call)).filter((kind) => kind.startsWith('call.'))).toEqual([
    'call.started',
    'call.reconnecting',
    'call.resumed',
    'call.reconnecting',
    'call.ended',
  ])
})

test('an outside party is bridged both ways, and its hang-up ends the call', async () => {
  const { call, caller } = house.live()
  const leg = randomUUID()
  const token = `token-of-the-outside-${leg}`
  await house.command(call, { t: 'setFloor', floor: { by: 'hold' }, play: { clip: 'ringback' } })
  await house.command(call, { t: 'expectLeg', leg, role: 'external', token, waitMs: 25_000 })
  report(call, leg, { opId: randomUUID(), state: 'ringing' })
  const outside = house.carrier(token, 'CA-outside')
  await house.command(call, { t: 'setFloor', floor: { by: 'external', leg }, from: 'hold' })
  house.tick(5, () => {
    caller.line.heard(media(0x21))
    outside.line.heard(media(0x22))
  })
  expect(outside.wire.heard()).toEqual(Array(5).fill(0x21))
  expect(caller.wire.heard().slice(-5)).toEqual(Array(5).fill(0x22))
  outside.line.heard(JSON.stringify({ event: 'stop', streamSid: 'MZ1', stop: {} }))
  await call.ending
  expect(house.facts(call).at(-1)).toMatchObject({ t: 'call.ended', reason: 'external_hung_up' })
})

test('a dialled leg that fails or does not come changes nothing for the caller', async () => {
  const { call } = house.live()
  await house.command(call, { t: 'setFloor', floor: { by: 'hold' } })
  const [busy, silent] = [randomUUID(), randomUUID()]
  for (const leg of [busy, silent])
    await house.command(call, { t: 'expectLeg', leg, role: 'external', token: `token-of-${leg}`, waitMs: 2000 })
  report(call, busy, { opId: randomUUID(), state: 'failed', reason: 'busy', detail: '486 Busy Here' })
  house.tick(110)
  const failed = house.facts(call).filter((fact) => fact.t === 'leg.failed')
  expect(failed).toMatchObject([
    { leg: busy, reason: 'busy', detail: '486 Busy Here' },
    { leg: silent, reason: 'expired' },
  ])
  expect(call.floor.by).toBe('hold')
  expect(house.carrier(`token-of-${silent}`).wire.closedWith).toBe(1008)
})

test('every command is done once, whoever repeats it', async () => {
  const { call } = house.live()
  const opId = randomUUID()
  const first = await house.command(call, { t: 'setFloor', floor: { by: 'hold' } }, opId)
  await house.command(call, { t: 'setFloor', floor: { by: 'ai' } })
  expect(await house.command(call, { t: 'setFloor', floor: { by: 'hold' } }, opId)).toEqual(first)
  expect(call.floor.by).toBe('ai')
})

test('what is typed while the recording is paused is told to the agent and written nowhere', async () => {
  const { call, caller, agent } = house.live()
  const digit = JSON.stringify({ event: 'dtmf', streamSid: 'MZ1', dtmf: { digit: '7' } })
  caller.line.heard(digit)
  await house.command(call, { t: 'record', on: false })
  caller.line.heard(digit)
  expect(agent.wire.texts('dtmf')).toHaveLength(2)
  expect(kinds(house.facts(call)).filter((kind) => kind === 'dtmf')).toHaveLength(1)
})

test('a queue that stands is drained within a second, and late frames are put in their order', () => {
  const { caller, call, agent } = house.live()
  const numbered = (byte: number, chunk: number) =>
    caller.line.heard(
      JSON.stringify({ event: 'media', streamSid: 'MZ1', media: { chunk: String(chunk), payload: sound(byte) } }),
    )
  for (const chunk of [1, 3, 2, 4, 5]) numbered(chunk, chunk)
  house.tick(5)
  expect(agent.wire.heard()).toEqual([1, 2, 3, 4, 5])
  for (let chunk = 6; chunk < 12; chunk++) numbered(9, chunk)
  let chunk = 12
  house.tick(120, () => numbered(9, chunk++))
  expect(call.caller.queue.depth).toBeLessThanOrEqual(1)
})

test('a killed hub knows its calls: the agent has the floor again, the supervisor comes back as nobody, the caller into the same call', async () => {
  const { call, caller } = house.live()
  house.tick(60, () => caller.line.heard(media(0x21)))
  const supervisor = await house.attach(call, 'supervisor')
  await house.command(call, { t: 'setFloor', floor: { by: 'supervisor', leg: supervisor.leg, lease: 'x' } })
  const opId = randomUUID()
  const reply = await house.command(call, { t: 'toAgent', message: { kind: 'context', text: 'x' } }, opId)
  const { seq } = house.journal

  const next = new TestHouse()
  try {
    Object.assign(next, { dataDir: house.dataDir, at: house.at + 3000, number: 7 })
    const { Journal } = await import('../journal.ts')
    next.journal = new Journal(`${house.dataDir}/hub/journal`)
    const { Calls } = await import('../calls.ts')
    next.calls = new Calls(next.house())
    next.calls.recall()
    const again = next.calls.get(call.id)
    expect(again.state).toBe('reconnecting')
    expect(again.floor.by).toBe('ai')
    expect(again.nowMs).toBe(60 * 20 + 3000)
    expect(next.journal.seq).toBeGreaterThan(seq)
    expect(await next.command(again, { t: 'toAgent', message: { kind: 'context', text: 'x' } }, opId)).toEqual(reply)
    next.carrier(call.plan.caller.token)
    expect(again.state).toBe('live')
    expect(again.legs.get(supervisor.leg)?.state).toBe('lost')
    const facts = next.facts(again)
    expect(facts.map((fact) => fact.seq)).toEqual(facts.map((_, i) => i + 1))
    expect(floors(facts)).toEqual(['ai:start', 'supervisor:command', 'ai:supervisor_lost'])
    expect(kinds(facts)).toContain('call.resumed')
  } finally {
    next.journal.close()
  }
})
