/** The hub as a process: killed, out of disk, with a browser that takes nothing. */
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import type { EngineCall, HubFact, RecordingInfo } from '@earshot/voice'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AgentEnd, BrowserEnd, CarrierEnd } from './test/ends.fixture.ts'
import { HubProcess, until } from './test/process.fixture.ts'
import { channel, likeness, voice } from './test/voices.fixture.ts'

const CALLER = voice(5, 200)

let agent: AgentEnd
beforeAll(async () => {
  agent = await AgentEnd.open()
})
afterAll(() => agent.close())

async function ask<T>(hub: HubProcess, method: string, path: string, body?: unknown): Promise<T> {
  const headers = { authorization: `Bearer ${hub.secret}` }
  const answer = await fetch(hub.url + path, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (path.endsWith('/recording') ? Buffer.from(await answer.arrayBuffer()) : await answer.json()) as T
}

/** All facts the hub has, over its HTTP. */
async function facts(hub: HubProcess): Promise<HubFact[]> {
  const headers = { authorization: `Bearer ${hub.secret}` }
  const { body } = await fetch(`${hub.url}/v1/events?after=0`, { headers })
  let text = ''
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString()
    const lines = text
      .split('\n')
      .slice(0, -1)
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
    const found = lines.filter((line) => 'seq' in line && line.t !== 'hello') as HubFact[]
    if (found.length < lines[0].seq) continue
    return found
  }
  return []
}

async function begin(hub: HubProcess, plan: object = {}) {
  const call = randomUUID()
  const token = `token-of-the-caller-${call}`
  const callSid = `CA-${call}`
  const caller = { leg: randomUUID(), token, by: 'carrier', callSid }
  await ask(hub, 'PUT', `/v1/calls/${call}`, {
    call,
    workspace: randomUUID(),
    caller,
    agent: { url: agent.url },
    ...plan,
  })
  const answered = agent.calls.length
  const carrier = new CarrierEnd(hub.carrierUrl, { token, callSid })
  await until(() => agent.calls.length > answered, 'the agent is dialled')
  const again = () => new CarrierEnd(hub.carrierUrl, { token, callSid })
  const snapshot = () => ask<EngineCall>(hub, 'GET', `/v1/calls/${call}`)
  return { call, carrier, again, snapshot, path: `/v1/calls/${call}` }
}

async function attach(hub: HubProcess, call: string, role: string): Promise<{ leg: string; url: string }> {
  const leg = randomUUID()
  const command = { t: 'attachHuman', opId: randomUUID(), leg, user: randomUUID(), role }
  const { token } = await ask<{ token: string }>(hub, 'POST', `/v1/calls/${call}/commands`, command)
  return { leg, url: `${hub.url.replace('http', 'ws')}/media?token=${token}` }
}

test('kill -9: the same call, the same recording, at most a second missing, facts in order', async () => {
  const hub = await HubProcess.start()
  try {
    const { call, carrier, again, snapshot, path } = await begin(hub)
    carrier.say(CALLER)
    await until(() => carrier.said >= 75, 'some seconds are spoken')
    const said = carrier.said
    await hub.kill()
    await hub.begin()
    expect((await snapshot()).state).toBe('reconnecting')
    const resumed = again()
    resumed.say(CALLER)
    await until(async () => (await snapshot()).state === 'live', 'the caller is back')
    await until(() => resumed.said >= 40, 'more is spoken')
    const sound = await ask<Buffer>(hub, 'GET', `${path}/recording`)
    const info = await ask<RecordingInfo>(hub, 'GET', `${path}/recording.json`)
    expect(info.gaps).toMatchObject([{ why: 'lost' }])
    const [gap] = info.gaps
    expect((gap?.fromMs ?? 0) / 20).toBeGreaterThanOrEqual(said - 50 - 10)
    const left = channel(sound, 0)
    expect(likeness(left.subarray(0, (gap?.fromMs ?? 0) * 8), CALLER.subarray(0, 20 * 160))).toBeGreaterThan(0.95)
    expect(likeness(left.subarray((gap?.toMs ?? 0) * 8), CALLER.subarray(0, 20 * 160))).toBeGreaterThan(0.95)
    resumed.hangUp()
    await until(async () => (await facts(hub)).some((fact) => fact.t === 'call.ended'), 'the call is over')
    const all = await facts(hub)
    expect(all.map((fact) => fact.seq)).toEqual(all.map((_, i) => i + 1))
    expect(all.every((fact) => fact.call === call)).toBe(true)
    expect(all.filter((fact) => fact.t.startsWith('call.')).map((fact) => fact.t)).toEqual([
      'call.started',
      'call.reconnecting',
      'call.resumed',
      'call.ended',
    ])
  } finally {
    await hub.stop()
  }
})

test('a full disk: the recording says so, and the call goes on', async () => {
  // Files may grow to 16 kB: a second of sound.
  const hub = await HubProcess.start('ulimit -f 32')
  try {
    const { carrier, path } = await begin(hub)
    carrier.say(CALLER)
    agent.say(voice(6, 400))
    const state = async () => (await ask<EngineCall>(hub, 'GET', path)).recording
    await until(async () => (await state()) === 'failed', 'the recording says that it failed')
    const heard = carrier.frames.length
    await until(() => carrier.frames.length > heard + 20, 'the caller goes on hearing')
    // A new file has room again.
    await until(async () => (await state()) === 'on', 'the recording goes on')
    const info = await ask<RecordingInfo>(hub, 'GET', `${path}/recording.json`)
    expect(info.gaps[0]).toMatchObject({ why: 'disk' })
  } finally {
    await hub.stop()
  }
})

test('a browser that takes nothing loses its own frames and nobody else’s; a page of elsewhere gets no socket', async () => {
  const hub = await HubProcess.start()
  try {
    const { call, carrier, path } = await begin(hub)
    const stuck = new URL((await attach(hub, call, 'listener')).url)
    const socket = connect(hub.port, '127.0.0.1')
    socket.write(
      `GET ${stuck.pathname}${stuck.search} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    )
    socket.pause()
    socket.on('error', () => {})
    const other = new BrowserEnd((await attach(hub, call, 'listener')).url)
    carrier.say(CALLER)
    await until(() => other.caller.length > 100, 'the other one hears')
    expect(likeness(Buffer.concat(other.caller), CALLER.subarray(0, 80 * 160))).toBeGreaterThan(0.95)
    const { url } = await attach(hub, call, 'supervisor')
    const stranger = new BrowserEnd(url, { origin: 'https://elsewhere.example' })
    await until(() => stranger.closedWith !== null, 'the stranger is refused')
    expect(stranger.words).toEqual([])
    expect((await fetch(hub.url + path)).status).toBe(401)
    socket.destroy()
  } finally {
    await hub.stop()
  }
})
