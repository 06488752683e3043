/** Doctor, as a shell meets it: what it finds in a sound installation, and what it says about each thing that is wrong. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSealer } from '../platform/secrets.ts'
import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { checkNode, freeSpace } from './doctor-checks.ts'
import { serverNotes } from './doctor-database.ts'
import { run } from './run.ts'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await createTestDatabase()
  folder = mkdtempSync(join(tmpdir(), 'earshot-doctor-'))
})
afterAll(async () => {
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

async function doctor(env: Record<string, string> = {}, dir = join(folder, 'data')) {
  const ran = { out: '', err: '' }
  const code = await run(['doctor', '--json'], {
    env: { DATABASE_URL: database.url, EARSHOT_DATA: dir, EARSHOT_PORT: '0', ...env },
    input: Readable.from([]),
    out: (text) => (ran.out += text),
    err: (text) => (ran.err += text),
  })
  const checks = ran.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { what: string; verdict: string; finding: string })
  return { code, checks, found: (what: string) => checks.find((check) => check.what === what) }
}

/** A data folder with a secret, as the first start leaves it. */
function dataFolder(name: string, mode = 0o600, secret = 'a'.repeat(64)): string {
  const dir = join(folder, name)
  mkdirSync(join(dir, 'secrets'), { recursive: true })
  writeFileSync(join(dir, 'secrets', 'secret'), `${secret}\n`)
  chmodSync(join(dir, 'secrets', 'secret'), mode)
  return dir
}

test('nothing is wrong with a sound installation', async () => {
  const { code, checks, found } = await doctor({}, dataFolder('sound'))
  expect(code, JSON.stringify(checks)).toBe(0)
  expect(checks.some(({ verdict }) => verdict === 'wrong')).toBe(false)
  expect(found('Database')).toMatchObject({ verdict: 'fine', finding: expect.stringMatching(/^PostgreSQL 18/) })
  expect(found('Migrations')).toMatchObject({ verdict: 'fine' })
  expect(found('Secret')).toMatchObject({ verdict: 'fine' })
  expect(found('Workspaces')).toMatchObject({
    verdict: 'fine',
    finding: expect.stringContaining('0, with 0 conversations'),
  })
})

test('a wrong setting is the only thing that is said', async () => {
  const { code, checks } = await doctor({ EARSHOT_PROT: '1' })
  expect(code).toBe(1)
  expect(checks.at(-1)).toMatchObject({
    what: 'Settings',
    verdict: 'wrong',
    finding: expect.stringContaining('EARSHOT_PORT'),
  })
})

test('a secret that others can read, or that is damaged, is wrong', async () => {
  expect((await doctor({}, dataFolder('open', 0o644))).found('Secret')).toMatchObject({
    verdict: 'wrong',
    finding: expect.stringContaining('chmod 600'),
  })
  expect((await doctor({}, dataFolder('cut', 0o600, 'short'))).found('Secret')).toMatchObject({
    verdict: 'wrong',
    finding: expect.stringContaining('damaged'),
  })
})

test('a port that another program has is wrong', async () => {
  const other = await new Promise<Server>((resolve) => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1', () => resolve(server))
  })
  const { port } = other.address() as { port: number }
  const { code, found } = await doctor({ EARSHOT_PORT: String(port) }, dataFolder('port'))
  await new Promise((resolve) => other.close(resolve))
  expect(code).toBe(1)
  expect(found('Port')).toMatchObject({
    verdict: 'wrong',
    finding: expect.stringContaining('taken by another program'),
  })
})

test('a database that does not answer is wrong, and says what to do', async () => {
  const { code, found } = await doctor({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, dataFolder('away'))
  expect(code).toBe(1)
  expect(found('Database')).toMatchObject({
    verdict: 'wrong',
    finding: expect.stringContaining('No PostgreSQL answers'),
  })
})

test('missing migrations are named; a database of a newer Earshot is wrong', async () => {
  await database.owner.query("insert into migration (name, hash, breaking) values ('99990101T0000_future', '', true)")
  const newer = await doctor({}, dataFolder('newer'))
  await database.owner.query("delete from migration where name = '99990101T0000_future'")
  expect(newer).toMatchObject({ code: 1 })
  expect(newer.found('Migrations')).toMatchObject({
    verdict: 'wrong',
    finding: expect.stringContaining('newer version'),
  })
  const { rows } = await database.owner.query(
    'delete from migration where name = (select max(name) from migration) returning *',
  )
  const older = await doctor({}, dataFolder('older'))
  await database.owner.query('insert into migration (name, hash, breaking, applied_at) values ($1, $2, $3, $4)', [
    rows[0].name,
    rows[0].hash,
    rows[0].breaking,
    rows[0].applied_at,
  ])
  expect(older).toMatchObject({ code: 0 })
  expect(older.found('Migrations')).toMatchObject({
    verdict: 'warning',
    finding: expect.stringContaining(rows[0].name),
  })
})

test('keys that were stored under another secret are counted', async () => {
  const own = createSealer('a'.repeat(64)).seal('key', 'p')
  const foreign = createSealer('b'.repeat(64)).seal('key', 'p')
  const { rows } = await database.owner.query("insert into workspace (name) values ('W') returning workspace_id")
  for (const sealed of [own, foreign])
    await database.owner.query("insert into agent (workspace_id, name, key_sealed) values ($1, 'A', $2)", [
      rows[0].workspace_id,
      sealed,
    ])
  const { code, found } = await doctor({}, dataFolder('keys'))
  expect(code).toBe(1)
  expect(found('Stored keys')).toMatchObject({ verdict: 'wrong', finding: expect.stringContaining('1 of 2') })
})

test.each([
  [100, 'wrong'],
  [2 * 1024 ** 3, 'warning'],
  [20 * 1024 ** 3, 'fine'],
])('%i free bytes are judged', (bytes, verdict) => {
  expect(freeSpace('/data', bytes).verdict).toBe(verdict)
})

const server = {
  version: '18.0',
  size: '8 MB',
  connections: 3,
  maxConnections: 100,
  skewSeconds: 0,
  canCreateRoles: true,
  hasRoles: true,
}
test.each([
  [{}, []],
  [{ maxConnections: 20 }, ['wrong']],
  [{ skewSeconds: -61 }, ['warning']],
  [{ canCreateRoles: false }, []],
  [{ canCreateRoles: false, hasRoles: false }, ['wrong']],
])('a server with %j is judged', (facts, verdicts) => {
  expect(serverNotes({ ...server, ...facts }).map(({ verdict }) => verdict)).toEqual(verdicts)
})

test('an old Node is wrong', () => {
  expect(checkNode('22.1.0').verdict).toBe('wrong')
  expect(checkNode('24.0.0').verdict).toBe('fine')
})
