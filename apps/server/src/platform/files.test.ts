/** The file store keeps one promise on both of its drivers: a folder, and S3. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FileStore, openFileStore } from './files.ts'

let dir: string
let s3: S3rver
let endpoint: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-files-'))
  s3 = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(dir, 's3'),
    configureBuckets: [{ name: 'files', configs: [] }],
  })
  const { port } = await s3.run()
  endpoint = `http://127.0.0.1:${port}`
})
afterAll(async () => {
  await s3.close()
  await rm(dir, { recursive: true, force: true })
})

const drivers: [string, () => Promise<FileStore>][] = [
  ['a folder', () => openFileStore({ dir: join(dir, 'folder') })],
  [
    'S3',
    () =>
      openFileStore({
        dir: join(dir, 'spool'),
        s3: { endpoint, bucket: 'files', region: 'us-east-1', accessKey: 'S3RVER', secretKey: 'S3RVER' },
      }),
  ],
]

async function* inPieces(bytes: Uint8Array, size = 50_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const LIMIT = { limit: 1_000_000 }

describe.each(drivers)('the file store in %s', (_, open) => {
  let store: FileStore
  beforeAll(async () => {
    store = await open()
  })

  test('gives back what was written, byte for byte, and says its size and hash', async () => {
    const bytes = randomBytes(200_070)
    const written = await store.write('w/2026/a', inPieces(bytes), LIMIT)
    expect(written.size).toBe(200_070)
    expect(written.sha256.toString('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect((await buffer((await store.read('w/2026/a'))!)).equals(bytes)).toBe(true)
  })

  test('reads a range, both ends included', async () => {
    await store.write('w/range', inPieces(Buffer.from('0123456789')), LIMIT)
    expect((await buffer((await store.read('w/range', { start: 2, end: 5 }))!)).toString()).toBe('2345')
  })

  test('has nothing under an unknown key, nor after removal; removing twice is no error', async () => {
    await store.write('w/gone', inPieces(Buffer.from('x')), LIMIT)
    await store.remove('w/gone')
    await store.remove('w/gone')
    expect(await store.read('w/gone')).toBeUndefined()
    expect(await store.read('w/never')).toBeUndefined()
  })

  test('refuses what is too large or empty, and keeps nothing of it', async () => {
    await expect(store.write('w/large', inPieces(randomBytes(60_000)), { limit: 50_000 })).rejects.toMatchObject({
      code: 'file.too_large',
    })
    await expect(store.write('w/empty', inPieces(Buffer.alloc(0)), LIMIT)).rejects.toMatchObject({ code: 'file.empty' })
    expect(await store.read('w/large')).toBeUndefined()
    expect(await store.read('w/empty')).toBeUndefined()
  })

  test('lets the caller refuse by the first bytes', async () => {
    const inspect = (head: Uint8Array) => {
      if (head[0] === 0x4d) throw new Error('refused')
    }
    await expect(store.write('w/exe', inPieces(Buffer.from('MZ')), { ...LIMIT, inspect })).rejects.toThrow('refused')
    await expect(
      store.write('w/exe', inPieces(Buffer.concat([Buffer.from('MZ'), randomBytes(9000)])), { ...LIMIT, inspect }),
    ).rejects.toThrow('refused')
    expect(await store.read('w/exe')).toBeUndefined()
  })

  test('keeps nothing of an upload that breaks off', async () => {
    const broken = async function* () {
      yield randomBytes(10_000)
      throw new Error('connection lost')
    }
    await expect(store.write('w/broken', broken(), LIMIT)).rejects.toThrow('connection lost')
    expect(await store.read('w/broken')).toBeUndefined()
  })

  test.each(['../secret', 'w/../../x', '/etc/passwd', 'w//x', 'w/.hidden', ''])(
    'never leaves its place for the key %j',
    async (key) => {
      await expect(store.write(key, inPieces(Buffer.from('x')), LIMIT)).rejects.toThrow()
      expect(() => store.read(key)).toThrow()
    },
  )
})

test('no unfinished upload stays on the disk', async () => {
  expect(await readdir(join(dir, 'folder', 'unfinished'))).toEqual([])
  expect(await readdir(join(dir, 'spool', 'unfinished'))).toEqual([])
})

test.each([
  ['has no such bucket', () => ({ endpoint, bucket: 'missing' })],
  ['is away', () => ({ endpoint: 'http://127.0.0.1:1', bucket: 'files' })],
])('S3 that %s is told as unavailable', async (_, where) => {
  const s3 = { ...where(), region: 'us-east-1', accessKey: 'S3RVER', secretKey: 'S3RVER' }
  const store = await openFileStore({ dir: join(dir, 'spool2'), s3 })
  await expect(store.write('w/x', inPieces(Buffer.from('x')), LIMIT)).rejects.toMatchObject({ code: 'unavailable' })
})
