/** Exports of many conversations, through HTTP: files as they are asked for, back again without loss, cancelled, expired, withdrawn. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'
import type { Answer, Caller } from '../test/caller.ts'
import { until } from '../test/until.ts'
import { sweepExports } from './index.ts'

let app: TestApp
let owner: Caller
let ids: string[]
beforeAll(async () => {
  app = await startTestApp()
  owner = app.north.people.owner.caller
  ids = await ingest(app, app.north.machine, conversations())
  await owner.post(`/api/v1/conversations/${ids[0]}/notes`, { text: '=cmd note-word' })
  await owner.post(`/api/v1/conversations/${ids[0]}/coaching`, { text: 'coaching-word' })
})
afterAll(() => app?.stop())

async function ingest(_app: TestApp, machine: Caller, items: unknown[]): Promise<string[]> {
  const { body } = await machine.post('/api/v1/ingest/conversations', { items })
  return body.results.map((result: { id: string }) => result.id)
}

const conversations = () => [
  {
    externalId: 'full',
    channel: 'whatsapp',
    agent: 'Freya',
    flow: 'Orders',
    title: '=SUM(1)',
    outcome: 'completed',
    sessionId: 's-full',
    contact: {
      externalId: 'p1',
      name: '+Ana',
      email: 'ana@example.com',
      phone: '+358 40 555 0178',
      attributes: { plan: 'gold', n: [1, null] },
    },
    startedAt: '2026-01-02T03:04:05.678Z',
    endedAt: '2026-01-02T04:04:05.678Z',
    status: 'closed',
    stage: 'opportunity',
    memory: { order: 'A-17', nested: { a: [1, 'zwei', null] } },
    rating: { stars: 5, comment: '-Good, "really"\nyes' },
    tags: ['vip', { key: 'city', value: 'Turku' }],
    messages: [
      {
        externalId: '1',
        author: 'contact',
        authorName: 'Ana',
        text: 'Hei "you", 你好\n\u0001 \\ السلام',
        at: '2026-01-02T03:04:05.678Z',
      },
      {
        externalId: '2',
        author: 'agent',
        text: 'Looking',
        at: '2026-01-02T03:04:06.000Z',
        functionCall: {
          name: 'find',
          parameters: { id: 1, deep: { x: null } },
          result: { ok: true },
          status: 'error',
          durationMs: 12,
        },
      },
      {
        externalId: '3',
        author: 'agent',
        text: 'Here',
        at: '2026-01-02T03:04:07.000Z',
        attachments: [{ name: 'a.pdf', url: 'https://a.example/a.pdf', mediaType: 'application/pdf' }],
        usage: { inputTokens: 10, outputTokens: 5, costUsd: 0.25 },
      },
      { externalId: '4', author: 'operator', authorName: 'Ben', text: 'And me', at: '2026-01-02T03:05:07.000Z' },
    ],
  },
  { externalId: 'bare', messages: [{ externalId: '1', author: 'contact', text: 'Hello' }] },
  { externalId: 'empty', messages: [] },
]

const create = (caller: Caller, body: unknown) => caller.post('/api/v1/exports', body)

async function exported(caller: Caller, body: unknown): Promise<{ id: string; text: string }> {
  const { body: made, status } = await create(caller, body)
  expect(status, JSON.stringify(made)).toBe(202)
  await until(
    async () => (await caller.get(`/api/v1/exports/${made.id}`)).body.state === 'ready',
    'the export is ready',
  )
  const answer = await fetch(`${caller.url}/api/v1/exports/${made.id}/file`, { headers: caller.headers })
  expect(answer.status).toBe(200)
  return { id: made.id, text: Buffer.from(await answer.arrayBuffer()).toString() }
}

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim())

test('JSON lines come back as they went: into another workspace, and out again the same', async () => {
  const { text } = await exported(owner, { selection: { filter: {} }, format: 'jsonl', notes: true })
  expect(text).toContain('note-word')
  expect(text).not.toContain('coaching-word')
  const items = linesOf(text).map((line) => JSON.parse(line))
  expect(items).toHaveLength(3)
  const [full] = conversations()
  expect(items.find(({ externalId }) => externalId === 'full')).toMatchObject({
    ...full,
    tags: ['vip', 'city:Turku'],
    messages: [...full!.messages, { kind: 'note' }],
  })
  const south = app.south.people.owner.caller
  await ingest(app, app.south.machine, items)
  const again = await exported(south, { selection: { filter: {} }, format: 'jsonl', notes: true })
  expect(linesOf(again.text).sort()).toEqual(linesOf(text).sort())
})

test('CSV has one row a conversation and the chosen columns in their order, and computes nothing', async () => {
  const columns = ['title', 'contact', 'messages', 'rating', 'ratingComment', 'tags', 'started']
  const { text } = await exported(owner, { selection: { ids: [ids[0]] }, format: 'csv', columns, notes: true })
  expect(text).toBe(
    '\uFEFFTitle,Contact,Messages,Rating,Rating comment,Tags,Started,Notes\n' +
      `'=SUM(1),'+Ana,3,5,"'-Good, ""really""\nyes",vip; city:Turku,2026-01-02T03:04:05.678Z,Olga: =cmd note-word\n`,
  )
})

test('a filter, less what was left out by hand, and nothing of another workspace', async () => {
  const found = { filter: { channel: ['api'] }, except: [ids[2]] }
  const { text } = await exported(owner, { selection: found, format: 'csv', columns: ['id'] })
  expect(linesOf(text).slice(1)).toEqual([ids[1]])
  const theirs = await exported(app.south.people.owner.caller, { selection: { ids }, format: 'csv', columns: ['id'] })
  expect(linesOf(theirs.text)).toEqual(['\uFEFFId'])
  const none = await exported(app.south.people.owner.caller, { selection: { ids }, format: 'jsonl' })
  expect(linesOf(none.text)).toEqual([])
})

test('hostile words in a filter are words', async () => {
  for (const q of [`'; drop table entry; --`, `$1 $2 \\' %_`, `"\u0000`]) {
    const { text } = await exported(owner, {
      selection: { filter: { q, tag: [`a'b{},"`] } },
      format: 'csv',
      columns: ['id'],
    })
    expect(linesOf(text)).toHaveLength(1)
  }
})

test('a link opens once, without signing in', async () => {
  const { id, text } = await exported(owner, { selection: { ids }, format: 'jsonl' })
  const { body, status } = await owner.post(`/api/v1/exports/${id}/link`)
  expect(status).toBe(201)
  const path = new URL(body.url).pathname
  const first = await fetch(app.url + path)
  expect(first.headers.get('content-disposition')).toMatch(/^attachment; filename="conversations-[\d-]+\.jsonl"$/)
  expect(first.headers.get('cache-control')).toBe('private, no-store')
  expect(await first.text()).toBe(text)
  expect((await fetch(app.url + path)).status).toBe(404)
})

test('what expired is removed, row and bytes; what is removed by hand is gone', async () => {
  const { id } = await exported(owner, { selection: { ids }, format: 'csv' })
  const key = (await row(id)).storage_key
  await app.database.owner.query(`update export_file set expires_at = now() - interval '1 second' where id = $1`, [id])
  expect((await owner.get(`/api/v1/exports/${id}/file`)).body.code).toBe('export.gone')
  await sweepExports(app.app.node.services)
  expect(await owner.get(`/api/v1/exports/${id}`)).toMatchObject({ body: { state: 'expired' } })
  expect(await app.app.node.services.files.read(key)).toBeUndefined()
  expect(await app.app.node.services.files.read(`${key}.members`)).toBeUndefined()
  const other = await exported(owner, { selection: { ids }, format: 'csv' })
  const otherKey = (await row(other.id)).storage_key
  expect((await owner.delete(`/api/v1/exports/${other.id}`)).status).toBe(200)
  expect((await owner.get(`/api/v1/exports/${other.id}/file`)).status).toBe(410)
  expect(await app.app.node.services.files.read(otherKey)).toBeUndefined()
})

test('deleting a conversation withdraws the files that hold it, and no other', async () => {
  const [gone] = await ingest(app, app.north.machine, [{ externalId: 'to go', messages: [] }])
  const holding = await exported(owner, { selection: { ids: [gone, ids[0]] }, format: 'jsonl' })
  const other = await exported(owner, { selection: { ids: [ids[0]] }, format: 'jsonl' })
  const key = (await row(holding.id)).storage_key
  expect((await owner.get(`/api/v1/conversations/${gone}/deletion`)).body.exports).toBeGreaterThanOrEqual(1)
  expect((await owner.delete(`/api/v1/conversations/${gone}`)).status).toBe(200)
  expect((await owner.get(`/api/v1/exports/${holding.id}`)).body.state).toBe('withdrawn')
  expect((await owner.get(`/api/v1/exports/${holding.id}/file`)).status).toBe(410)
  expect(await app.app.node.services.files.read(key)).toBeUndefined()
  expect((await owner.get(`/api/v1/exports/${other.id}`)).body.state).toBe('ready')
})

test('cancelled while it waits, it leaves nothing', async () => {
  app.app.node.services.exporting.stopping = true
  const { body } = await create(owner, { selection: { filter: {} }, format: 'jsonl' })
  await owner.post(`/api/v1/jobs/${body.jobId}/cancel`)
  const read = (): Promise<Answer> => owner.get(`/api/v1/exports/${body.id}`)
  await until(async () => (await read()).body.state === 'cancelled', 'the export is cancelled')
  app.app.node.services.exporting.stopping = false
  expect((await owner.get(`/api/v1/exports/${body.id}/file`)).body.code).toBe('export.gone')
  await sweepExports(app.app.node.services)
  expect((await row(body.id)).storage_key).toBeNull()
})

test.each([
  {},
  { selection: {}, format: 'csv' },
  { selection: { ids: [] }, format: 'csv' },
  { selection: { ids: ['x'] }, format: 'csv' },
  { selection: { filter: { status: ['gone'] } }, format: 'csv' },
  { selection: { filter: { nothing: 1 } }, format: 'csv' },
  { selection: { filter: { minRating: 6 } }, format: 'csv' },
  { selection: { filter: { from: 'yesterday' } }, format: 'csv' },
  { selection: { filter: {}, except: ['x'] }, format: 'csv' },
  { selection: { filter: {} }, format: 'xlsx' },
  { selection: { filter: {} }, format: 'csv', columns: [] },
  { selection: { filter: {} }, format: 'csv', columns: ['password'] },
  { selection: { filter: {} }, format: 'csv', columns: ['id"; drop table entry'] },
  { selection: { filter: {} }, format: 'csv', notes: 'yes' },
  { selection: { filter: {} }, format: 'csv', coaching: true },
])('refuses %j', async (body) => {
  expect((await create(owner, body)).body).toMatchObject({ status: 400, code: 'request.invalid' })
})

test('supervisors and above export, and nobody reaches another workspace’s files', async () => {
  const { id } = await exported(owner, { selection: { ids }, format: 'csv' })
  const { ana, viewer } = app.north.people
  for (const { caller } of [ana, viewer]) {
    expect((await create(caller, { selection: { ids }, format: 'csv' })).status).toBe(403)
    expect((await caller.get(`/api/v1/exports/${id}/file`)).status).toBe(403)
  }
  const south = app.south.people.owner.caller
  for (const path of [`/api/v1/exports/${id}`, `/api/v1/exports/${id}/file`])
    expect((await south.get(path)).body.code).toBe('export.not_found')
  expect((await south.post(`/api/v1/exports/${id}/link`)).status).toBe(404)
  expect((await south.delete(`/api/v1/exports/${id}`)).status).toBe(404)
  expect((await south.get('/api/v1/exports')).body.items.map((x: { id: string }) => x.id)).not.toContain(id)
  expect((await owner.get('/api/v1/exports?cursor=x')).status).toBe(400)
})

async function row(id: string): Promise<{ storage_key: string }> {
  const { rows } = await app.database.owner.query('select storage_key from export_file where id = $1', [id])
  return rows[0]
}
