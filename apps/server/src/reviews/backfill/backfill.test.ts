/** Backfills: what they would review and cost, each conversation once however often a step is repeated, and that they can be stopped. */
import type { Job } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JobRun } from '../../jobs/index.ts'
import { asSystem } from '../../platform/context.ts'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { until } from '../../test/until.ts'
import { backfillJob, reviewSweep } from '../index.ts'

let app: TestApp
const ids: string[] = []
beforeAll(async () => {
  app = await startTestApp()
  const items = Array.from({ length: 25 }, (_, i) => ({
    externalId: `past-${i}`,
    startedAt: `2026-0${1 + (i % 2)}-10T10:00:00.000Z`,
    status: 'closed',
    messages: [
      {
        externalId: `${i}-1`,
        author: 'contact',
        text: `Hello, where is my order HP-${i}? I wait for it since Monday and I need it.`,
        at: `2026-0${1 + (i % 2)}-10T10:00:00.000Z`,
      },
      {
        externalId: `${i}-2`,
        author: 'agent',
        text: 'It will arrive on Friday.',
        at: `2026-0${1 + (i % 2)}-10T10:01:00.000Z`,
      },
    ],
  }))
  const made = await app.north.machine.post('/api/v1/ingest/conversations', { items })
  expect(made.status, JSON.stringify(made.body)).toBe(200)
  ids.push(...made.body.results.map(({ id }: { id: string }) => id))
  await until(async () => {
    await reviewSweep({ services: app.app.node.services, afterSeconds: null })()
    return (await reviews()) === 25
  }, 'the history is reviewed')
})
afterAll(() => app?.stop())

const PATH = '/api/v1/review-engine/backfill'
const owner = () => app.north.people.owner.caller
const sql = async (text: string) => (await app.database.owner.query(text)).rows
const reviews = async (): Promise<number> => (await sql('select count(*)::int as n from review'))[0].n
const preview = async (body: object) => (await owner().post(`${PATH}/preview`, body)).body
async function ended(job: Job): Promise<Job> {
  let now = job
  await until(
    async () => {
      now = (await owner().get(`/api/v1/jobs/${job.id}`)).body
      return !['queued', 'running'].includes(now.state)
    },
    'the job is over',
    60_000,
  )
  return now
}

test('it reviews what another version reviewed, once, and keeps what was', async () => {
  expect(await preview({ which: 'outdated' })).toEqual({ conversations: 0, tokens: 0, costUsd: 0, overBudget: false })
  expect(await preview({ which: 'unreviewed' })).toMatchObject({ conversations: 0 })
  expect(await preview({ which: 'all', to: '2026-02-01T00:00:00.000Z' })).toMatchObject({ conversations: 13 })
  await sql("update review set analyser_version = '0.0.1'")
  expect(await preview({ which: 'outdated' })).toMatchObject({ conversations: 25 })
  const { status, body } = await owner().post(PATH, { which: 'outdated', to: '2026-02-01T00:00:00.000Z' })
  expect([status, body.total, body.kind]).toEqual([202, 13, 'reviews.backfill'])
  expect(await ended(body)).toMatchObject({ state: 'done', done: 13, result: { reviewed: 13, failed: 0 } })
  expect(await reviews()).toBe(38)
  expect(await preview({ which: 'outdated' })).toMatchObject({ conversations: 12 })
  const { items } = (await owner().get(`/api/v1/conversations/${ids[0]}/reviews`)).body
  expect(items.map(({ reason }: { reason: string }) => reason)).toEqual(['backfill', 'backfill'])
})

test('a step that ran and was not saved reviews nothing twice', async () => {
  const before = await reviews()
  const crash = async () => Promise.reject(new Error('killed'))
  const ctx = asSystem(app.app.node.services, app.north.id)
  const params = { which: 'all', channelIds: [], agentIds: [], withModel: false }
  const run: JobRun = {
    id: crypto.randomUUID(),
    ctx,
    params,
    progress: {},
    result: {},
    done: 0,
    total: 25,
    save: crash,
  }
  await expect(backfillJob.step(run)).rejects.toThrow('killed')
  await expect(backfillJob.step(run)).rejects.toThrow('killed')
  expect((await reviews()) - before).toBe(10)
})

test('it can be stopped; the same asked again is the same job; two at once are refused', async () => {
  const wish = { which: 'all' }
  const hold = await app.database.owner.connect()
  await hold.query(`begin; select 1 from conversation where id = '${[...ids].sort()[0]}' for update`)
  try {
    const { body: job } = await owner().post(PATH, wish)
    expect((await owner().post(PATH, wish)).body.id).toBe(job.id)
    const other = await owner().post(PATH, { which: 'unreviewed' })
    expect([other.status, other.body.code]).toEqual([409, 'review_engine.backfill_running'])
    expect((await owner().post(`/api/v1/jobs/${job.id}/cancel`)).status).toBe(200)
    await hold.query('rollback')
    expect(await ended(job)).toMatchObject({ state: 'cancelled' })
    expect((await ended(job)).done).toBeLessThan(25)
  } finally {
    await hold.query('rollback')
    hold.release()
  }
})

test('a model only where one is chosen; only for admins, of this workspace', async () => {
  const { status, body } = await owner().post(`${PATH}/preview`, { which: 'all', withModel: true })
  expect([status, body.code]).toEqual([409, 'review_engine.no_model'])
  const model = {
    provider: 'openai-compatible',
    model: 'small-1',
    baseUrl: null,
    inputPricePerMillion: 2,
    outputPricePerMillion: 10,
  }
  const what = { samplePercent: 1, delayMinutes: 0, channelIds: [], agentIds: [], minMessages: 0, onlyFlagged: false }
  const engine = { engine: 'model', ...model, ...what, budget: { tokens: null, costUsd: 0.001 } }
  expect((await owner().put('/api/v1/review-engine', engine)).status).toBe(200)
  const priced = await preview({ which: 'all', withModel: true })
  expect(priced).toMatchObject({ conversations: 25, overBudget: true })
  expect(priced.tokens).toBeGreaterThan(25 * 500)
  expect(priced.costUsd).toBeGreaterThan(0.05)
  expect((await app.north.people.ana.caller.post(PATH, { which: 'all' })).status).toBe(403)
  const south = await app.south.people.owner.caller.post(`${PATH}/preview`, { which: 'all' })
  expect(south.body.conversations).toBe(0)
})
