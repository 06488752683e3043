/** A call with everything real: app, hub, sockets, speech over HTTP; only the providers and the telephone are stand-ins. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { levelOf } from '@earshot/voice'
import { pino } from 'pino'
import { type RunningHub, startHub } from '../../../../hub/src/index.ts'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { type SpeechStandIns, startSpeechStandIns } from '../../test/speech-stand-ins.ts'
import { type Bench, openBench } from '../../test/turn-bench.ts'
import { CarrierLeg } from '../demo/carrier-leg.ts'
import { createHubEngine } from '../engine/index.ts'
import { startCall } from '../start-call.ts'

const SECRET = 'the-secret-of-the-hub-in-tests'

export interface CallBench {
  app: TestApp
  bench: Bench
  hub: RunningHub
  providers: SpeechStandIns
  call(options?: { way?: 'web' | 'demo' }): Promise<TestCall>
  configure(voice: object): Promise<void>
  stop(): Promise<void>
}

export interface TestCall {
  id: string
  conversationId: string
  leg: CarrierLeg
  /** Frames heard by the caller that were not silent. */
  heard(): number
}

export async function openCallBench(): Promise<CallBench> {
  const app = await startTestApp({ config: { allowPrivateAddresses: ['127.0.0.0/8'] } })
  const bench = await openBench(app)
  const dataDir = mkdtempSync(join(tmpdir(), 'earshot-hub-'))
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' })
  const config = { port: 0, host: '127.0.0.1', secret: SECRET, dataDir, origins: [], logLevel: 'silent' }
  const hub = await startHub(config, log)
  const { calls } = app.app.node.services
  calls.engine = createHubEngine({ url: hub.url, secret: SECRET })
  calls.hub = () => ({ carrierUrl: `${hub.url.replace('http', 'ws')}/carrier`, httpUrl: hub.url })
  const providers = await startSpeechStandIns()
  const channels = (await bench.owner.get('/api/v1/channels')).body.items
  const channelId = channels.find((channel: { kind: string }) => channel.kind === 'widget').id
  const legs: CarrierLeg[] = []
  await bench.owner.put('/api/v1/voice/settings', {
    ...(await bench.owner.get('/api/v1/voice/settings')).body,
    announcement: '',
  })
  return {
    app,
    bench,
    hub,
    providers,
    async call({ way = 'web' } = {}) {
      const start = { workspaceId: app.north.id, channelId, way, direction: 'inbound', key: randomUUID() } as const
      const caller = { by: 'carrier', callSid: start.key } as const
      const begun = await startCall(app.app.node.services, { ...start, from: { name: 'Tess' }, caller })
      const leg = new CarrierLeg({ carrierUrl: begun.hub.carrierUrl, callSid: start.key, token: begun.token })
      legs.push(leg)
      let frames = 0
      leg.onSound = (sound) => {
        if (levelOf(sound) > 0.01) frames++
      }
      return { id: begun.call.id, conversationId: begun.call.conversationId, leg, heard: () => frames }
    },
    async configure(voice) {
      const path = `/api/v1/agents/${bench.agentId}/config`
      const { config, version } = (await bench.owner.get(path)).body
      const saved = await bench.owner.put(path, {
        baseVersion: version,
        config: { ...config, voice: { ...config.voice, ...voice } },
      })
      if (saved.status !== 200) throw new Error(JSON.stringify(saved.body))
    },
    async stop() {
      for (const leg of legs) await leg.hangUp()
      await providers.stop()
      await app.stop()
      await hub.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Somebody speaking, as far as loudness tells. */
export function noise(ms: number): Uint8Array {
  let seed = 7
  return Uint8Array.from({ length: ms * 8 }, () => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return (seed >> 16) & 1 ? 0x95 : 0x15
  })
}
