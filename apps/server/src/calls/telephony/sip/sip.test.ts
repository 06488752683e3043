/** Calls by SIP from end to end: sipp, the edge, the hub, the database; everything but the company at the other end of the trunk. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningEdge, startEdge } from '../../../../../edge/src/index.ts'
import { freePort, Handset, sipp } from '../../../../../edge/src/test/sipp.ts'
import { likeness, noise } from '../../../../../edge/src/test/sound.ts'
import { HubProcess } from '../../../../../hub/src/test/process.fixture.ts'
import { processSecret } from '../../../platform/children.ts'
import { startTestApp, type TestApp } from '../../../test/app.ts'
import { SECRET } from '../../../test/furniture.ts'
import { until as waitUntil } from '../../../test/until.ts'
import { whichLine } from './which-line.ts'

const secret = processSecret(SECRET)
const log = pino({ level: process.env.TEST_LOG ?? 'silent' })
const NUMBER = '+49301234567'

let app: TestApp
let hub: HubProcess
let edge: RunningEdge
let phone: Handset
let trunkPort = 0
const dir = mkdtempSync(join(tmpdir(), 'earshot-sip-'))
const stops: (() => void)[] = []

const owner = () => app.north.people.owner.caller

beforeAll(async () => {
  hub = await HubProcess.start('', secret)
  const controlPort = await freeTcpPort()
  const [hubUrl, edgeUrl] = [hub.url, `http://127.0.0.1:${controlPort}`]
  app = await startTestApp({ config: { hubUrl, edgeUrl, allowPrivateAddresses: ['127.0.0.0/8'] } })
  const settings = (await owner().get('/api/v1/voice/settings')).body
  await owner().put('/api/v1/voice/settings', { ...settings, announcement: '' })
  edge = await startEdge(
    {
      sipPort: 0,
      host: '127.0.0.1',
      address: undefined,
      rtpPorts: { from: 41_400, to: 41_500 },
      controlPort,
      secret,
      serverUrl: app.url,
      dataDir: join(dir, 'edge'),
      logLevel: 'silent',
    },
    log,
  )
  phone = await Handset.open()
  trunkPort = await freePort()
})
afterAll(async () => {
  for (const stop of stops) stop()
  phone?.close()
  await edge?.stop()
  await app?.stop()
  await hub?.stop()
  rmSync(dir, { recursive: true, force: true })
})

/** What is looked at, once it is as wished. */
async function until<T>(look: () => T | Promise<T>, holds: (value: T) => boolean): Promise<T> {
  let value = await look()
  await waitUntil(async () => {
    if (holds(value)) return true
    value = await look()
    return holds(value)
  }, `it is as wished: ${holds}`)
  return value
}

/** The two channels of the hub's recording. */
async function recorded(call: string): Promise<[Buffer, Buffer]> {
  const recording = await app.app.node.services.calls.engine.recording(call)
  const parts: Buffer[] = []
  for await (const part of recording!.sound) parts.push(Buffer.from(part))
  const both = Buffer.concat(parts)
  const side = (n: 0 | 1) => Buffer.from(both.filter((_byte, i) => i % 2 === n))
  return [side(0), side(1)]
}

/** A command on the call as it is; when it has changed meanwhile, on what it is now. */
async function order(conversationId: string, what: string, more = {}): Promise<void> {
  const answer = await until(
    async () => {
      const { version } = await callOf(conversationId)
      return owner().post(`/api/v1/conversations/${conversationId}/call/${what}`, {
        opId: crypto.randomUUID(),
        version,
        ...more,
      })
    },
    ({ body }) => body.code !== 'call.changed',
  )
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}

const freeTcpPort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const running = async () =>
  (await owner().get('/api/v1/calls')).body.items as { conversationId: string; state: string; version: number }[]
const callOf = async (id: string) => (await owner().get(`/api/v1/conversations/${id}/call`)).body

async function calling(scenario: string, ms: number) {
  phone.packets = []
  const keys = { rtp: phone.port, payload: 0 }
  const call = await sipp(scenario, { target: edge.sipPort, keys, args: ['-d', String(ms)] })
  stops.push(call.stop)
  return call
}

const inProgress = async () => {
  const [first] = await until(running, (calls) => calls.length > 0)
  return first!
}

test('a trunk made in the settings reaches the edge, and its test asks it', async () => {
  const agentId = (await owner().get('/api/v1/agents')).body.items[0].id
  const trunk = {
    host: '127.0.0.1',
    port: trunkPort,
    transport: 'udp',
    user: null,
    from: ['127.0.0.1/32'],
    codecs: ['PCMU'],
    register: false,
  }
  const made = await owner().post('/api/v1/voice/lines', { kind: 'sip', name: 'Trunk', number: NUMBER, agentId, trunk })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  await until(
    () => edge.edge.services.trunks.count,
    (count) => count === 1,
  )
  const answering = await sipp('options', { port: trunkPort })
  const tested = await owner().post(`/api/v1/voice/lines/${made.body.id}/test`)
  expect(tested.body.test.steps[0]).toMatchObject({
    step: 'trunk',
    outcome: 'passed',
    detail: expect.stringMatching(/^answered OPTIONS in \d+ ms$/),
  })
  await answering.done
})

test('a call comes in: one call, one contact by their number, their sound on the left channel only; they hang up', async () => {
  const call = await calling('call', 1200)
  const { conversationId } = await inProgress()
  const port = await until(
    () => phone.packets[0]?.from,
    (from) => from !== undefined,
  )
  const sound = noise(21, 900)
  await phone.speak(port as number, 0, sound)
  await call.done
  const over = await until(
    () => callOf(conversationId),
    ({ state }) => state === 'ended',
  )
  expect(over).toMatchObject({
    way: 'sip',
    direction: 'inbound',
    from: { number: '+4915100000000', name: 'Ada' },
    endReason: 'contact_hung_up',
  })
  const [left, right] = await recorded(over.id)
  expect(likeness(sound, left)).toBeGreaterThan(0.95)
  expect(likeness(sound, right)).toBeLessThan(0.35)

  // The same number again: another call of the same contact, ended from here.
  const again = await calling('hung-up', 0)
  const second = await inProgress()
  expect(second.conversationId).not.toBe(conversationId)
  const [one, two] = await Promise.all(
    [conversationId, second.conversationId].map(async (id) => (await owner().get(`/api/v1/conversations/${id}`)).body),
  )
  expect(two.contact.id).toBe(one.contact.id)
  await order(second.conversationId, 'end')
  await again.done
})

test('the hub is killed in the middle of a call and comes back: the same call, the same recording', async () => {
  const call = await calling('hung-up', 0)
  const { conversationId } = await inProgress()
  const port = await until(
    () => phone.packets.at(-1)?.from,
    (from) => from !== undefined,
  )
  const [before, after] = [noise(23, 1500), noise(24, 800)]
  await phone.speak(port as number, 0, before)
  await hub.kill()
  await hub.begin()
  const { engine } = app.app.node.services.calls
  const { id } = await callOf(conversationId)
  await until(
    () => engine.snapshot(id).catch(() => null),
    (known) => known?.state === 'live',
  )
  await phone.speak(port as number, 0, after)
  await order(conversationId, 'end')
  await call.done
  const left = (await recorded(id))[0]
  // At most a second is missing of what was said before.
  expect(likeness(before.subarray(0, 4000), left)).toBeGreaterThan(0.95)
  expect(likeness(after, left)).toBeGreaterThan(0.95)
})

/** A call whose agent has it, or who has it instead. */
async function begun() {
  const call = await calling('hung-up', 0)
  const { conversationId } = await inProgress()
  await until(
    () => callOf(conversationId),
    ({ state }) => state === 'ai',
  )
  return { call, conversationId, transfer: () => order(conversationId, 'transfer', { to: '+4930901820' }) }
}

test('a transfer rings by the trunk; busy gives the caller back, an answer bridges them', async () => {
  const first = await begun()
  const busy = await sipp('refuses', { port: trunkPort, keys: { status: 486 } })
  await first.transfer()
  await busy.done
  const back = await until(
    () => callOf(first.conversationId),
    ({ transfer }) => transfer?.state === 'busy',
  )
  expect(['ai', 'queued']).toContain(back.state)
  await order(first.conversationId, 'end')
  await first.call.done

  const { call, conversationId, transfer } = await begun()
  const other = await Handset.open()
  stops.push(() => other.close())
  const answers = await sipp('answers', { port: trunkPort, keys: { rtp: other.port, payload: 0 } })
  stops.push(answers.stop)
  await transfer()
  await until(
    () => callOf(conversationId),
    ({ state }) => state === 'transferred',
  )
  const sound = noise(22, 800)
  await phone.speak(phone.packets.at(-1)?.from as number, 0, sound)
  await until(
    () => likeness(sound, other.heard(0)),
    (alike) => alike > 0.95,
  )
  await order(conversationId, 'end')
  await Promise.all([call.done, answers.done])
})

test('numbers nobody has are not found; the doors need the secret', async () => {
  const lost = await sipp('call', {
    target: edge.sipPort,
    keys: { rtp: 9, payload: 0, dialled: '+49309999999' },
    args: ['-d', '10'],
  })
  await expect(lost.done).rejects.toThrow()
  for (const [method, path] of [
    ['GET', 'trunks'],
    ['POST', 'incoming'],
    ['POST', 'gone'],
  ] as const) {
    for (const authorization of ['', 'Bearer wrong']) {
      const answer = await fetch(`${app.url}/internal/voice/${path}`, { method, headers: { authorization } })
      expect(answer.status).toBe(401)
    }
  }
})

test('the number that was dialled chooses the line, and what fits two fits none', () => {
  const line = (id: string, number: string | null) => ({ id, number }) as Parameters<typeof whichLine>[0][number]
  const [berlin, paris, any] = [line('b', '+49301234567'), line('p', '+33123456789'), line('a', null)]
  const chosen = (lines: (typeof berlin)[], dialled: string) => whichLine(lines, dialled)?.id ?? null
  expect(chosen([berlin, paris, any], '+49301234567')).toBe('b')
  expect(chosen([berlin, paris, any], '0049 30 1234567')).toBe('b')
  expect(chosen([berlin, paris, any], '0301234567')).toBe('b')
  expect(chosen([berlin, paris, any], '+4989999999')).toBe('a')
  expect(chosen([berlin, paris], '+4989999999')).toBe(null)
  expect(chosen([berlin, line('b2', '+49301234567')], '+49301234567')).toBe(null)
  expect(chosen([berlin], 'reception')).toBe('b')
  expect(chosen([berlin, paris], 'reception')).toBe(null)
})
