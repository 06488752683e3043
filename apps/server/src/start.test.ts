/** Starting and stopping the whole service as a process: each refusal, a clean end, and kill -9. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Database, startThrowawayDatabase } from './platform/postgres/index.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

let folder: string
let database: Database
const children: ChildProcess[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-start-'))
  database = await startThrowawayDatabase()
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
})
afterAll(async () => {
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Run {
  child: ChildProcess
  out: string
  err: string
  ended: Promise<number | null>
}

/** Runs Earshot with these settings and nothing of ours. */
function run(args: string[], settings: NodeJS.ProcessEnv = {}): Run {
  const env = {
    PATH: process.env.PATH,
    EARSHOT_DATA: join(folder, 'data'),
    EARSHOT_PORT: '0',
    EARSHOT_HUB_PORT: 'off',
    ...settings,
  }
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const started: Run = { child, out: '', err: '', ended }
  child.stdout.on('data', (data) => (started.out += data))
  child.stderr.on('data', (data) => (started.err += data))
  return started
}

async function ready(started: Run): Promise<string> {
  const find = () => /ready at (\S+)/.exec(started.out)?.[1]
  await Promise.race([vi.waitUntil(find, { timeout: 50_000, interval: 20 }), started.ended])
  const url = find()
  if (!url) throw new Error(`it did not start: ${started.err}`)
  return url
}

async function expectRefusal(started: Run, sentence: string | RegExp): Promise<void> {
  expect(await started.ended).toBe(1)
  expect(started.err).toMatch(sentence)
  expect(started.err.trim().split('\n')).toHaveLength(1)
  expect(started.out).toBe('')
}

test.each([
  [['--prot', '1'], {}, 'There is no option --prot; did you mean --port?'],
  [['--port'], {}, '--port needs a value.'],
  [['serve'], {}, 'There is no option serve; see bin/start --help.'],
  [[], { EARSHOT_DATTA: 'x' }, 'There is no setting EARSHOT_DATTA; did you mean EARSHOT_DATA?'],
  [[], { EARSHOT_PORT: 'web' }, 'EARSHOT_PORT must be a whole number from 0 to 65535, not "web".'],
  [
    ['--data', '/dev/null/data'],
    {},
    'Earshot cannot write to the data folder /dev/null/data: a part of the path is a file',
  ],
  [[], { DATABASE_URL: 'postgresql://u:p@127.0.0.1:1/x' }, 'No PostgreSQL answers at 127.0.0.1:1/x'],
])('bin/start %j with %j is refused with one sentence', async (args, settings, sentence) => {
  await expectRefusal(run(args, settings), sentence)
})

test('a taken port is refused before the database is touched', async () => {
  const other = await listenSomewhere()
  const address = other.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  const settings = { DATABASE_URL: database.url }
  await expectRefusal(run(['--port', port], settings), `Port ${port} on 127.0.0.1 is taken by another program`)
  expect(await query(`select count(*)::int as schemas from pg_namespace where nspname = 'earshot'`)).toEqual([
    { schemas: 0 },
  ])
  other.close()
})

test('a database that a newer Earshot has changed is refused', async () => {
  await query('create schema earshot')
  await query('create table earshot.migration (name text primary key, hash text not null, breaking boolean not null)')
  await query(`insert into earshot.migration values ('29990101T0000_tomorrow', '', true)`)
  await expectRefusal(run([], { DATABASE_URL: database.url }), /newer version of Earshot \(29990101T0000_tomorrow\)/)
  await expectRefusal(run([], { DATABASE_URL: database.url, EARSHOT_MIGRATE: 'off' }), /newer version of Earshot/)
  await query('drop schema earshot cascade')
})

test('a database without its migrations is refused when they are not to be applied', async () => {
  const settings = { DATABASE_URL: database.url, EARSHOT_MIGRATE: 'off' }
  await expectRefusal(
    run([], settings),
    /lacks \d+ migrations and EARSHOT_MIGRATE is off; run bin\/earshot migrate first/,
  )
})

test('it starts on its own database, is found busy by a second start, stops on a signal and starts again', async () => {
  const first = run([])
  const url = await ready(first)
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  expect(first.out).toContain(`Its data is in ${join(folder, 'data')}; Ctrl-C stops it.`)
  await expectRefusal(run([]), `Another Earshot (process ${first.child.pid}) is already using the data folder`)
  first.child.kill('SIGINT')
  expect(await first.ended).toBe(0)
  expect(first.err).toBe('')
  expect((await fetch(`${await ready(run([]))}/readyz`)).status).toBe(200)
})

test('after kill -9 the next start is ready again', async () => {
  const killed = run([])
  await ready(killed)
  killed.child.kill('SIGKILL')
  expect((await fetch(`${await ready(run([]))}/readyz`)).status).toBe(200)
})

test('a signal while it is starting ends it in order', async () => {
  const settings = { EARSHOT_DATA: join(folder, 'interrupted') }
  const interrupted = run([], settings)
  await vi.waitUntil(() => existsSync(join(settings.EARSHOT_DATA, 'earshot.pid')), { timeout: 20_000 })
  interrupted.child.kill('SIGTERM')
  expect(await interrupted.ended).toBe(0)
  expect(interrupted.err).toBe('')
  await ready(run([], settings))
})

test('it serves on a database of the user, from several processes', async () => {
  const settings = { DATABASE_URL: database.url }
  for (const url of await Promise.all([run([], settings), run([], settings)].map(ready))) {
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  }
})

async function query(statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  return client
    .query(statement)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

function listenSomewhere(): Promise<Server> {
  const server = createServer()
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
