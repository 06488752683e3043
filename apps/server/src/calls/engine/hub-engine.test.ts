/** The hub as an engine: a process of its own, spoken to over HTTP, with carriers that speak Media Streams to it directly. */
import { randomUUID } from 'node:crypto'
import { CarrierEnd } from '../../../../hub/src/test/ends.fixture.ts'
import { HubProcess, until } from '../../../../hub/src/test/process.fixture.ts'
import { type EngineStage, type PhoneEnd, testCallEngine } from './engine-contract.fixture.ts'
import { createHubEngine } from './hub-engine.ts'

const phone = (end: CarrierEnd): PhoneEnd => ({
  say: (sound) => end.say(sound),
  hush: () => end.hush(),
  get heard() {
    return end.heard
  },
  get isOver() {
    return end.closedWith !== null
  },
  hangUp: () => end.hangUp(),
})

async function openStage(): Promise<EngineStage> {
  const hub = await HubProcess.start()
  const tokenOf = (call: string, leg: string) => `${call}/${leg}`
  const outside = new Map<string, 'answers' | 'is busy'>()
  const answered = new Map<string, CarrierEnd>()
  const report = (call: string, leg: string, state: string, reason?: string) =>
    fetch(`${hub.url}/v1/calls/${call}/legs/${leg}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hub.secret}` },
      body: JSON.stringify({ opId: randomUUID(), state, reason }),
    })
  const engine = createHubEngine({
    ...hub,
    url: hub.url,
    tokenOf,
    async dial(call, { leg, token }) {
      await report(call, leg, 'ringing')
      if (outside.get(leg) === 'is busy') await report(call, leg, 'failed', 'busy')
      else answered.set(leg, new CarrierEnd(hub.carrierUrl, { token, callSid: `CA-${leg}` }))
    },
  })
  return {
    engine,
    async call(plan) {
      const leg = randomUUID()
      const token = tokenOf(plan.call, leg)
      await engine.prepare({ ...plan, caller: { leg, token, by: 'carrier', callSid: `CA-${leg}` } })
      return phone(new CarrierEnd(hub.carrierUrl, { token, callSid: `CA-${leg}` }))
    },
    async ring(call, leg, does) {
      outside.set(leg, does)
      const dialled = { trunk: 'any', to: '+4930123', callerId: '+4930124', timeoutMs: 5000 }
      await engine.dial(call, { leg, role: 'external', ...dialled }, randomUUID())
      if (does === 'is busy') return null
      await until(() => answered.has(leg), 'the outside party picks up')
      return phone(answered.get(leg) as CarrierEnd)
    },
    stop: () => hub.stop(),
  }
}

testCallEngine('the hub', openStage)
