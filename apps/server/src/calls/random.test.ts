/** Random commands, facts and failures on an engine without sound and a real database: row, conversation and engine agree whenever they rest. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../platform/context.ts'
import { transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { until } from '../test/until.ts'
import { type CallApp, startCallApp, TestCall } from './calls.fixture.ts'
import { type Held, hold, modelOf } from './change-call.ts'
import { answer, enqueue, stopTransfer, transfer } from './commands/move.ts'
import { coach, end, listen, release, setRecording, takeOverCallBy } from './commands/supervise.ts'
import { brokenRules } from './machine/index.ts'
import { findCursor } from './queries-facts.ts'
import { reconcile } from './reconcile.ts'
import { settleDue } from './settle-commands.ts'

/** `TEST_CALLS` drives the machine alone; here each step is several transactions. */
const SEQUENCES = Number(process.env.TEST_CALLS_STORED ?? 2)
const STEPS = 12

let given: CallApp
let people: Context[]
beforeAll(async () => {
  given = await startCallApp()
  const { north } = given.app
  people = [given.people.ana, given.people.owner].map(({ memberId, name }) => ({
    ...north.ctx,
    actor: { kind: 'operator', id: memberId, name, role: 'supervisor', scopes: ['*'] },
  }))
})
afterAll(() => given?.stop())

const CONTROL: Record<string, string[]> = {
  ai: ['agent'],
  takeover: ['operator'],
  transferring: ['paused'],
  transferred: ['paused'],
  queued: ['queue', 'operator'],
  human: ['operator'],
}

const read = async (call: TestCall): Promise<Held> => {
  const held = await transact(given.app.north.ctx, (tx) => hold(tx, given.app.north.ctx, call.id))
  if (!held) throw new Error('the call is gone')
  return held
}

/** Everything that was told is applied, and everything that was to be asked is asked. */
async function atRest(call: TestCall): Promise<Held> {
  const { services } = given.app.app.node
  const { engine } = given
  let held = await read(call)
  await until(async () => {
    await settleDue(services)
    await reconcile(services, await findCursor(services.db, engine.hub))
    const { rows } = await given.app.database.owner.query("select 1 from call_command where state = 'pending'")
    const applied = await findCursor(services.db, engine.hub)
    held = await read(call)
    return rows.length === 0 && applied === engine.facts.length && isInStep(held)
  }, 'call, conversation and engine agree').catch((error: Error) => {
    const { call: row, conversation } = held
    const floor = engine.calls.get(call.id)?.floor.by
    throw new Error(
      `${error.message}: ${row.state}, ${row.floor} and ${floor}, ${conversation.control} ${conversation.status}`,
    )
  })
  return held
}

/** The conversation follows at once; the floor that was asked for is the floor that is. */
function isInStep({ call, conversation }: Held): boolean {
  const carried = given.engine.calls.get(call.id)
  if (call.state === 'ended') return conversation.status !== 'active' && carried?.state === 'ended'
  return CONTROL[call.state]!.includes(conversation.control) && carried?.floor.by === call.floor
}

function doSomething(call: TestCall, held: Held, random: () => number): Promise<unknown> | undefined {
  const { engine } = given
  const of = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const ctx = of(people)
  const at = call.conversationId
  const body = { opId: randomUUID(), version: held.call.version - (random() < 0.1 ? 1 : 0) }
  const here = held.legs.filter(({ role, state }) => role !== 'caller' && (state === 'live' || state === 'ringing'))
  const expected = held.legs
    .filter(({ state }) => state === 'expected' || state === 'ringing')
    .filter(({ role }) => role !== 'caller')
  const mine = held.legs.find((leg) => leg.memberId === ctx.actor.id && leg.role === 'listener' && leg.state === 'live')
  const tell = (work: () => void) => {
    try {
      work()
    } catch {
      // The engine has dropped it already.
    }
    return undefined
  }
  const moves: (() => Promise<unknown> | undefined)[] = [
    () => listen(ctx, at, body),
    () => takeOverCallBy(ctx, at, { ...body, by: of(['browser', 'browser', 'phone']), ...(mine && { leg: mine.id }) }),
    () => release(ctx, at, body),
    () => transfer(ctx, at, { ...body, to: '+4915112345678' }),
    () => stopTransfer(ctx, at, body),
    () => enqueue(ctx, at, { ...body, skills: [] }),
    () => answer(ctx, at, { ...body, by: of(['browser', 'phone']) }),
    () => coach(ctx, at, { ...body, text: 'Be kind' }),
    () => setRecording(ctx, at, { ...body, on: random() < 0.5 }),
    () => tell(() => expected.length > 0 && engine.answers(call.id, of(expected).id)),
    () => tell(() => expected.length > 0 && engine.answers(call.id, of(expected).id)),
    () =>
      tell(() => expected.length > 0 && engine.fails(call.id, of(expected).id, of(['busy', 'expired', 'rejected']))),
    () => tell(() => here.length > 0 && engine.leaves(call.id, of(here).id, 'lost')),
    () => tell(() => engine.losesAgent(call.id)),
    () => void engine.refusing.set(of(['setFloor', 'attachHuman', 'expectLeg', 'openAgent']), 'call.conflict'),
    () =>
      given.people.owner.caller.put(`/api/v1/conversations/${at}/control`, {
        control: of(['operator', 'agent', 'paused']),
        force: true,
      }),
    () => given.people.owner.caller.post(`/api/v1/conversations/${at}/claim`, {}),
  ]
  if (random() < 0.03) return end(ctx, at, body)
  return of(moves)()
}

test(`${SEQUENCES} calls under random commands, facts and refusals`, {
  timeout: 60_000 + SEQUENCES * 60_000,
}, async () => {
  for (let seed = 1; seed <= SEQUENCES; seed++) {
    let state = seed * 7919
    const random = () => {
      state = (state * 1103515245 + 12345) % 2147483648
      return state / 2147483648
    }
    const call = await TestCall.begin(given)
    let accepted = 0
    let over = false
    for (let step = 0; step < STEPS; step++) {
      const before = await atRest(call)
      try {
        const done = await doSomething(call, before, random)
        if (done && typeof done === 'object' && 'ticket' in done) accepted++
      } catch (error) {
        // A refusal is an answer; whatever the engine refused was accepted first.
        if (!(error instanceof AppError)) throw error
        if (error.details.why !== undefined && 'call' in error.details && error.code === 'call.not_now')
          accepted += wasAsked(error)
      }
      const held = await atRest(call)
      expect(brokenRules(modelOf(held)), `sequence ${seed}, step ${step}`).toEqual([])
      if (over) expect(held.call.state).toBe('ended')
      over = held.call.state === 'ended'
    }
    given.engine.refusing.clear()
    given.engine.ends(call.id, 'caller_hung_up')
    await call.until('ended')
    const { rows } = await given.app.database.owner.query(
      "select count(*)::int as count from audit_row where subject = $1 and action like 'call.%' and action <> 'call.listening_ended'",
      [call.conversationId],
    )
    expect(rows[0].count, 'every command that was taken is in the audit log').toBe(accepted)
  }
})

/** The engine's codes have a dot; the machine's reasons have none. */
const wasAsked = ({ details }: AppError): number => (String(details.why).includes('.') ? 1 : 0)
