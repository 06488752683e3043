/** The embedded PostgreSQL: it starts, recovers, and refuses what would harm the data. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { readPidFile } from './leftovers.ts'
import { type Database, findRunningDatabase, startDatabase } from './start-database.ts'

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() }
let root: string
let dataDir: string
let running: Database[] = []
let children: ChildProcess[] = []

/** A data folder as a first start leaves it: copying one is three times faster than making one. */
let made: string
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'earshot-made-'))
  chmodSync(made, 0o711)
  await (await startDatabase({ dataDir: made, log })).stop()
})
afterAll(() => rmSync(made, { recursive: true, force: true }))

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'earshot-test-'))
  dataDir = join(root, 'a folder', 'data')
  cpSync(made, dataDir, { recursive: true })
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(running.map((database) => database.stop()))
  await stopWhatIsLeft()
  running = []
  children = []
  vi.clearAllMocks()
  rmSync(root, { recursive: true, force: true })
})

async function start(): Promise<Database> {
  const database = await startDatabase({ dataDir, log })
  running.push(database)
  return database
}

/** A killed Earshot leaves its database running; starting and stopping once more clears it away. */
async function stopWhatIsLeft(): Promise<void> {
  if (existsSync(join(dataDir, 'postgres', 'postmaster.pid'))) await (await startDatabase({ dataDir, log })).stop()
}

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
    .query(statement)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

const serverPid = () => readPidFile(join(dataDir, 'postgres'))?.pid ?? 0

/** A whole Earshot process as far as the database is concerned, which can be killed. */
async function startInChild(): Promise<{ child: ChildProcess; url: string }> {
  const door = new URL('./index.ts', import.meta.url).href
  const code = `
    const { startDatabase } = await import('${door}')
    const log = { info() {}, warn() {}, error() {} }
    const { url } = await startDatabase({ dataDir: ${JSON.stringify(dataDir)}, log })
    console.log(url)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [url] = await once(child.stdout!, 'data')
  return { child, url: String(url).trim() }
}

test('what is written is there after a stop and a start', async () => {
  const first = await start()
  await query(first.url, 'create table note (text text)')
  await query(first.url, `insert into note values ('kept')`)
  await first.stop()
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
  const second = await start()
  expect(await query(second.url, 'select text from note')).toEqual([{ text: 'kept' }])
})

test('the database is durable, checked, of this machine only, and its role is no superuser', async () => {
  const { url } = await start()
  const names = [
    'fsync',
    'synchronous_commit',
    'full_page_writes',
    'data_checksums',
    'listen_addresses',
    'jit',
    'log_statement',
  ]
  const settings = await query(url, `select ${names.map((name) => `current_setting('${name}') as ${name}`).join()}`)
  expect(settings[0]).toEqual({
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    data_checksums: 'on',
    listen_addresses: '127.0.0.1',
    jit: 'off',
    log_statement: 'none',
  })
  expect(await query(url, 'select rolsuper, rolbypassrls from pg_roles where rolname = current_user')).toEqual([
    { rolsuper: false, rolbypassrls: false },
  ])
  expect(statSync(join(dataDir, 'secrets', 'postgres.json')).mode & 0o777).toBe(0o600)
  await expect(query(url.replace(/:[0-9a-f]+@/, ':guess@'), 'select 1')).rejects.toThrow(/password/)
})

test('words of every script can be searched', async () => {
  const { url } = await start()
  await query(url, 'create extension pg_trgm')
  expect(
    await query(
      url,
      `select cardinality(show_trgm('привет')) > 0 as cyrillic, cardinality(show_trgm('日本語')) > 0 as japanese`,
    ),
  ).toEqual([{ cyrillic: true, japanese: true }])
})

test('a value that made a statement fail is not in the log', async () => {
  const { url } = await start()
  await query(url, 'create table note (text text check (length(text) < 5))')
  await expect(query(url, `insert into note values ('my card number')`)).rejects.toThrow(/check constraint/)
  expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toContain('card')
})

test('a second start on the same folder is refused with the process that has it', async () => {
  await start()
  await expect(start()).rejects.toThrow(
    `Another Earshot (process ${process.pid}) is already using the data folder ${dataDir}; stop it first, or choose another folder with --data DIR.`,
  )
})

test('another process finds the running database', async () => {
  expect(findRunningDatabase(dataDir)).toBeUndefined()
  const { url, stop } = await start()
  expect(findRunningDatabase(dataDir)).toBe(url)
  await stop()
  expect(findRunningDatabase(dataDir)).toBeUndefined()
})

test('a folder that only its owner may enter is no obstacle, for root neither', async () => {
  chmodSync(root, 0o700)
  const first = await start()
  await query(first.url, 'create table note (text text)')
  await first.stop()
  const second = await start()
  expect(await query(second.url, 'select count(*)::int as rows from note')).toEqual([{ rows: 0 }])
  expect(lstatSync(join(dataDir, 'postgres')).isDirectory()).toBe(true)
  expect(statSync(join(dataDir, 'postgres')).uid === 0).toBe(false)
})

test('a server that dies by itself is started again at the same address', async () => {
  const { url } = await start()
  await query(url, 'create table note (text text)')
  const killed = serverPid()
  process.kill(killed, 'SIGKILL')
  await vi.waitUntil(() => query(url, 'insert into note values (1) returning 1').catch(() => false), {
    timeout: 20_000,
  })
  expect(serverPid()).not.toBe(killed)
  expect(log.error).toHaveBeenCalledWith('The database server ended by itself; it is started again.')
})

test('after kill -9 the next start stops the orphan and loses nothing', async () => {
  const { child, url } = await startInChild()
  await expect(start()).rejects.toThrow(`process ${child.pid}`)
  await query(url, 'create table note (text text)')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const orphan = serverPid()
  expect(process.kill(orphan, 0)).toBe(true)
  const database = await start()
  expect(serverPid()).not.toBe(orphan)
  expect(log.warn).toHaveBeenCalledWith(
    'A database of an Earshot that was killed is still running; it is stopped first.',
  )
  expect(await query(database.url, 'select count(*)::int as rows from note')).toEqual([{ rows: 0 }])
})

test('after kill -9 of everything the next start recovers', async () => {
  const { child, url } = await startInChild()
  await query(url, 'create table note (text text)')
  process.kill(serverPid(), 'SIGKILL')
  child.kill('SIGKILL') // and it is not waited for: nor does a person who types the next command
  const database = await start()
  expect(await query(database.url, 'select count(*)::int as rows from note')).toEqual([{ rows: 0 }])
})

test('a dead server whose number another process has now does not stop the start', async () => {
  await (await start()).stop()
  writeFileSync(
    join(dataDir, 'postgres', 'postmaster.pid'),
    `${process.ppid}\n${dataDir}\n0\n1\n\n127.0.0.1\n\nready\n`,
  )
  const database = await start()
  expect(await query(database.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('lost passwords are made anew, the data stays', async () => {
  const first = await start()
  await query(first.url, 'create table note (text text)')
  await first.stop()
  rmSync(join(dataDir, 'secrets'), { recursive: true })
  const second = await start()
  expect(second.url).not.toBe(first.url)
  expect(await query(second.url, 'select count(*)::int as rows from note')).toEqual([{ rows: 0 }])
})

test('a start that was killed while it made the cluster leaves nothing in the way', async () => {
  renameSync(join(dataDir, 'postgres'), join(dataDir, 'postgres.new'))
  const { url } = await start()
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(existsSync(join(dataDir, 'postgres.new'))).toBe(false)
})

test.each([
  ['17', /made by PostgreSQL 17, and this Earshot brings PostgreSQL 18/],
  [undefined, /is not a PostgreSQL cluster/],
])('a folder of PostgreSQL %s is refused and left alone', async (version, sentence) => {
  const dir = join(dataDir, 'postgres')
  rmSync(dir, { recursive: true })
  mkdirSync(dir)
  if (version) writeFileSync(join(dir, 'PG_VERSION'), `${version}\n`)
  await expect(start()).rejects.toThrow(sentence)
  expect(existsSync(join(dir, 'base'))).toBe(false)
})
