/** Calls through the media hub: what a call costs against a bare relay of the same messages, and how soon what is done is heard. */
import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { AgentEnd, BrowserEnd, CarrierEnd } from '../apps/hub/src/test/ends.fixture.ts'
import { HubProcess, until } from '../apps/hub/src/test/process.fixture.ts'
import { likeness, voice } from '../apps/hub/src/test/voices.fixture.ts'
import { createHubEngine } from '../apps/server/src/calls/engine/index.ts'
import type { Bench } from './bench.ts'
import type { Counted, Ends } from './calls-load.ts'
import { treeCpuMs } from './machine.ts'
import { type Figure, median, type Rounds } from './rounds.ts'

const CALLS = 100

export const calls: Bench = {
  name: 'calls',
  about: '100 calls with agent, listener and recording in one hub against a bare relay; take-over, crash, correlations',
  async run(rounds) {
    const hub = await HubProcess.start()
    try {
      const seconds = rounds.rounds > 3 ? 20 : 6
      const ours = await loaded(hub, seconds)
      const bare = await relayed(seconds)
      const heard = await single(hub, rounds)
      return [...costs(ours, bare, rounds), ...heard]
    } finally {
      await hub.stop()
    }
  },
}

interface Load {
  counted: Counted
  cpuMs: number
  late: number
  ticks: number
  psi: string
}

async function startChild(file: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)))
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { child, port }
}

const engineOf = (hub: HubProcess) => createHubEngine({ url: hub.url, secret: hub.secret })

/** One call prepared, with a ticket for its listener. */
async function prepare(hub: HubProcess, agentUrl: string) {
  const engine = engineOf(hub)
  const call = randomUUID()
  const token = `token-of-the-caller-${call}`
  await engine.prepare({
    call,
    workspace: randomUUID(),
    caller: { leg: randomUUID(), token, by: 'carrier' },
    waitMs: 60_000,
    agent: { url: agentUrl, headers: {}, params: {}, outbound: false, listensOnHold: true },
    floor: 'ai',
    record: true,
    announcement: null,
    apologies: { filler: null, farewell: null },
    limits: { listeners: 5, maxMinutes: 60, reconnectMs: 5000 },
  })
  const attach = (role: 'listener' | 'supervisor') => {
    const leg = randomUUID()
    return engine.attachHuman(call, { leg, userId: randomUUID(), role }, randomUUID())
  }
  return { engine, call, token, callSid: `CA-${call}`, attach }
}

async function measured(
  load: ChildProcess,
  pid: number,
  seconds: number,
  ticks: () => Promise<[number, number]>,
): Promise<Load> {
  await pause(2000)
  load.send('reset')
  const [cpu, before] = [treeCpuMs(pid), await ticks()]
  await pause(seconds * 1000)
  load.send('count')
  const [counted] = (await once(load, 'message')) as [Counted]
  const after = await ticks()
  const psi = /some (avg10=[\d.]+)/.exec(readFileSync('/proc/pressure/cpu', 'utf8'))?.[1] ?? 'unknown'
  return { counted, cpuMs: treeCpuMs(pid) - cpu, ticks: after[0] - before[0], late: after[1] - before[1], psi }
}

async function loaded(hub: HubProcess, seconds: number): Promise<Load> {
  const load = await startChild('./calls-load.ts')
  const ends: Ends = { callers: [], listeners: [], agents: [] }
  const running: string[] = []
  for (let n = 0; n < CALLS; n++) {
    const { call, token, callSid, attach } = await prepare(hub, `ws://127.0.0.1:${load.port}/`)
    ends.callers.push({ url: hub.carrierUrl, token, callSid })
    ends.listeners.push((await attach('listener')).mediaUrl)
    running.push(call)
  }
  load.child.send(ends)
  const metric = async (name: string) => {
    const answer = await fetch(`${hub.url}/metrics`, { headers: { authorization: `Bearer ${hub.secret}` } })
    return Number(new RegExp(`^earshot_hub_${name} (\\S+)`, 'm').exec(await answer.text())?.[1])
  }
  const result = await measured(load.child, hub.pid, seconds, async () => [
    await metric('ticks_total'),
    await metric('ticks_late_total'),
  ])
  const engine = engineOf(hub)
  for (const call of running) await engine.hangup(call, 'measured', randomUUID())
  load.child.disconnect()
  return result
}

async function relayed(seconds: number): Promise<Load> {
  const relay = await startChild('./calls-relay.ts')
  const load = await startChild('./calls-load.ts')
  const at = (n: number, part: string) => `ws://127.0.0.1:${relay.port}/${n}/${part}`
  const all = Array.from({ length: CALLS }, (_, n) => n)
  load.child.send({
    callers: all.map((n) => ({ url: at(n, 'caller'), token: '', callSid: '' })),
    listeners: all.map((n) => at(n, 'listener')),
    agents: all.map((n) => at(n, 'agent')),
  } satisfies Ends)
  const result = await measured(load.child, relay.child.pid as number, seconds, async () => [0, 0])
  load.child.disconnect()
  relay.child.disconnect()
  return result
}

const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits))

function costs(ours: Load, bare: Load, rounds: Rounds): Figure[] {
  const figure = figures(rounds, `cpu some ${ours.psi}`)
  const { counted, ticks, late } = ours
  const due = 50 * CALLS * counted.seconds
  const perCall = (load: Load) => load.cpuMs / 10 / load.counted.seconds / CALLS
  // A call of ours has 50 + 50 + 50 + 50 messages a second and 5 bursts; the relay's callers get bursts of 10 frames as one.
  const messages = (load: Load) =>
    load.counted.fromCallers + load.counted.toCallers + load.counted.toAgents + load.counted.toListeners
  const each = (load: Load) => load.cpuMs / messages(load)
  const share = (n: number) => rounded((100 * n) / due, 2)
  const bareDue = 50 * CALLS * bare.counted.seconds
  const relays = (n: number) => `(relay: ${rounded((100 * n) / bareDue, 2)} %)`
  return [
    figure(
      `${CALLS} calls: of a core a call (relay: ${rounded(perCall(bare), 3)})`,
      rounded(perCall(ours), 3),
      '%',
      '0.4 %',
      perCall(ours) / perCall(bare),
    ),
    figure(
      `CPU a message, ${rounded(1000 * each(ours))} µs against ${rounded(1000 * each(bare))} µs`,
      rounded(1000 * each(ours)),
      'µs',
      'the relay',
      each(ours) / each(bare),
    ),
    figure(
      `frames that reached listeners ${relays(bare.counted.toListeners)}`,
      share(counted.toListeners),
      '%',
      '99 %',
    ),
    figure('frames that reached callers', share(counted.toCallers), '%', '99 %'),
    figure(`frames that reached agents ${relays(bare.counted.toAgents)}`, share(counted.toAgents), '%', '99 %'),
    figure('ticks that began within 20 ms', rounded(100 * (1 - late / ticks), 2), '%', '99 %'),
    figure(
      `frame at hub to listener, p95 ${rounded(counted.delays[Math.floor(counted.delays.length * 0.95)] ?? 0)} ms`,
      rounded(median(counted.delays)),
      'ms p50',
      '30 ms',
    ),
  ]
}

function figures(rounds: Rounds, load: string) {
  return (variant: string, value: number, unit: string, limit: string, ratio: number | null = null): Figure => ({
    name: 'calls',
    variant: `${variant} [${load}]`,
    value,
    unit,
    limit: ratio === null ? limit : `the relay’s, ${value} ${unit} of ${limit}`,
    ratio: ratio === null ? null : rounded(ratio, 2),
    rounds: rounds.rounds,
    quiet: true,
  })
}

/** One call alone: identities by correlation, and how soon a take-over and a crash are heard. */
async function single(hub: HubProcess, rounds: Rounds): Promise<Figure[]> {
  const [callerVoice, agentVoice, bossVoice] = [voice(1, 200), voice(2, 3000), voice(3, 200)]
  const agent = await AgentEnd.open()
  const { engine, call, token, callSid, attach } = await prepare(hub, agent.url)
  const caller = new CarrierEnd(hub.carrierUrl, { token, callSid })
  await until(() => agent.now?.start != null, 'the agent is there')
  const listener = new BrowserEnd((await attach('listener')).mediaUrl)
  await until(() => listener.words.length > 0, 'the listener is there')
  caller.say(callerVoice)
  // 10,000 frames of the listener's, as fast as they go, while the agent speaks.
  listener.say(bossVoice)
  agent.say(agentVoice)
  await until(() => listener.caller.length > 220, 'the call is heard')
  const uplink = likeness(caller.heard, bossVoice)
  const listens = Math.min(
    likeness(Buffer.concat(listener.caller), callerVoice.subarray(0, 160 * 160)),
    likeness(Buffer.concat(listener.speaker), agentVoice.subarray(0, 160 * 160)),
  )
  const { upFrame } = await import('@earshot/voice')
  const mark = new Uint8Array(160).fill(0x11)
  for (let n = 0; n < 10_000; n++) listener.socket.send(upFrame(n + 1_000_000, mark))
  const refused = async () => (await engine.snapshot(call))?.legs.find(({ role }) => role === 'listener')?.refused ?? 0
  await until(async () => (await refused()) >= 10_000, 'all were discarded')
  const got = caller.frames.filter((frame) => frame.every((byte) => byte === 0x11)).length
  listener.leave()
  const takeovers: number[] = []
  const crashes: number[] = []
  let after = 1
  for (let round = 0; round < rounds.rounds; round++) {
    const taken = await takeOver({ engine, call, attach, caller, agent, agentVoice, bossVoice })
    takeovers.push(taken.tookMs)
    crashes.push(taken.crashMs)
    after = Math.min(after, taken.agentLikeness)
  }
  caller.hangUp()
  await agent.close()
  const figure = figures(rounds, 'one call')
  return [
    figure('take-over: command to first supervisor frame at the caller', rounded(median(takeovers)), 'ms', '150 ms'),
    figure('browser crash to the agent’s next frame at the caller', rounded(median(crashes)), 'ms', '2000 ms'),
    figure('listener frames of 10,000 that reached the caller', got, 'frames', '0'),
    figure('likeness: listener hears caller and agent', rounded(listens, 3), '', 'at least 0.95'),
    figure('likeness: caller hears the listener', rounded(uplink, 3), '', 'at most 0.35'),
    figure('likeness: agent after take-over', rounded(after, 3), '', 'at most 0.35'),
  ]
}

interface TakeOver extends Pick<Awaited<ReturnType<typeof prepare>>, 'engine' | 'call' | 'attach'> {
  caller: CarrierEnd
  agent: AgentEnd
  agentVoice: Uint8Array
  bossVoice: Uint8Array
}

async function takeOver({ engine, call, attach, caller, agent, agentVoice, bossVoice }: TakeOver) {
  const boss = await attach('supervisor')
  const browser = new BrowserEnd(boss.mediaUrl)
  await until(() => browser.words.length > 0, 'the supervisor is there')
  browser.say(bossVoice)
  agent.say(agentVoice)
  await pause(300)
  const began = performance.now()
  await engine.setFloor(call, { floor: { by: 'supervisor', leg: boss.leg, lease: randomUUID() } }, randomUUID())
  const from = caller.frames.length
  await until(() => caller.frames.length > from + 2, 'the supervisor is heard')
  const tookMs = (caller.at[from] as number) - began
  agent.say(agentVoice)
  await until(() => caller.frames.length > from + 60, 'more is heard')
  const agentLikeness = likeness(Buffer.concat(caller.frames.slice(from + 2)), agentVoice.subarray(0, 16_000))
  const crashed = performance.now()
  browser.crash()
  await until(async () => (await engine.snapshot(call))?.floor.by === 'ai', 'the agent has the floor')
  const silent = caller.frames.length
  agent.say(agentVoice)
  await until(() => caller.frames.length > silent, 'the agent is heard')
  return { tookMs, crashMs: (caller.at[silent] as number) - crashed, agentLikeness }
}
