/** The demo: full of everything an operator meets, the same every time, once only; and a new workspace with samples. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorkspace } from '../team/index.ts'
import { startTestApp, type TestApp } from '../test/app.ts'
import { loadDemo } from './load-demo.ts'
import { loadPlays, readPlays } from './play.ts'
import { demoScenes } from './scenes.ts'

let app: TestApp
let workspaceId: string
beforeAll(async () => {
  app = await startTestApp()
  await loadDemo(app.app.node.services)
  const { rows } = await app.database.owner.query("select workspace_id from workspace where name like '%(demo)'")
  workspaceId = rows[0].workspace_id
})
afterAll(() => app.stop())

const valuesOf = async (sql: string): Promise<string[]> => {
  const { rows } = await app.database.owner.query(
    `select distinct ${sql} as value from conversation where workspace_id = $1 and ${sql} is not null`,
    [workspaceId],
  )
  return rows.map(({ value }) => value).sort()
}
const countOf = async (where: string): Promise<number> => {
  const { rows } = await app.database.owner.query(
    `select count(*)::int as count from conversation where workspace_id = $1 and ${where}`,
    [workspaceId],
  )
  return rows[0].count
}

test('some people speak: a few conversations with voice notes, whose files are small', async () => {
  expect(await countOf('has_audio')).toBeGreaterThanOrEqual(5)
  const { rows } = await app.database.owner.query(
    `select count(*)::int as count, sum(size)::int as bytes, bool_and(conversation_id is not null) as attached from file
      where workspace_id = $1 and codec = 'mu-law' and duration_ms between 1000 and 15000`,
    [workspaceId],
  )
  expect(rows[0].count).toBeGreaterThan(15)
  expect(rows[0].bytes).toBeLessThan(6_000_000)
  expect(rows[0].attached).toBe(true)
})

test('there are at least 300 conversations, of every channel, stage, status, control and outcome', async () => {
  expect(await countOf('true')).toBeGreaterThanOrEqual(300)
  expect(await valuesOf('channel_kind')).toEqual([
    'api',
    'crm',
    'messenger',
    'slack',
    'telegram',
    'voip',
    'web',
    'whatsapp',
    'widget',
  ])
  const { rows: stages } = await app.database.owner.query(
    'select key from stage where workspace_id = $1 order by key',
    [workspaceId],
  )
  expect(await valuesOf('stage_key')).toEqual(stages.map(({ key }) => key))
  expect(await valuesOf('outcome')).toEqual(expect.arrayContaining(['abandoned', 'completed', 'failed', 'transferred']))
  expect(await valuesOf('status')).toEqual(['active', 'archived', 'closed'])
  expect(await valuesOf("control || ' ' || status")).toEqual(
    expect.arrayContaining(['agent active', 'operator active', 'paused active', 'queue active']),
  )
  expect(await valuesOf('handoff_state')).toEqual(expect.arrayContaining(['accepted', 'none', 'queued', 'returned']))
  expect(await valuesOf('contact_id::text')).not.toHaveLength(await countOf('true'))
})

test('they carry what people look at: ratings, tags, memory, functions, tokens, cost, unread, several agents', async () => {
  for (const part of [
    'rating is not null',
    'cardinality(tags) > 0',
    "memory <> '{}'",
    'cardinality(functions) > 0',
    'tokens_in > 0 and cost_usd > 0',
    'flow_id is not null',
  ]) {
    expect(await countOf(part), part).toBeGreaterThan(30)
  }
  expect(await countOf('has_unread')).toBeGreaterThan(3)
  const { rows } = await app.database.owner.query(
    'select name, company from agent a where workspace_id = $1 and exists (select from conversation c where c.workspace_id = a.workspace_id and c.agent_id = a.id)',
    [workspaceId],
  )
  expect(rows.length).toBeGreaterThanOrEqual(6)
  expect(rows.filter(({ company }) => company).length).toBeGreaterThanOrEqual(5)
  const { rows: members } = await app.database.owner.query(
    'select name from member where workspace_id = $1 order by name',
    [workspaceId],
  )
  expect(members.map(({ name }) => name)).toEqual(['Aiko', 'Dana', 'Robin', 'Ruben'])
})

test('they lie in the last 90 days, the recent ones denser, and none in the future', async () => {
  const { rows } = await app.database.owner.query(
    `select min(started_at) > now() - interval '92 days' as young, max(last_message_at) <= now() as past,
            count(*) filter (where last_message_at > now() - interval '30 days')::int as recent, count(*)::int as all
       from conversation where workspace_id = $1`,
    [workspaceId],
  )
  expect(rows[0]).toMatchObject({ young: true, past: true })
  expect(rows[0].recent / rows[0].all).toBeGreaterThan(0.45)
  const { rows: entries } = await app.database.owner.query(
    'select count(*)::int as later from entry where workspace_id = $1 and at > now()',
    [workspaceId],
  )
  expect(entries[0].later).toBe(0)
})

test('loading it twice does nothing', async () => {
  const before = await app.database.owner.query(
    'select max(number) as number, count(*) as count from conversation where workspace_id = $1',
    [workspaceId],
  )
  expect(await loadDemo(app.app.node.services)).toMatchObject({ added: 0 })
  expect(
    (
      await app.database.owner.query(
        'select max(number) as number, count(*) as count from conversation where workspace_id = $1',
        [workspaceId],
      )
    ).rows,
  ).toEqual(before.rows)
  const { rows } = await app.database.owner.query(
    "select count(*)::int as count from workspace where name like '%(demo)'",
  )
  expect(rows).toEqual([{ count: 1 }])
})

test('what a stop left out is added the next time', async () => {
  await app.database.owner.query(
    "delete from conversation where workspace_id = $1 and external_id like 'demo:lost-parcel:%'",
    [workspaceId],
  )
  const { added, conversations } = await loadDemo(app.app.node.services)
  expect(added).toBe(loadPlays().find(({ id }) => id === 'lost-parcel')!.times)
  expect(await countOf('external_id is not null')).toBe(conversations)
})

test('the real analyser reviews them', async () => {
  await expect.poll(() => countOf('reviewed_at is not null'), { timeout: 50_000 }).toBeGreaterThan(250)
  expect(await valuesOf('tone')).toEqual(['negative', 'neutral', 'positive'])
  expect((await valuesOf('language')).length).toBeGreaterThanOrEqual(10)
})

test('the same seed gives the same conversations', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  expect(JSON.stringify(demoScenes(now))).toBe(JSON.stringify(demoScenes(now)))
})

test('every gap of every play is filled', () => {
  const texts = JSON.stringify(
    demoScenes(new Date())
      .filter(({ externalId }) => !/star|tm4|crosswoz/.test(externalId))
      .map(({ lines, tags, rating }) => [lines.map(({ text }) => text), tags, rating]),
  )
  expect(texts.match(/\{[^{}"]+\}/g)).toBeNull()
})

test('a mistake in a play names the file and the line', () => {
  expect(() => readPlays('# one\nC: Hi\nX: what', 'shop.txt')).toThrow('shop.txt:3')
  expect(() => readPlays('colour: red', 'shop.txt')).toThrow('shop.txt:1')
})

test('a new workspace with samples has about forty varied conversations of its own agent, an empty one has none', async () => {
  const { services } = app.app.node
  const owner = () =>
    services.team.auth.createUser({
      name: 'Eve',
      email: `eve-${crypto.randomUUID()}@example.com`,
      password: 'correct horse battery',
    })
  const sample = await createWorkspace(services, { name: 'Sample', start: 'sample', owner })
  const empty = await createWorkspace(services, { name: 'Empty', start: 'empty', owner })
  const facts = async (id: string) =>
    (
      await app.database.owner.query(
        `select count(*)::int as count, count(distinct channel_kind)::int as channels, count(distinct agent_id)::int as agents,
                count(*) filter (where status = 'active')::int as active, count(*) filter (where 'sample' = any (tags))::int as tagged
           from conversation where workspace_id = $1`,
        [id],
      )
    ).rows[0]
  const { count, channels, agents, active, tagged } = await facts(sample.workspaceId)
  expect(count).toBeGreaterThanOrEqual(35)
  expect(count).toBeLessThanOrEqual(50)
  expect(channels).toBeGreaterThanOrEqual(5)
  expect({ agents, active, tagged }).toEqual({ agents: 1, active: 0, tagged: count })
  expect((await facts(empty.workspaceId)).count).toBe(0)
  // Channels that only the samples use are not offered to be set up.
  const { rows } = await app.database.owner.query(
    'select kind from channel where workspace_id = $1 and archived_at is null order by kind',
    [sample.workspaceId],
  )
  expect(rows.map(({ kind }) => kind)).toEqual(['web', 'widget'])
})
