/** The dashboard's scripts travel compressed to whoever takes them so, and plain to everybody else. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dashboardRoutes } from './dashboard.ts'

const SCRIPT = 'export const said = "the same in every encoding"\n'
let folder: string
let app: FastifyInstance

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-dashboard-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'assets/a.js'), SCRIPT)
  await writeFile(join(folder, 'assets/a.js.br'), brotliCompressSync(SCRIPT))
  await writeFile(join(folder, 'assets/a.js.gz'), gzipSync(SCRIPT))
  await writeFile(join(folder, 'assets/small.js'), SCRIPT)
  app = fastify()
  await dashboardRoutes(app, folder)
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const get = (url: string, accept?: string) =>
  app.inject({ url, headers: accept === undefined ? {} : { 'accept-encoding': accept } })

test.each([
  ['gzip, deflate, br', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['identity', undefined, (plain: Buffer) => plain],
  [undefined, undefined, (plain: Buffer) => plain],
])('who accepts %s is sent %s', async (accept, sent, read) => {
  const answer = await get('/assets/a.js', accept)
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-encoding']).toBe(sent)
  expect(answer.headers['content-type']).toMatch(/javascript/)
  expect(answer.headers['cache-control']).toMatch(/immutable/)
  expect(String(answer.headers.vary)).toMatch(/accept-encoding/i)
  expect(read(answer.rawPayload).toString()).toBe(SCRIPT)
})

test('a file that was not worth it is sent as it is', async () => {
  const answer = await get('/assets/small.js', 'br, gzip')
  expect([answer.statusCode, answer.headers['content-encoding'], answer.body]).toEqual([200, undefined, SCRIPT])
})
