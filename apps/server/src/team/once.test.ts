/** A POST with an Idempotency-Key happens once, whatever is repeated, at once or later. */
import { endpoint } from '@earshot/contracts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { Browser, OWNER, startTeam, type TestTeam } from '../test/team.ts'
import { pruneStoredReplies } from './index.ts'

const act = endpoint({
  id: 'probe.act',
  method: 'POST',
  path: '/api/v1/probe/act',
  summary: 'Does what the test says',
  access: { role: 'viewer', scope: 'ingest' },
  body: z.strictObject({ n: z.number() }),
  reply: z.object({ run: z.number(), n: z.number() }),
  status: 201,
})

let database: TestDatabase
let node: TestTeam
let owner: Browser
let runs = 0
let doIt: () => Promise<void> = async () => {}

beforeAll(async () => {
  database = await createTestDatabase()
  node = await startTeam({
    url: database.url,
    routes: (_, bind) =>
      bind(act, async (_ctx, { body }) => {
        runs += 1
        const run = runs
        await doIt()
        return { run, n: body.n }
      }),
  })
  owner = new Browser(node.app)
  await owner.send('POST', '/api/v1/setup', OWNER)
})
afterAll(async () => {
  await node?.stop()
  await database?.drop()
})
beforeEach(() => {
  runs = 0
  doIt = async () => {}
})

const post = (key: string, n = 1, who: { send: Browser['send'] } = owner) =>
  who.send('POST', act.path, { n }, { 'idempotency-key': key })
const outcome = ({ status, body }: Awaited<ReturnType<typeof post>>) => ({ status, body })

test('a repeat is given the first answer with its status, and nothing happens again', async () => {
  const first = outcome(await post('a'))
  expect(first).toEqual({ status: 201, body: { run: 1, n: 1 } })
  expect(outcome(await post('a'))).toEqual(first)
  expect(runs).toBe(1)
  expect((await post('b')).body.run).toBe(2)
})

test('ten at once happen once; the others are told that it is running or get its answer', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  doIt = () => promise
  const all = Array.from({ length: 10 }, () => post('many'))
  await expect.poll(() => runs, { timeout: 30_000 }).toBe(1)
  expect((await post('many')).body.code).toBe('idempotency.running')
  resolve()
  const replies = await Promise.all(all)
  expect(runs).toBe(1)
  expect(replies.filter((reply) => reply.status === 201).length).toBeGreaterThanOrEqual(1)
  for (const reply of replies) {
    if (reply.status !== 201) expect(reply.body.code).toBe('idempotency.running')
  }
})

test('the same key with another body is a conflict', async () => {
  await post('c', 1)
  expect(await post('c', 2)).toMatchObject({ status: 409, body: { code: 'idempotency.conflict' } })
})

test('keys of two callers do not meet', async () => {
  const { body } = await owner.send('POST', '/api/v1/api-keys', { name: 'K', scopes: ['ingest'] })
  const machine = new Browser(node.app, { authorization: `Bearer ${body.key}` })
  expect((await post('d')).body.run).toBe(1)
  expect((await post('d', 1, machine)).body.run).toBe(2)
})

test('a refusal is repeated as it was', async () => {
  doIt = async () => {
    throw new AppError('conversation.taken', { operator: 'Ben' })
  }
  const first = await post('e')
  doIt = async () => {}
  const again = await post('e')
  expect(again).toMatchObject({ status: 409, body: { code: 'conversation.taken', details: { operator: 'Ben' } } })
  expect(again.body.details).toEqual(first.body.details)
  expect(runs).toBe(1)
})

test('a failure of ours is not kept: the same request may be sent again', async () => {
  doIt = async () => {
    throw new Error('broken')
  }
  expect((await post('f')).status).toBe(500)
  doIt = async () => {}
  expect(outcome(await post('f'))).toEqual({ status: 201, body: { run: 2, n: 1 } })
})

test('a request whose node died is free again after two minutes', async () => {
  await post('g')
  const forget = (age: string) =>
    node.owner.query(
      `update earshot.stored_reply set status = null, reply = null, created_at = now() - $1::interval where key = 'g'`,
      [age],
    )
  await forget('1 minute')
  expect((await post('g')).body.code).toBe('idempotency.running')
  await forget('3 minutes')
  expect((await post('g')).body.run).toBe(2)
})

test('after a day a key is forgotten', async () => {
  await post('h')
  await post('i')
  await node.owner.query(`update earshot.stored_reply set created_at = now() - interval '25 hours' where key = 'h'`)
  expect(await pruneStoredReplies(node.services)).toBe(1)
  const { rows } = await node.owner.query(`select key from earshot.stored_reply where key in ('h', 'i')`)
  expect(rows).toEqual([{ key: 'i' }])
})

test('a key is 1 to 255 characters', async () => {
  expect((await post('x'.repeat(256))).status).toBe(400)
  expect((await post('x'.repeat(255))).status).toBe(201)
})
