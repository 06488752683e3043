/** Makes calls that run, on an engine without sound. */
import type { Call } from '@earshot/contracts'
import { equip, TestCall } from '../../calls/calls.fixture.ts'
import { FakeEngine } from '../../calls/fake-engine.fixture.ts'
import type { TestApp, TestWorkspace } from '../app.ts'
import { until } from '../until.ts'

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
    /** The owner has spoken on it; the id is the call's. */
    async spokenCall() {
      const call = await begin()
      await call.takes(owner)
      return call.id
    },
    /** The owner's own first call; the id is the call's. */
    async triedCall(channelId: string) {
      const engine = engineOf(app)
      const key = crypto.randomUUID()
      const { body } = await owner.caller.post('/api/v1/calls/try', { key, channelId })
      const call: Call = body.call
      engine.comes(call.id)
      await until(async () => {
        const now = await owner.caller.get(`/api/v1/conversations/${call.conversationId}/call`)
        return now.body.state !== 'ringing'
      }, 'the first call is answered')
      return call.id
    },
    /** Calls can be begun in this installation. */
    withCalls: () => void engineOf(app),
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
