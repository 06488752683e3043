/** Deleting, through HTTP: everything of a conversation goes, everywhere, for everybody, and a tombstone stays. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'
import type { Caller } from '../test/caller.ts'
import { until } from '../test/until.ts'
import { TestVisitor } from '../test/visitor.ts'
import { filesWith, tablesWith } from './everywhere.fixture.ts'

let app: TestApp
let owner: Caller
beforeAll(async () => {
  app = await startTestApp()
  owner = app.north.people.owner.caller
})
afterAll(() => app?.stop())

const store = () => join(app.app.node.config.dataDir, 'files')

async function ingest(machine: Caller, ...items: Record<string, unknown>[]): Promise<string[]> {
  const { body } = await machine.post('/api/v1/ingest/conversations', {
    items: items.map((item) => ({ externalId: crypto.randomUUID(), messages: [], ...item })),
  })
  return body.results.map((result: { id: string }) => result.id)
}

async function upload(caller: Caller, name: string, text: string): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([text]), name)
  const answer = await fetch(`${caller.url}/api/v1/files`, { method: 'POST', headers: caller.headers, body: form })
  return ((await answer.json()) as { id: string }).id
}

/** A conversation with the marker in every place that something can be put into. */
async function fillWith(marker: string): Promise<string> {
  const [id] = await ingest(app.north.machine, {
    externalId: `external-${marker}`,
    agent: 'Freya',
    title: `Title ${marker}`,
    sessionId: `session-${marker}`,
    memory: { [`key ${marker}`]: `value ${marker}` },
    rating: { stars: 2, comment: `Comment ${marker}` },
    tags: [`tag-${marker}`, { key: 'k', value: marker }],
    messages: [
      { externalId: `m1-${marker}`, author: 'contact', authorName: marker, text: `Where is ${marker}?` },
      {
        externalId: 'm2',
        author: 'agent',
        text: `I looked for ${marker}`,
        functionCall: { name: `find_${marker}`, parameters: { id: marker }, result: [marker], status: 'ok' },
        attachments: [{ name: `${marker}.pdf`, url: `https://a.example/${marker}` }],
      },
    ],
  })
  const path = `/api/v1/conversations/${id}`
  const must = async (answer: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await answer
    expect(status, JSON.stringify(body)).toBeLessThan(300)
  }
  await must(owner.post(`${path}/handoff`, { reason: `Reason ${marker}` }, { 'idempotency-key': crypto.randomUUID() }))
  await must(owner.put(`${path}/control`, { control: 'operator', announce: false }))
  const file = await upload(owner, `file ${marker}.txt`, `content ${marker}`)
  await must(
    owner.post(`${path}/messages`, { text: `Answer ${marker}`, attachmentIds: [file], clientKey: `key-${marker}` }),
  )
  await must(owner.post(`${path}/notes`, { text: `Note ${marker}` }))
  await must(owner.post(`${path}/coaching`, { text: `Coaching ${marker}` }))
  await must(owner.patch(path, { title: `Another title ${marker}`, tags: [{ key: `t2-${marker}`, value: '' }] }))
  await must(owner.patch(`${path}/memory`, { memory: { more: marker } }))
  await must(owner.put(`${path}/control`, { control: 'agent', note: `Briefing ${marker}` }))
  await must(owner.post(`${path}/flags`, { reason: `Flag ${marker}` }))
  await must(
    owner.post(`${path}/actions`, { action: { type: 'tags', add: [{ key: `t3-${marker}`, value: '' }], remove: [] } }),
  )
  // An agent that was overtaken leaves its draft.
  await app.north.machine.post('/api/v1/ingest/messages', {
    conversation: { externalId: `external-${marker}` },
    message: { externalId: `late-${marker}`, author: 'agent', text: `Late ${marker}`, epoch: 1 },
  })
  await must(owner.post(`${path}/review`))
  const made = await owner.post('/api/v1/exports', { selection: { ids: [id] }, format: 'jsonl', notes: true })
  await until(async () => (await owner.get(`/api/v1/exports/${made.body.id}`)).body.state === 'ready', 'exported')
  await must(owner.get(`${path}/transcript?format=pdf&notes=1`))
  return id!
}

test('the marker put through every input is nowhere after the deletion', { timeout: 90_000 }, async () => {
  const marker = `zq${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`
  const id = await fillWith(marker)
  const before = await tablesWith(app.database.owner, marker)
  for (const table of ['entry', 'conversation', 'event', 'file', 'review', 'stored_reply', 'suppressed_draft'])
    expect(before).toContain(`earshot.${table}`)
  expect(filesWith(store(), marker).length).toBeGreaterThanOrEqual(2)
  const contents = await owner.get(`/api/v1/conversations/${id}/deletion`)
  expect(contents.body).toMatchObject({ notes: 2, functions: 1, attachments: 1, ratings: 1, memories: 2, exports: 1 })

  const answer = await owner.send('DELETE', `/api/v1/conversations/${id}`, { reason: 'Asked to be forgotten' })
  expect(answer).toMatchObject({
    status: 200,
    body: { conversationId: id, channel: 'api', reason: 'Asked to be forgotten' },
  })
  expect(answer.body.removed).toEqual(contents.body)

  // Counts of tags are folded now and then; until then they name the tag they count down.
  await app.database.owner.query('select earshot.fold_tags()')
  expect(await tablesWith(app.database.owner, marker)).toEqual([])
  expect(filesWith(store(), marker)).toEqual([])
  expect((await owner.get(`/api/v1/conversations?q=${marker}`)).body.items).toEqual([])
  const manifests = await app.database.owner.query('select from deletion where conversation_id = $1', [id])
  expect(manifests.rowCount).toBe(0)
  const known = await tablesWith(app.database.owner, id)
  // Facts, the audit log and jobs name it by its id; none holds a word of it.
  expect(known.filter((t) => !/\.(tombstone|event|audit_row|job)$/.test(t))).toEqual([])
})

test('nobody finds it any more, a repeat is answered with the tombstone, and every screen is told', async () => {
  const [id] = await ingest(app.north.machine, { messages: [{ externalId: '1', author: 'contact', text: 'Hello' }] })
  const { cursor } = (await owner.get('/api/v1/live/events')).body
  const { number } = (await owner.get(`/api/v1/conversations/${id}`)).body
  const first = await owner.delete(`/api/v1/conversations/${id}`)
  expect(first.body).toMatchObject({ number, by: { name: 'Olga' }, reason: null, removed: { messages: 1 } })
  expect((await owner.delete(`/api/v1/conversations/${id}`)).body).toEqual(first.body)
  for (const path of ['', '/entries', '/memory', '/transcript', '/deletion', '/review'])
    expect((await owner.get(`/api/v1/conversations/${id}${path}`)).status, path).toBe(404)
  expect((await owner.post(`/api/v1/conversations/${id}/notes`, { text: 'x' })).status).toBe(404)
  const told = async () => (await owner.get(`/api/v1/live/events?cursor=${cursor}`)).body.events
  await until(async () => (await told()).length > 0, 'screens are told')
  expect(await told()).toContainEqual({ type: 'conversation.deleted', conversationId: id })
  expect((await owner.get('/api/v1/tombstones')).body.items[0]).toEqual(first.body)
  const log = (await owner.get('/api/v1/audit-log')).body.items
  expect(log[0]).toMatchObject({ action: 'conversation.deleted', subject: id, actor: 'Olga' })
})

test('the counts of the views follow, and what followed the conversation stays', async () => {
  const count = async () => (await owner.get('/api/v1/conversations/counts')).body.views.all
  const before = await count()
  const [first, next] = await ingest(app.north.machine, {}, {})
  await app.database.owner.query('update conversation set previous_id = $1 where id = $2', [first, next])
  await owner.delete(`/api/v1/conversations/${first}`)
  expect(await count()).toBe(before + 1)
  expect((await owner.get(`/api/v1/conversations/${next}`)).body.previousId).toBeNull()
})

test('what the contact says next begins a new conversation, and an agent that was answering says nothing', async () => {
  const { key } = (await owner.get('/api/v1/channels')).body.items.find((c: { kind: string }) => c.kind === 'widget')
  const visitor = await TestVisitor.start(app.url, key)
  const say = async (text: string): Promise<string> => {
    expect((await visitor.say(text)).status).toBeLessThan(300)
    return (await owner.get('/api/v1/conversations?channel=widget&sort=-startedAt')).body.items[0].id
  }
  const id = await say('Hello there')
  const { epoch } = (await owner.get(`/api/v1/conversations/${id}`)).body
  await owner.delete(`/api/v1/conversations/${id}`)
  const late = await app.app.node.services.append({
    workspaceId: app.north.id,
    conversationId: id,
    kind: 'message',
    author: { kind: 'agent', id: null, name: 'Freya' },
    text: 'Too late',
    epoch,
  })
  expect(late.outcome).toBe('not_found')
  const next = await say('Are you there?')
  expect(next).not.toBe(id)
  const entries = (await owner.get(`/api/v1/conversations/${next}/entries`)).body.items
  expect(entries.map((e: { text: string }) => e.text)).not.toContain('Hello there')
})

test('appending and deleting at once: no entry outlives its conversation', async () => {
  for (let round = 0; round < 10; round++) {
    const [id] = await ingest(app.north.machine, {})
    const notes = Array.from({ length: 8 }, (_, i) =>
      owner.post(`/api/v1/conversations/${id}/notes`, { text: `n${i}` }),
    )
    const gone = owner.delete(`/api/v1/conversations/${id}`)
    for (const { status } of await Promise.all(notes)) expect([201, 404]).toContain(status)
    expect((await gone).status).toBe(200)
    const { rowCount } = await app.database.owner.query('select from entry where conversation_id = $1', [id])
    expect(rowCount).toBe(0)
  }
})

test('in bulk: what a filter finds goes, what begins later or was left out stays', { timeout: 60_000 }, async () => {
  const tag = `bulk-${crypto.randomUUID()}`
  const all = await ingest(app.north.machine, ...Array.from({ length: 45 }, () => ({ tags: [tag] })))
  const selection = { filter: { tag: [tag] }, except: [all[7]] }
  const { body, status } = await owner.post('/api/v1/conversations/bulk-delete', { selection, reason: 'Outdated' })
  expect(status).toBe(202)
  expect(body).toMatchObject({ kind: 'conversations.delete', total: 44, undoable: false })
  const [later] = await ingest(app.north.machine, { tags: [tag] })
  await until(async () => (await owner.get(`/api/v1/jobs/${body.id}`)).body.state === 'done', 'the job is done')
  expect((await owner.get(`/api/v1/jobs/${body.id}`)).body.done).toBe(44)
  const left = (await owner.get(`/api/v1/conversations?tag=${tag}`)).body.items.map((c: { id: string }) => c.id)
  expect(left.sort()).toEqual([all[7], later].sort())
  const stones = (await owner.get('/api/v1/tombstones?limit=20')).body
  expect(stones.items).toHaveLength(20)
  expect(stones.items[0].reason).toBe('Outdated')
  const next = (await owner.get(`/api/v1/tombstones?limit=20&cursor=${stones.nextCursor}`)).body
  expect(new Set([...stones.items, ...next.items].map((t: { conversationId: string }) => t.conversationId)).size).toBe(
    40,
  )
})

test('supervisors and above delete, and nobody deletes in another workspace', async () => {
  const [id] = await ingest(app.north.machine, {})
  const path = `/api/v1/conversations/${id}`
  for (const { caller } of [app.north.people.ana, app.north.people.viewer]) {
    expect((await caller.delete(path)).status).toBe(403)
    expect((await caller.get(`${path}/deletion`)).status).toBe(403)
    expect((await caller.post('/api/v1/conversations/bulk-delete', { selection: { ids: [id] } })).status).toBe(403)
  }
  const south = app.south.people.owner.caller
  expect((await south.delete(path)).body.code).toBe('conversation.not_found')
  const { body } = await south.post('/api/v1/conversations/bulk-delete', { selection: { ids: [id] } })
  await until(async () => (await south.get(`/api/v1/jobs/${body.id}`)).body.state === 'done', 'their job is done')
  expect((await owner.get(path)).status).toBe(200)
  await owner.delete(path)
  expect((await south.delete(path)).status).toBe(404)
  expect((await south.get('/api/v1/tombstones')).body.items).toEqual([])
})

test.each([
  [{}, 400],
  [{ selection: { ids: [] } }, 400],
  [{ selection: { ids: ['1'] } }, 400],
  [{ selection: {} }, 400],
  [{ selection: { filter: { view: 'everything' } } }, 400],
  [{ selection: { filter: {} }, reason: 'x'.repeat(501) }, 400],
  [{ selection: { ids: [crypto.randomUUID()] }, force: true }, 400],
])('refuses to delete %j', async (body, status) => {
  expect((await owner.post('/api/v1/conversations/bulk-delete', body)).status).toBe(status)
})
