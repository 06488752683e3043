/** Recordings that are finished later: by another process after a crash, by one of two nodes, and words that nobody had written down. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { until } from '../../test/until.ts'
import { bytesOf, LINES, makeCall, recordingsIn, SOUND } from './calls.fixture.ts'
import { EngineOnDisk } from './engine.fixture.ts'
import { keepRecordings } from './index.ts'
import { WAV_HEAD } from './sound/wav.ts'

let app: TestApp
let on: ReturnType<typeof recordingsIn>
beforeAll(async () => {
  app = await startTestApp()
  on = recordingsIn(app)
})
afterAll(() => app?.stop())

const owner = () => app.north.people.owner.caller

/** True when it came to its end before the moment it should have died at. */
function keepAndDie(number: number): Promise<boolean> {
  const fixture = fileURLToPath(new URL('./kill.fixture.ts', import.meta.url))
  const args = [fixture, app.database.url, app.app.node.config.dataDir, join(on.engineDir, 'apart'), String(number)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(false)
      else if (code === 0 && said === 'finished') resolve(true)
      else reject(new Error(`the process ended with ${code} ${signal}`))
    })
  })
}

test('killed before anything that would last, another process finishes it: one recording, whole', {
  timeout: 120_000,
}, async () => {
  const apart = new EngineOnDisk(join(on.engineDir, 'apart'))
  const letGo = await on.keepBusy()
  const before = on.stored().length
  const call = await makeCall(app, LINES)
  apart.keep(call.callId, SOUND)
  await call.end()
  const step = Math.max(1, Math.round(16 / Number(process.env.TEST_RECORDING_KILLS ?? 2)))
  for (let at = 1; ; at += step) {
    if (await keepAndDie(at)) break
    await app.database.owner.query('update call_recording set due_at = now() where call_id = $1', [call.callId])
  }
  expect(await on.infoOf(call.id)).toMatchObject({ state: 'ready', durationMs: 6020 })
  expect(apart.has(call.callId)).toBe(false)
  expect(on.stored().length).toBe(before + 3)
  const original = await bytesOf(
    await on.get(`/api/v1/conversations/${call.id}/call/recording/download?format=original`),
  )
  expect(original.subarray(WAV_HEAD).equals(SOUND)).toBe(true)
  letGo()
})

test('two nodes at once keep it once', async () => {
  const before = on.stored().length
  const call = await makeCall(app, LINES)
  on.engine.keep(call.callId, SOUND)
  await call.end()
  await Promise.all([keepRecordings(on.services), keepRecordings(on.services), keepRecordings(on.services)])
  await on.isReady(call.id)
  expect(on.stored().length).toBe(before + 3)
})

test('what nobody wrote down is written down afterwards, each side where it spoke; without a service it is said so', async () => {
  const silent = await recordedWithoutWords()
  await until(async () => (await on.infoOf(silent)).words === 'none', 'nobody can write it down')
  const letGo = await on.keepBusy()
  const call = await makeCall(app, [])
  on.engine.keep(call.callId, SOUND)
  await call.end()
  const file = async (sound: Uint8Array) => [{ text: `${sound.length} bytes`, startMs: 0, endMs: 0, channel: 0 }]
  const stt = { name: 'stand-in', findsTurns: false, file, open: () => expect.unreachable() }
  await keepRecordings(on.services, { recogniserOf: async () => stt })
  expect(await on.infoOf(call.id)).toMatchObject({
    words: 'transcribed',
    utterances: [
      { voice: 'ai', startMs: 40, endMs: 1960 },
      { voice: 'caller', startMs: 1840, endMs: 3620 },
      { voice: 'ai', startMs: 3840, endMs: 5160 },
    ],
  })
  const { items } = (await owner().get(`/api/v1/conversations/${call.id}/entries?kinds=message`)).body
  expect(items.map((entry: { text: string }) => entry.text)).toContain(`${1780 * 8 + 44} bytes`)
  letGo()
})

async function recordedWithoutWords(): Promise<string> {
  const call = await makeCall(app, [])
  on.engine.keep(call.callId, SOUND)
  await call.end()
  await on.isReady(call.id)
  return call.id
}
