/** Fan-out: CPU from commit to the last of 1,000 dashboards against raw writes of the same bytes, and the time a message takes. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { openNode } from '../apps/server/src/services.ts'
import type { Bench } from './bench.ts'
import { fsyncsPerSecond, treeCpuMs } from './machine.ts'
import { type Figure, median, type Rounds } from './rounds.ts'
import { type Stage, setStage, silent } from './stage.ts'

const READERS = 1000
const MESSAGES = 30
const EVERY_MS = 100

interface Seen {
  mark: string
  at: number
  chunk: string
}

export const live: Bench = {
  name: 'live',
  about: 'commit to the last of 1,000 dashboards, as a ratio to raw writes of the same bytes',
  async run(rounds) {
    const stage = await setStage(1000)
    try {
      return await measure(stage, rounds)
    } finally {
      await stage.stop()
    }
  },
}

async function measure(stage: Stage, rounds: Rounds): Promise<Figure[]> {
  const dashboards = await start('./live-server.ts', JSON.stringify(stage.config))
  const raw = await start('./live-server.ts', 'raw')
  // Messages are committed by a node of their own, so that the measured one only follows the feed and writes.
  const writer = await openNode(stage.config, silent)
  const readers = await startReaders({ port: dashboards.port, path: '/api/v1/live', key: stage.key, count: READERS })
  const rawReaders = await startReaders({ port: raw.port, path: '/', key: 'none', count: READERS })
  const say = (mark: string) => {
    const { id } = stage.conversations[Math.floor(Math.random() * stage.conversations.length)]!
    const author = { kind: 'contact' as const, id: null, name: null }
    return writer.services.append({
      workspaceId: stage.workspaceId,
      conversationId: id,
      kind: 'message',
      author,
      text: `Hello ${mark}`,
      clientKey: mark,
    })
  }
  let mark = 0
  const ours: { cpuMs: number; lastMs: number[] }[] = []
  const plain: { cpuMs: number }[] = []
  for (let round = 0; round <= rounds.rounds; round++) {
    const mine = await runRound(dashboards.child, readers, async () => {
      const name = `~mark${mark++}~`
      await say(name)
      return name
    })
    const { chunk } = mine
    const theirs = await runRound(raw.child, rawReaders, async () => {
      const name = `~mark${mark++}~`
      raw.child.send({ text: chunk.replace(/~mark\d+~/, name) })
      return name
    })
    if (round === 0) continue
    ours.push(mine)
    plain.push(theirs)
  }
  const pace = await paced(dashboards.child, readers, say, () => `~mark${mark++}~`)
  for (const { child } of [dashboards, raw]) child.disconnect()
  for (const child of [readers, rawReaders]) child.disconnect()
  await writer.stop()
  await once(dashboards.child, 'exit')
  return figures(ours, plain, pace, rounds)
}

function figures(
  ours: { cpuMs: number; lastMs: number[] }[],
  plain: { cpuMs: number }[],
  pace: number[],
  rounds: Rounds,
): Figure[] {
  const cpu = median(ours.map((r) => r.cpuMs))
  const limit = median(plain.map((r) => r.cpuMs))
  const last = median(ours.flatMap((r) => r.lastMs))
  const common = { rounds: rounds.rounds, quiet: true }
  const fsyncMs = 1000 / fsyncsPerSecond()
  return [
    {
      name: 'live.cpu',
      variant: `${READERS} dashboards, CPU an event ${(cpu / MESSAGES).toFixed(1)} ms against ${(limit / MESSAGES).toFixed(1)} ms; last one after ${last.toFixed(0)} ms`,
      value: cpu / MESSAGES,
      unit: 'ms CPU',
      limit: 'raw writes of the same bytes',
      ratio: Number((cpu / limit).toFixed(2)),
      ...common,
    },
    {
      name: 'live.latency',
      variant: `commit requested to last of ${READERS} dashboards at ${Math.round(1000 / 10)} messages a second, p50 (one fsync takes ${fsyncMs.toFixed(2)} ms)`,
      value: Number(median(pace).toFixed(1)),
      unit: 'ms',
      limit: 'time',
      ratio: null,
      ...common,
    },
  ]
}

/** One event after another, far enough apart that none is merged with the next. */
async function runRound(
  server: ChildProcess,
  readers: ChildProcess,
  emit: () => Promise<string>,
): Promise<{ cpuMs: number; lastMs: number[]; chunk: string }> {
  const before = treeCpuMs(server.pid!)
  const lastMs: number[] = []
  let chunk = ''
  for (let i = 0; i < MESSAGES; i++) {
    const began = performance.timeOrigin + performance.now()
    const name = await emit()
    const seen = await untilSeen(readers, name)
    lastMs.push(seen.at - began)
    chunk = seen.chunk
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, EVERY_MS - (seen.at - began))))
  }
  return { cpuMs: treeCpuMs(server.pid!) - before, lastMs, chunk }
}

/** A hundred messages a second for three seconds: the time from sending each to the last dashboard showing it. */
async function paced(
  _server: ChildProcess,
  readers: ChildProcess,
  say: (mark: string) => Promise<unknown>,
  next: () => string,
): Promise<number[]> {
  const began = new Map<string, number>()
  const took: number[] = []
  const listen = ({ mark, at }: Seen) => {
    const start = began.get(mark)
    if (start !== undefined) took.push(at - start)
  }
  readers.on('message', listen)
  const all: Promise<unknown>[] = []
  for (let i = 0; i < 300; i++) {
    const mark = next()
    began.set(mark, performance.timeOrigin + performance.now())
    all.push(say(mark))
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await Promise.all(all)
  for (let i = 0; i < 200 && took.length < began.size; i++) await new Promise((resolve) => setTimeout(resolve, 50))
  readers.off('message', listen)
  return took
}

function untilSeen(readers: ChildProcess, name: string): Promise<Seen> {
  return new Promise((resolve) => {
    const listen = (message: Seen) => {
      if (message.mark !== name) return
      readers.off('message', listen)
      resolve(message)
    }
    readers.on('message', listen)
  })
}

async function start(file: string, argument: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [argument], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [port] = (await once(child, 'message')) as [number]
  return { child, port }
}

async function startReaders(order: { port: number; path: string; key: string; count: number }): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('./live-readers.ts', import.meta.url)), [JSON.stringify(order)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return child
}
