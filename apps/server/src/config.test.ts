/** Settings: what is read, what is refused, and in which words. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { writeTable } from '../../../scripts/settings-table.ts'
import { loadConfig, type Options, readSettings, repositoryDir } from './config.ts'
import { Refusal } from './platform/refusal.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-config-'))
  folders.push(folder)
  return folder
}

function refusalOf(env: NodeJS.ProcessEnv, options?: Options): string {
  try {
    readSettings(env, options)
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
  throw new Error('these settings were accepted')
}

test('without any setting Earshot listens on this machine only and keeps its data beside the code', () => {
  expect(readSettings({})).toMatchObject({
    port: 4310,
    host: '127.0.0.1',
    dataDir: join(repositoryDir, 'data'),
    demo: false,
    databaseUrl: undefined,
    reviewAfterSeconds: 600,
    trustProxy: false,
    logLevel: 'info',
    migrate: 'auto',
  })
})

test('values are typed, an option wins over a variable, a blank variable is an absent one', () => {
  const env = { EARSHOT_PORT: '5000', EARSHOT_HOST: ' ', EARSHOT_DEMO: 'true', EARSHOT_TRUST_PROXY: '2' }
  expect(readSettings(env, { port: '5001' })).toMatchObject({
    port: 5001,
    host: '127.0.0.1',
    demo: true,
    trustProxy: 2,
  })
})

test('networks are read as networks, single addresses too', () => {
  const env = { EARSHOT_ALLOW_PRIVATE_ADDRESSES: '127.0.0.1, 10.0.0.0/8,::1', EARSHOT_TRUST_PROXY: '10.0.0.1' }
  expect(readSettings(env)).toMatchObject({
    allowPrivateAddresses: ['127.0.0.1/32', '10.0.0.0/8', '::1/128'],
    trustProxy: ['10.0.0.1/32'],
  })
})

test('a folder is taken as typed, from where the command runs', () => {
  expect(readSettings({ EARSHOT_DATA: 'elsewhere' }).dataDir).toBe(join(process.cwd(), 'elsewhere'))
  expect(readSettings({ EARSHOT_DATA: 'elsewhere' }, { data: '/tmp/there' }).dataDir).toBe('/tmp/there')
})

test('an unknown setting is refused with the nearest known name', () => {
  expect(refusalOf({ EARSHOT_PROT: '1' })).toBe('There is no setting EARSHOT_PROT; did you mean EARSHOT_PORT?')
  expect(refusalOf({ EARSHOT_XYZZY: '1' })).toBe('There is no setting EARSHOT_XYZZY; docs/settings.md lists them all.')
})

test.each([
  [{ EARSHOT_PORT: 'abc' }, 'EARSHOT_PORT must be a whole number from 0 to 65535, not "abc".'],
  [{ EARSHOT_PORT: '65536' }, 'EARSHOT_PORT must be a whole number from 0 to 65535, not "65536".'],
  [{ EARSHOT_BASE_URL: 'https://a.example/path' }, 'EARSHOT_BASE_URL must be an address without a path'],
  [{ EARSHOT_BASE_URL: 'a.example' }, 'EARSHOT_BASE_URL must be an address without a path'],
  [{ EARSHOT_LOG_LEVEL: 'loud' }, 'EARSHOT_LOG_LEVEL must be one of trace'],
  [{ EARSHOT_DEMO: 'perhaps' }, 'EARSHOT_DEMO must be true or false'],
  [{ EARSHOT_ALLOW_PRIVATE_ADDRESSES: '10.0.0.0/33' }, 'EARSHOT_ALLOW_PRIVATE_ADDRESSES must be addresses'],
  [{ EARSHOT_TRUST_PROXY: 'everyone' }, 'EARSHOT_TRUST_PROXY must be false, a number'],
  [{ DATABASE_URL: 'mysql://somewhere' }, 'DATABASE_URL must be an address such as'],
])('%o is refused', (env, sentence) => {
  expect(refusalOf(env)).toContain(sentence)
})

test('a wrong option is named as it was typed', () => {
  expect(refusalOf({}, { port: 'x' })).toBe('--port must be a whole number from 0 to 65535, not "x".')
})

test('a secret that can be guessed is refused and never repeated', () => {
  for (const EARSHOT_SECRET of ['changeme', 'a'.repeat(64), 'changeme'.repeat(8)]) {
    const refusal = refusalOf({ EARSHOT_SECRET })
    expect(refusal).toContain('EARSHOT_SECRET must be at least 32 random characters')
    expect(refusal).not.toContain(EARSHOT_SECRET)
  }
})

test('a secret is made once, kept, and readable by the owner only', () => {
  const data = newFolder()
  const first = loadConfig({}, { data })
  expect(first.secret).toMatch(/^[0-9a-f]{64}$/)
  expect(loadConfig({}, { data }).secret).toBe(first.secret)
  expect(statSync(join(data, 'secrets', 'secret')).mode & 0o777).toBe(0o600)
  expect(loadConfig({}, { data: newFolder() }).secret).not.toBe(first.secret)
})

test('the base URL follows host and port unless it is set', () => {
  const data = newFolder()
  const baseUrl = (env: NodeJS.ProcessEnv) => loadConfig(env, { data }).baseUrl
  expect(baseUrl({})).toBe('http://127.0.0.1:4310')
  expect(baseUrl({ EARSHOT_HOST: '0.0.0.0', EARSHOT_PORT: '80' })).toBe('http://127.0.0.1:80')
  expect(baseUrl({ EARSHOT_HOST: '::' })).toBe('http://[::1]:4310')
  expect(baseUrl({ EARSHOT_BASE_URL: 'https://earshot.example/' })).toBe('https://earshot.example')
})

test('a store for files is complete or absent', () => {
  const data = newFolder()
  const all = {
    EARSHOT_S3_ENDPOINT: 'http://127.0.0.1:9000',
    EARSHOT_S3_BUCKET: 'files',
    EARSHOT_S3_ACCESS_KEY: 'key',
    EARSHOT_S3_SECRET_KEY: 'hidden',
  }
  expect(loadConfig({}, { data }).s3).toBeUndefined()
  expect(loadConfig(all, { data }).s3).toMatchObject({ bucket: 'files', region: 'us-east-1', secretKey: 'hidden' })
  expect(() => loadConfig({ ...all, EARSHOT_S3_BUCKET: '' }, { data })).toThrow('without EARSHOT_S3_BUCKET; set it')
})

test.each(['/proc/earshot', '/dev/null/earshot'])('%s cannot be the data folder, and the reason is given', (data) => {
  expect(() => loadConfig({}, { data })).toThrow(
    /^Earshot cannot write to the data folder .*; make it writable or choose another/,
  )
})

test('the page of settings is made from this table', () => {
  expect(readFileSync(join(repositoryDir, 'docs', 'settings.md'), 'utf8')).toBe(writeTable())
})
