/** The rights matrix of calls, through HTTP: every action, by everybody, in every state. */
import { randomUUID } from 'node:crypto'
import type { Call } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CallApp, startCallApp, TestCall } from './calls.fixture.ts'

let given: CallApp
beforeAll(async () => {
  given = await startCallApp()
})
afterAll(() => given?.stop())

const ACTIONS = [
  'listen',
  'takeover',
  'release',
  'transfer',
  'transfer/cancel',
  'enqueue',
  'answer',
  'end',
  'coaching',
  'recording',
] as const
type Action = (typeof ACTIONS)[number]
const BODY: Partial<Record<Action, object>> = {
  transfer: { to: '+4915112345678' },
  coaching: { text: 'Offer a refund' },
  recording: { on: false },
}

/** What each state lets a supervisor do who has nothing to do with the call so far. */
const OPEN: Record<string, readonly Action[]> = {
  ai: ['listen', 'takeover', 'transfer', 'enqueue', 'end', 'coaching', 'recording'],
  // Another one speaks.
  takeover: ['listen', 'release', 'transfer', 'enqueue', 'end', 'coaching', 'recording'],
  transferring: ['listen', 'transfer/cancel', 'end', 'recording'],
  queued: ['end'],
  human: ['end', 'recording'],
  transferred: ['end'],
  ended: [],
}
async function inState(state: Call['state']): Promise<TestCall> {
  const call = await TestCall.begin(given)
  const { ana, owner } = given.people
  const { engine } = given
  if (state === 'takeover') await call.takes(owner)
  if (state === 'transferring' || state === 'transferred') {
    const { body } = await call.ask(ana, 'transfer', { to: '+4915112345678' })
    const { leg } = body.call.participants.findLast(({ role }: { role: string }) => role === 'external')
    if (state === 'transferred') engine.answers(call.id, leg)
  }
  if (state === 'queued' || state === 'human') await call.ask(ana, 'enqueue')
  if (state === 'human') {
    // Neither of the two who are tried.
    await owner.caller.post(`/api/v1/conversations/${call.conversationId}/claim`, {})
    const { body } = await call.ask(owner, 'answer')
    engine.answers(call.id, body.ticket.leg)
  }
  if (state === 'ended') engine.ends(call.id, 'caller_hung_up')
  await call.until(state)
  return call
}

/** `yes`, or the code it was refused with. */
async function tried(call: TestCall, who: 'ana' | 'ben' | 'viewer' | 'machine', action: Action): Promise<string> {
  const { version } = await call.read()
  const caller = who === 'machine' ? given.app.north.machine : given.people[who].caller
  const answer = await caller.post(`/api/v1/conversations/${call.conversationId}/call/${action}`, {
    opId: randomUUID(),
    version,
    ...BODY[action],
  })
  return answer.status === 200 ? 'yes' : answer.body.code
}

const STATES = Object.keys(OPEN) as Call['state'][]

test.each(STATES)(
  'in %s: a supervisor, an operator, a viewer, a machine',
  async (state) => {
    let call = await inState(state)
    const got: Record<string, string[]> = { supervisor: [], operator: [] }
    for (const action of ACTIONS) {
      for (const [name, who] of [
        ['operator', 'ben'],
        ['supervisor', 'ana'],
      ] as const) {
        const answer = await tried(call, who, action)
        if (answer === 'yes') {
          got[name]!.push(action)
          // What changed nothing that others are tried on goes on with the same call.
          if (!['listen', 'coaching'].includes(action)) call = await inState(state)
        } else
          expect(['auth.forbidden', 'call.not_now', 'call.not_yours', 'call.taken'], `${action}: ${answer}`).toContain(
            answer,
          )
      }
      expect(await tried(call, 'viewer', action)).toBe('auth.forbidden')
      // A key neither hears nor speaks, whatever its scopes.
      if (['listen', 'takeover', 'answer'].includes(action))
        expect(await tried(call, 'machine', action)).toBe('auth.forbidden')
    }
    expect(got.supervisor).toEqual(OPEN[state])
    // Operators have what is theirs, and here nothing is.
    expect(got.operator).toEqual([])
  },
  120_000,
)

test('a call of another workspace is nobody’s to see or to touch', async () => {
  const call = await TestCall.begin(given)
  const { owner } = given.app.south.people
  expect((await owner.caller.get(`/api/v1/conversations/${call.conversationId}/call`)).status).toBe(404)
  const body = { opId: randomUUID(), version: 1 }
  const answer = await owner.caller.post(`/api/v1/conversations/${call.conversationId}/call/end`, body)
  expect(answer.body.code).toBe('conversation.not_found')
  expect((await owner.caller.get('/api/v1/calls')).body.items).toEqual([])
})
