/** Makes calls that run, on an engine without sound. */
import { equip, TestCall } from '../../calls/calls.fixture.ts'
import { FakeEngine } from '../../calls/fake-engine.fixture.ts'
import type { TestApp, TestWorkspace } from '../app.ts'

const engines = new WeakMap<TestApp, FakeEngine>()

function engineOf(app: TestApp): FakeEngine {
  const known = engines.get(app)
  if (known) return known
  const engine = new FakeEngine()
  equip(app, engine)
  engines.set(app, engine)
  return engine
}

export function callThings(app: TestApp, workspace: TestWorkspace) {
  const { owner } = workspace.people
  const begin = () => TestCall.begin({ app, engine: engineOf(app) }, workspace)
  const about = async (call: TestCall) => ({ id: call.conversationId, version: (await call.read()).version })
  return {
    /** The agent speaks with the caller. */
    async call() {
      return about(await begin())
    },
    /** The owner has taken over. */
    async takenCall() {
      const call = await begin()
      await call.takes(owner)
      return about(call)
    },
    /** Somebody outside is being rung. */
    async ringingCall() {
      const call = await begin()
      await call.ask(owner, 'transfer', { to: '+4915112345678' })
      return about(call)
    },
    /** The owner has claimed a caller who waits. */
    async claimedCall() {
      const call = await begin()
      await call.ask(owner, 'enqueue')
      await owner.caller.post(`/api/v1/conversations/${call.conversationId}/claim`, {})
      return about(call)
    },
  }
}
