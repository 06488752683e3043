/** Stages and tags of a workspace: made, changed, ordered and taken away, with every conversation that has them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { until } from '../../test/until.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.stop())

const olga = () => app.north.people.owner.caller
const stages = async () => (await olga().get('/api/v1/stages')).body.items
const keys = async () => (await stages()).map(({ key }: { key: string }) => key)

let batch = 0
async function openMany(count: number, tags: { key: string; value: string }[] = []): Promise<string[]> {
  batch++
  const items = Array.from({ length: count }, (_, i) => ({
    externalId: `stages-${batch}-${i}`,
    tags,
    messages: [{ externalId: 'm1', author: 'contact', text: 'Hello' }],
  }))
  const reply = await app.north.machine.post('/api/v1/ingest/conversations', { items })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body.results.map((r: { id: string }) => r.id)
}
const read = async (id: string) => (await olga().get(`/api/v1/conversations/${id}`)).body
async function finished(id: string) {
  const job = async () => (await olga().get(`/api/v1/jobs/${id}`)).body
  await until(async () => ['done', 'failed', 'cancelled'].includes((await job()).state), 'the job ends')
  return job()
}

test('a stage is added at the end, renamed, coloured; names are taken once, in any case of letters', async () => {
  const made = await olga().post('/api/v1/stages', { name: 'Survey booked!', category: 'won' })
  expect(made).toMatchObject({ status: 201, body: { key: 'survey_booked', color: 'auto', category: 'won' } })
  expect((await keys()).at(-1)).toBe('survey_booked')
  const path = '/api/v1/stages/survey_booked'
  expect((await olga().patch(path, { name: 'Surveyed', color: 'teal' })).body).toMatchObject({
    name: 'Surveyed',
    color: 'teal',
  })
  expect(await olga().patch(path, { name: 'oPPortunity' })).toMatchObject({
    status: 409,
    body: { code: 'stage.exists' },
  })
  expect(await olga().post('/api/v1/stages', { name: 'SURVEYED', category: 'open' })).toMatchObject({ status: 409 })
  const arabic = await olga().post('/api/v1/stages', { name: 'تم', category: 'won' })
  expect(arabic.body.key).toBe('stage')
  const again = await olga().post('/api/v1/stages', { name: '完了', category: 'won' })
  expect(again.body.key).toBe('stage_2')
  const [id] = await openMany(1)
  await olga().patch(`/api/v1/conversations/${id}`, { stage: 'survey_booked' })
  expect((await read(id!)).stage).toEqual({ key: 'survey_booked', name: 'Surveyed', category: 'won', color: 'teal' })
})

test('the order names every stage once, or is refused', async () => {
  const now = await keys()
  const next = now.toReversed()
  expect((await olga().put('/api/v1/stages/order', { keys: next })).status).toBe(200)
  expect(await keys()).toEqual(next)
  for (const wrong of [next.slice(1), [...next, 'none'], [...next.slice(1), next[1]]])
    expect((await olga().put('/api/v1/stages/order', { keys: wrong })).status).toBe(400)
  await olga().put('/api/v1/stages/order', { keys: now })
})

test('deleting a stage moves its conversations first; nobody can put one into it meanwhile', async () => {
  const ids = await openMany(60)
  await olga().post('/api/v1/conversations/bulk', { selection: { ids }, action: { type: 'stage', stage: 'contacted' } })
  const inStage = async () => (await olga().get('/api/v1/stages/counts')).body.counts.contacted ?? 0
  await until(async () => (await inStage()) === 60, 'all stand there')
  const holder = await app.database.owner.connect()
  await holder.query('begin')
  await holder.query('select 1 from conversation where id = $1 for update', [[...ids].sort()[30]])
  const deleting = await olga().delete('/api/v1/stages/contacted?moveTo=spam')
  expect(deleting).toMatchObject({ status: 202, body: { total: 60, about: { stage: 'Contacted', to: 'Spam' } } })
  expect(await keys()).not.toContain('contacted')
  const [late] = await openMany(1)
  expect(await olga().patch(`/api/v1/conversations/${late}`, { stage: 'contacted' })).toMatchObject({ status: 404 })
  await holder.query('commit')
  holder.release()
  expect(await finished(deleting.body.id)).toMatchObject({ state: 'done', done: 60 })
  expect(await inStage()).toBe(0)
  const { rows } = await app.database.owner.query(
    `select key from stage where key = 'contacted' and workspace_id = $1`,
    [app.north.id],
  )
  expect(rows).toEqual([])
  expect((await read(ids[0]!)).stage.key).toBe('spam')
})

test('a deletion that is stopped gives the stage back with what is left in it', async () => {
  const ids = await openMany(60)
  await finished(
    (
      await olga().post('/api/v1/conversations/bulk', {
        selection: { ids },
        action: { type: 'stage', stage: 'info_only' },
      })
    ).body.id,
  )
  const holder = await app.database.owner.connect()
  await holder.query('begin')
  await holder.query('select 1 from conversation where id = $1 for update', [[...ids].sort()[30]])
  const { body: job } = await olga().delete('/api/v1/stages/info_only?moveTo=spam')
  await until(async () => (await olga().get(`/api/v1/jobs/${job.id}`)).body.done === 25, 'the first step is done')
  await olga().post(`/api/v1/jobs/${job.id}/cancel`)
  await holder.query('commit')
  holder.release()
  expect(await finished(job.id)).toMatchObject({ state: 'cancelled', done: 50 })
  expect(await keys()).toContain('info_only')
})

test('the stage where conversations begin stays; so does what nobody may change', async () => {
  expect(await olga().delete('/api/v1/stages/in_progress?moveTo=spam')).toMatchObject({
    status: 409,
    body: { code: 'stage.needed' },
  })
  expect(await olga().delete('/api/v1/stages/spam?moveTo=spam')).toMatchObject({ status: 400 })
  expect(await olga().delete('/api/v1/stages/spam?moveTo=none')).toMatchObject({ status: 404 })
  const { ana } = app.north.people
  expect((await ana.caller.post('/api/v1/stages', { name: 'Mine', category: 'open' })).status).toBe(403)
  expect((await ana.caller.delete('/api/v1/stages/spam?moveTo=opportunity')).status).toBe(403)
  expect((await ana.caller.post('/api/v1/tags/change', { from: { key: 'a', value: null }, to: null })).status).toBe(403)
})

const tag = async (q: string) => (await olga().get(`/api/v1/tags?q=${encodeURIComponent(q)}`)).body.items
const change = (from: object, to: object | null) => olga().post('/api/v1/tags/change', { from, to })
const tagsOf = async (id: string) =>
  (await read(id)).tags.map((t: { key: string; value: string }) => (t.value ? `${t.key}:${t.value}` : t.key))

test('tags are counted as they change, and found by any part of them', async () => {
  const [one, two] = await openMany(2, [{ key: 'issue', value: '100% broken' }])
  expect(await tag('0% BRO')).toEqual([{ key: 'issue', value: '100% broken', count: 2 }])
  expect(await tag('1__%')).toEqual([])
  await olga().patch(`/api/v1/conversations/${one}`, { tags: [] })
  expect(await tag('broken')).toEqual([{ key: 'issue', value: '100% broken', count: 1 }])
  await olga().patch(`/api/v1/conversations/${two}`, { tags: [{ key: 'vip', value: '' }] })
  expect(await tag('broken')).toEqual([])
  expect((await app.south.people.owner.caller.get('/api/v1/tags')).body.items).toEqual([])
})

test('renaming into a tag that exists merges the two, once on each conversation; undo parts them again', async () => {
  const both = await openMany(1, [
    { key: 'topic', value: 'roof' },
    { key: 'topic', value: 'roof mounting' },
  ])
  const many = await openMany(30, [
    { key: 'topic', value: 'roof' },
    { key: 'other', value: '' },
  ])
  const job = await change({ key: 'topic', value: 'roof' }, { key: 'topic', value: 'roof mounting' })
  expect(job.body).toMatchObject({ total: 31, about: { from: 'topic:roof', to: 'topic:roof mounting' } })
  const done = await finished(job.body.id)
  expect(done).toMatchObject({ state: 'done', done: 31, undoable: true })
  expect(await tag('topic:roof')).toEqual([{ key: 'topic', value: 'roof mounting', count: 31 }])
  expect(await tagsOf(both[0]!)).toEqual(['topic:roof mounting'])
  expect(await tagsOf(many[3]!)).toEqual(['topic:roof mounting', 'other'])
  await finished((await olga().post(`/api/v1/jobs/${done.id}/undo`)).body.id)
  expect(await tagsOf(both[0]!)).toEqual(['topic:roof', 'topic:roof mounting'])
  expect(await tag('topic:roof')).toEqual([
    { key: 'topic', value: 'roof', count: 31 },
    { key: 'topic', value: 'roof mounting', count: 1 },
  ])
})

test('a whole key is renamed with its values, or taken away', async () => {
  const [one] = await openMany(1, [
    { key: 'lang', value: 'fi' },
    { key: 'lang', value: 'sv' },
    { key: 'language-x', value: '' },
  ])
  await finished((await change({ key: 'lang', value: null }, { key: 'speaks' })).body.id)
  expect(await tagsOf(one!)).toEqual(['speaks:fi', 'speaks:sv', 'language-x'])
  await finished((await change({ key: 'speaks', value: null }, null)).body.id)
  expect(await tagsOf(one!)).toEqual(['language-x'])
  expect(await change({ key: 'speaks', value: null }, null)).toMatchObject({
    status: 404,
    body: { code: 'tag.not_found' },
  })
  expect(await change({ key: 'language-x', value: '' }, { key: 'language-x' })).toMatchObject({ status: 400 })
})
