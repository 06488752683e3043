/** The command line as a shell meets it: arguments, standard input, output and an exit code; twice as a real process. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { startTeam, type TestTeam } from '../test/team.ts'
import { run as runCommand } from './run.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const PASSWORD = 'correct horse battery'

let database: TestDatabase
let node: TestTeam
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-cli-'))
  chmodSync(folder, 0o755)
  database = await createTestDatabase()
  node = await startTeam({ url: database.url })
})
afterAll(async () => {
  await node?.stop()
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

interface Run {
  code: number | null
  out: string
  err: string
}

function start(args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env.PATH ?? '', ...env } })
  const run = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (run.out += chunk))
  child.stderr.on('data', (chunk) => (run.err += chunk))
  const ended = new Promise<Run>((resolve) => child.on('close', (code) => resolve({ code, ...run })))
  return { child, run, ended }
}

const own = () => ({ DATABASE_URL: database.url, EARSHOT_DATA: join(folder, 'own') })

/** In this process, which is ten times as fast as starting one. */
async function earshot(args: string[], input = '', env: Record<string, string> = own()): Promise<Run> {
  const run = { out: '', err: '' }
  const code = await runCommand(args, {
    env,
    input: Readable.from([Buffer.from(input)]),
    out: (text) => (run.out += text),
    err: (text) => (run.err += text),
  })
  return { code: code ?? null, ...run }
}

function inProcess(args: string[], input = '', env: Record<string, string> = own()): Promise<Run> {
  const { child, ended } = start(args, env)
  child.stdin.end(input)
  return ended
}

const createUser = (email: string, ...more: string[]) =>
  earshot(['user', 'create', '--email', email, '--password-stdin', ...more], `${PASSWORD}\n`)

const callWith = (key: string, method: 'GET' | 'POST', url: string) =>
  node.app.inject({ method, url, headers: { authorization: `Bearer ${key}` } })

test('the first user owns a new workspace and can sign in; later ones join it', async () => {
  const early = await createUser('eve@example.com', '--role', 'viewer')
  expect(early).toMatchObject({ code: 1, out: '' })
  expect(early.err).toContain('--role owner')
  expect(await createUser('Ada@Example.com', '--role', 'owner', '--name', 'Ada L.')).toMatchObject({
    code: 0,
    out: '',
    err: 'ada@example.com can sign in to My workspace as owner.\n',
  })
  expect(await createUser('ben@example.com', '--role', 'operator')).toMatchObject({ code: 0 })
  const { rows } = await database.owner.query('select name, email, role from member order by created_at')
  expect(rows).toEqual([
    { name: 'Ada L.', email: 'ada@example.com', role: 'owner' },
    { name: 'ben', email: 'ben@example.com', role: 'operator' },
  ])
  for (const email of ['ada@example.com', 'ben@example.com']) {
    const reply = await node.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email, password: PASSWORD },
    })
    expect(reply.statusCode).toBe(200)
  }
  const { rows: stages } = await database.owner.query('select count(*)::int as count from stage')
  expect(stages).toEqual([{ count: 10 }])
})

test('the same person is not added twice, and a refused one leaves no account behind', async () => {
  expect(await createUser('ben@example.com', '--role', 'owner')).toMatchObject({
    code: 1,
    err: expect.stringContaining('member of this workspace already'),
  })
  expect(await createUser('zoe@example.com', '--role', 'viewer', '--workspace', 'Elsewhere')).toMatchObject({ code: 1 })
  const { rows } = await database.owner.query('select email from auth."user" order by email')
  expect(rows).toEqual([{ email: 'ada@example.com' }, { email: 'ben@example.com' }])
})

test('a key is all there is on standard output, and may do what its scopes say', async () => {
  const { code, out, err } = await earshot([
    'api-key',
    'create',
    '--name',
    'import',
    '--scopes',
    'ingest,conversations:read',
  ])
  expect({ code, err: err.includes('shown only now') }).toEqual({ code: 0, err: true })
  expect(out).toMatch(/^esk_[\w-]{43}\n$/)
  const key = out.trim()
  expect((await callWith(key, 'GET', '/api/v1/workspace')).statusCode).toBe(200)
  expect((await callWith(key, 'GET', '/api/v1/members')).statusCode).toBe(403)
  const { rows } = await database.owner.query(
    `select action, actor_kind, details from audit_row where action = 'api_key.created'`,
  )
  expect(rows).toEqual([
    {
      action: 'api_key.created',
      actor_kind: 'system',
      details: { name: 'import', scopes: ['ingest', 'conversations:read'] },
    },
  ])
})

test('with several workspaces one must be named', async () => {
  await database.owner.query(`insert into workspace (name) values ('Second')`)
  const args = ['api-key', 'create', '--name', 'k', '--scopes', '*']
  const unclear = await earshot(args)
  expect(unclear).toMatchObject({ code: 1, out: '' })
  expect(unclear.err).toMatch(/2 workspaces.*--workspace:\n.*My workspace\n.*Second/s)
  const { out } = await earshot([...args, '--workspace', 'Second'])
  expect((await callWith(out.trim(), 'GET', '/api/v1/workspace')).json()).toMatchObject({ name: 'Second' })
})

test.each([
  [[], 2, 'Usage: bin/earshot'],
  [['usr', 'create'], 2, 'did you mean user create?'],
  [['user'], 2, 'did you mean user create?'],
  [['user', 'create', '--emial', 'x'], 2, 'did you mean --email?'],
  [['user', 'create', '--email', 'x', '--role', 'owner'], 2, 'e-mail address'],
  [['user', 'create', '--email', 'a@b.co', '--role', 'king', '--password-stdin'], 2, 'owner, admin, supervisor'],
  [['user', 'create', '--email', 'a@b.co', '--role', 'owner'], 2, '--password-stdin'],
  [['user', 'create', '--email', 'a@b.co', '--role', 'owner', '--password-stdin'], 1, '10 to 200 characters'],
  [['api-key', 'create', '--name', 'k', '--scopes', 'everything'], 2, 'the scopes are'],
  [['api-key', 'create', '--name', 'k', '--scopes', 'a.txt', 'b.txt'], 2, "--scopes '*'"],
  [['api-key', 'create', '--scopes', '*'], 2, '--name is missing'],
])('%j exits with %i and says "%s"', async (args, code, says) => {
  const run = await earshot(args)
  expect(run).toMatchObject({ code, out: '' })
  expect(run.err).toContain(says)
  expect(run.err).not.toContain('    at ')
})

test('help is the answer when it is asked for', async () => {
  expect(await earshot(['--help'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('api-key create') })
  expect(await earshot(['user', 'create', '--help'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('--password-stdin'),
  })
})

test('a database that does not answer is one clear sentence', async () => {
  const run = await earshot(['api-key', 'create', '--name', 'k', '--scopes', '*'], '', {
    DATABASE_URL: 'postgresql://127.0.0.1:1/nothing',
    EARSHOT_DATA: join(folder, 'own'),
  })
  expect(run).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^No PostgreSQL answers at 127\.0\.0\.1:1.*\n$/),
  })
})

test('with the embedded database commands work while the service is down and while it runs', async () => {
  const env = { EARSHOT_DATA: join(folder, 'embedded'), EARSHOT_HUB_PORT: 'off' }
  const user = ['user', 'create', '--email', 'ada@example.com', '--password-stdin', '--role', 'owner']
  expect(await inProcess(user, PASSWORD, env)).toMatchObject({ code: 0 })
  const service = start(['serve', '--port', '0'], env)
  try {
    await expect.poll(() => /ready at (\S+)/.exec(service.run.out)?.[1], { timeout: 30_000 }).toBeTruthy()
    const url = /ready at (\S+)/.exec(service.run.out)![1]!
    const { code, out } = await inProcess(['api-key', 'create', '--name', 'k', '--scopes', '*'], '', env)
    expect(code).toBe(0)
    const reply = await fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${out.trim()}` } })
    expect(await reply.json()).toMatchObject({ workspace: { name: 'My workspace' } })
  } finally {
    service.child.kill('SIGINT')
    expect((await service.ended).code).toBe(0)
  }
}, 90_000)
