/** A process beside the server: started, started again, found again, stopped. The real hub stands for all. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { loadConfig } from '../config.ts'
import { hubSpec } from '../processes.ts'
import { until } from '../test/until.ts'
import { keepChild, settleChild } from './children.ts'

const log = pino({ level: 'silent' })

test('a killed hub is back at the same port, another server finds it, a stop ends it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'earshot-children-'))
  const spec = hubSpec(loadConfig({}, { data: dataDir }), 0)
  const pid = () => JSON.parse(readFileSync(join(dataDir, 'hub.json'), 'utf8')).pid as number
  try {
    const settled = await settleChild(spec, log)
    const isUp = () =>
      fetch(`${settled.url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    const first = keepChild(spec, settled, log)
    await until(isUp, 'the hub runs')
    const killed = pid()
    process.kill(killed, 'SIGKILL')
    await until(async () => (await isUp()) && pid() !== killed, 'it is started again')
    // A server that was killed says nothing to its hub; the next one looks for it.
    expect(await settleChild(spec, log)).toEqual(settled)
    const next = keepChild(spec, settled, log)
    const running = pid()
    await next.stop()
    expect(await isUp()).toBe(false)
    expect(() => process.kill(running, 0)).toThrow()
    await first.stop()
    expect(await isUp()).toBe(false)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
