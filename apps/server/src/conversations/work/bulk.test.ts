/** Bulk: one action on many, exactly once each, through kills, cancels and undo. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../app.ts'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { until } from '../../test/until.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.stop())

let batch = 0
async function openMany(count: number): Promise<{ ids: string[]; tag: string }> {
  const tag = `batch:${++batch}`
  const items = Array.from({ length: count }, (_, i) => ({
    externalId: `bulk-${batch}-${i}`,
    tags: [{ key: 'batch', value: String(batch) }],
    messages: [{ externalId: 'm1', author: 'contact', text: `Question ${i}` }],
  }))
  const reply = await app.north.machine.post('/api/v1/ingest/conversations', { items })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return { ids: reply.body.results.map((r: { id: string }) => r.id), tag }
}
const ana = () => app.north.people.ana.caller
async function bulk(selection: object, action: object) {
  const reply = await ana().post('/api/v1/conversations/bulk', { selection, action })
  expect(reply.status, JSON.stringify(reply.body)).toBe(202)
  return reply.body
}
const job = async (id: string) => (await ana().get(`/api/v1/jobs/${id}`)).body
async function finished(id: string) {
  await until(async () => ['done', 'failed', 'cancelled'].includes((await job(id)).state), 'the job ends')
  return job(id)
}
const read = async (id: string) => (await ana().get(`/api/v1/conversations/${id}`)).body
const owner = (text: string, values: unknown[] = []) => app.database.owner.query(text, values)

test('a filter finds its conversations when the job runs; those left out by hand stay as they are', async () => {
  const { ids, tag } = await openMany(60)
  const started = await bulk({ filter: { tag: [tag] }, except: [ids[3]] }, { type: 'stage', stage: 'opportunity' })
  expect(started).toMatchObject({ total: 59, state: 'queued', about: { action: { type: 'stage' } } })
  const done = await finished(started.id)
  expect(done).toMatchObject({
    state: 'done',
    done: 59,
    total: 59,
    result: { changed: 59, skipped: 0 },
    undoable: true,
  })
  expect((await read(ids[3]!)).stage.key).toBe('in_progress')
  const { rows } = await owner(
    `select count(*)::int as n from entry where data ->> 'type' = 'stage_changed' and conversation_id = any ($1)`,
    [ids],
  )
  expect(rows[0].n).toBe(59)
})

test('an action that moves conversations out of its own filter still meets every one', async () => {
  const { ids, tag } = await openMany(60)
  const done = await finished((await bulk({ filter: { tag: [tag], status: ['active'] } }, { type: 'close' })).id)
  expect(done.result.changed).toBe(60)
  const { rows } = await owner(`select distinct status from conversation where id = any ($1)`, [ids])
  expect(rows).toEqual([{ status: 'closed' }])
})

test('a selection may be what a search finds', async () => {
  const { ids, tag } = await openMany(30)
  const done = await finished((await bulk({ filter: { tag: [tag], q: 'question 1' } }, { type: 'close' })).id)
  expect(done).toMatchObject({ total: 11, done: 11, result: { changed: 11 } })
  expect((await read(ids[2]!)).status).toBe('active')
  expect((await read(ids[17]!)).status).toBe('closed')
})

test('what refuses is listed with its reason, and the others go on', async () => {
  const { ids } = await openMany(3)
  const { ben } = app.north.people
  await ben.caller.put(`/api/v1/conversations/${ids[1]}/control`, { control: 'operator' })
  const gone = '01890000-0000-7000-8000-000000000000'
  const { memberId } = app.north.people.ana
  const done = await finished((await bulk({ ids: [...ids, gone] }, { type: 'assign', assigneeId: memberId })).id)
  expect(done).toMatchObject({ state: 'done', done: 4, result: { changed: 2, unchanged: 0, skipped: 2 } })
  expect(done.result.skips).toEqual(
    expect.arrayContaining([
      { id: ids[1], code: 'conversation.taken' },
      { id: gone, code: 'conversation.not_found' },
    ]),
  )
})

test('undo restores those not changed since, and says how many it left', async () => {
  const { ids, tag } = await openMany(30)
  const before = await Promise.all(ids.map(read))
  const done = await finished((await bulk({ filter: { tag: [tag] } }, { type: 'archive' })).id)
  await app.north.people.ben.caller.post(`/api/v1/conversations/${ids[7]}/reopen`)
  const undoing = await ana().post(`/api/v1/jobs/${done.id}/undo`)
  expect(undoing).toMatchObject({ status: 202, body: { undoes: done.id, total: 30 } })
  const undone = await finished(undoing.body.id)
  expect(undone.result).toMatchObject({ changed: 29, skipped: 1, skips: [{ id: ids[7], code: 'change.overtaken' }] })
  // A review may come in between.
  const left = ({ epoch, lastPosition, reviewedAt, flagCount, ...rest }: Record<string, unknown>) => rest
  for (const [i, id] of ids.entries()) if (i !== 7) expect(left(await read(id))).toEqual(left(before[i]))
  expect((await ana().post(`/api/v1/jobs/${done.id}/undo`)).body.id).toBe(undoing.body.id)
  expect(await job(done.id)).toMatchObject({ undoable: false, undoneBy: undoing.body.id })
})

test('cancel leaves what is done, says how much, and that much is undone', async () => {
  const { ids, tag } = await openMany(80)
  // Somebody holds the 40th: the job waits before it, so that the cancel comes in the middle.
  const holder = await app.database.owner.connect()
  const middle = [...ids].sort()[40]!
  await holder.query('begin')
  await holder.query('select 1 from conversation where id = $1 for update', [middle])
  const started = await bulk({ filter: { tag: [tag] } }, { type: 'priority', priority: 'high' })
  await until(async () => (await job(started.id)).done === 25, 'the first step is done')
  const cancelled = await ana().post(`/api/v1/jobs/${started.id}/cancel`)
  expect(cancelled.body).toMatchObject({ cancelling: true, state: 'running' })
  await holder.query('commit')
  holder.release()
  const ended = await finished(started.id)
  expect(ended).toMatchObject({ state: 'cancelled', done: 50, result: { changed: 50 } })
  const high = async () =>
    (await owner(`select count(*)::int as n from conversation where id = any ($1) and priority = 'high'`, [ids]))
      .rows[0].n
  expect(await high()).toBe(50)
  await finished((await ana().post(`/api/v1/jobs/${started.id}/undo`)).body.id)
  expect(await high()).toBe(0)
})

test('a node that dies in the middle: another finishes, and each conversation is done once', async () => {
  const { ids, tag } = await openMany(80)
  const middle = [...ids].sort()[40]!
  const holder = await app.database.owner.connect()
  await holder.query('begin')
  await holder.query('select 1 from conversation where id = $1 for update', [middle])
  const started = await bulk({ filter: { tag: [tag] } }, { type: 'tags', add: [{ key: 'seen' }] })
  await until(async () => (await job(started.id)).done === 25, 'the first step is done')
  // The step under way belongs to a node that is taken for dead: its lease is over, and the next node takes the job.
  await owner(`update job set lease_until = now() - interval '1 minute' where id = $1`, [started.id])
  const second: App = await app.startSecondNode()
  await until(
    async () => (await owner('select attempts from job where id = $1', [started.id])).rows[0].attempts > 1,
    'the job is taken again',
  )
  await holder.query('commit')
  holder.release()
  expect(await finished(started.id)).toMatchObject({ state: 'done', done: 80, result: { changed: 80, skipped: 0 } })
  const { rows } = await owner(
    `select count(*)::int as n, count(distinct conversation_id)::int as distinct from entry
      where data ->> 'type' = 'tags_changed' and conversation_id = any ($1)`,
    [ids],
  )
  expect(rows[0]).toEqual({ n: 80, distinct: 80 })
  await second.stop()
})

test('jobs: seen by all, stopped and undone by their owner or a supervisor', async () => {
  const { ids } = await openMany(2)
  const started = await bulk({ ids }, { type: 'close' })
  await finished(started.id)
  const { ben, viewer, owner: olga } = app.north.people
  expect((await viewer.caller.get(`/api/v1/jobs/${started.id}`)).status).toBe(200)
  expect((await ben.caller.post(`/api/v1/jobs/${started.id}/undo`)).status).toBe(403)
  expect((await ben.caller.post(`/api/v1/jobs/${started.id}/cancel`)).status).toBe(403)
  expect(await ana().post(`/api/v1/jobs/${started.id}/cancel`)).toMatchObject({
    status: 409,
    body: { code: 'job.over' },
  })
  expect((await app.south.people.ana.caller.get(`/api/v1/jobs/${started.id}`)).status).toBe(404)
  expect((await olga.caller.post(`/api/v1/jobs/${started.id}/undo`)).status).toBe(202)
  const list = await viewer.caller.get('/api/v1/jobs?limit=2')
  expect(list.body.items).toHaveLength(2)
  expect(
    (await viewer.caller.post('/api/v1/conversations/bulk', { selection: { ids }, action: { type: 'close' } })).status,
  ).toBe(403)
})

test('names that do not exist are refused before anything begins', async () => {
  const { ids } = await openMany(1)
  const send = (action: object) => ana().post('/api/v1/conversations/bulk', { selection: { ids }, action })
  expect(await send({ type: 'stage', stage: 'none_such' })).toMatchObject({
    status: 404,
    body: { code: 'stage.not_found' },
  })
  expect(await send({ type: 'assign', assigneeId: app.south.people.ana.memberId })).toMatchObject({ status: 404 })
  expect(await send({ type: 'tags' })).toMatchObject({ status: 400 })
  expect(await ana().post('/api/v1/conversations/bulk', { selection: {}, action: { type: 'close' } })).toMatchObject({
    status: 400,
  })
})
