/** Start: from the command to the first 200 of /readyz, on an empty data folder and on a used one. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bench } from './bench.ts'
import type { Figure } from './rounds.ts'

const START = fileURLToPath(new URL('../bin/start', import.meta.url))

export const start: Bench = {
  name: 'start',
  about: 'bin/start to /readyz, cold (empty data folder) and warm',
  async run(rounds) {
    const cold: number[] = []
    const warm: number[] = []
    for (let round = 0; round < rounds.rounds; round++) {
      const data = mkdtempSync(join(tmpdir(), 'earshot-start-'))
      cold.push(await startOnce(data))
      warm.push(await startOnce(data))
      rmSync(data, { recursive: true, force: true })
    }
    const figure = (variant: string, list: number[], limit: string): Figure => ({
      name: 'start',
      variant: `${variant}, ${list.map((s) => s.toFixed(1)).join(', ')} s`,
      value: Number(list.toSorted((a, b) => a - b)[list.length >> 1]!.toFixed(2)),
      unit: 's',
      limit,
      ratio: null,
      rounds: rounds.rounds,
      quiet: true,
    })
    return [figure('cold: database made and migrated', cold, 'time'), figure('warm', warm, '5 s')]
  },
}

async function startOnce(data: string): Promise<number> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(START, ['--port', String(port), '--data', data], {
    stdio: 'ignore',
    env: { ...process.env, DATABASE_URL: '' },
  })
  await untilReady(child, port)
  const seconds = (performance.now() - began) / 1000
  child.kill('SIGTERM')
  await once(child, 'exit')
  return seconds
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`bin/start ended with ${child.exitCode}`)
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
