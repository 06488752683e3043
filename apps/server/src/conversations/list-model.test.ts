/** The list against a model in plain memory: any filter, any order, any page size, one row after the other and none twice. */
import { type FilterBody, LIST_FILTERS, Sort, View } from '@earshot/contracts'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asSystem, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { startTestApp, type TestApp } from '../test/app.ts'
import type { Caller } from '../test/caller.ts'
import {
  FLAGS,
  furnishWorld,
  inOrder,
  insertRow,
  isFound,
  NOW,
  randomOf,
  randomRow,
  STAGES,
  TAGS,
  type World,
} from './list.fixture.ts'
import { countFiltered, foldCells } from './queries-count.ts'
import { countSelection, selectIds } from './selection.ts'

let app: TestApp
let world: World
let foreign: World
const MANY = 220

beforeAll(async () => {
  app = await startTestApp()
  const random = randomOf(7)
  world = await furnishWorld(app, app.north)
  foreign = await furnishWorld(app, app.south)
  for (let i = 0; i < MANY; i++) world.rows.push(randomRow(random, world))
  for (const row of world.rows) await insertRow(app, app.north, world, row)
  for (let i = 0; i < 40; i++) await insertRow(app, app.south, foreign, randomRow(random, foreign))
}, 120_000)
afterAll(() => app?.stop())

/** The filter as an address carries it. */
function addressOf(filter: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filter))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(name, String(one))
  return query.toString()
}

async function pagesOf(caller: Caller, filter: FilterBody, sort: Sort, limit: number, between?: () => Promise<void>) {
  const ids: string[] = []
  for (let cursor: string | undefined; ; ) {
    const { status, body } = await caller.get(`/api/v1/conversations?${addressOf({ ...filter, sort, limit, cursor })}`)
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body.items.length).toBeLessThanOrEqual(limit)
    ids.push(...body.items.map((item: { id: string }) => item.id))
    if (!body.nextCursor) return ids
    cursor = body.nextCursor
    await between?.()
  }
}

const me = () => app.north.people.ana.memberId
const expected = (filter: FilterBody, sort: Sort) =>
  inOrder(
    world.rows.filter((row) => isFound(row, filter, me())),
    sort,
    world,
  ).map((row) => row.id)

const someOf = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 })

/** Values of every list filter, with those that nobody has and those that mean something. */
const valuesOf = (): Record<(typeof LIST_FILTERS)[number], readonly string[]> => ({
  status: ['active', 'closed', 'archived'],
  control: ['agent', 'queue', 'operator', 'paused'],
  handoff: ['none', 'queued', 'offered', 'accepted', 'returned', 'declined', 'abandoned'],
  outcome: ['completed', 'abandoned', 'failed', 'transferred', 'none'],
  resolution: ['unknown', 'claimed', 'verified', 'revoked'],
  stage: [...STAGES, 'nowhere'],
  channel: ['widget', 'whatsapp', 'voip', 'crm'],
  agentId: [...world.agents.map((agent) => agent.id), foreign.agents[0]!.id, 'none'],
  flowId: [...world.flows, 'none'],
  assigneeId: [...world.members, 'me', 'none'],
  contactId: world.contacts,
  tag: [...TAGS, 'nothing'],
  flag: [...FLAGS, 'nothing'],
  tone: ['positive', 'neutral', 'negative', 'none'],
  priority: ['urgent', 'high', 'normal', 'low'],
})

function fieldsOf(): Record<string, fc.Arbitrary<unknown>> {
  const values = valuesOf()
  const day = fc.integer({ min: 0, max: 420 }).map((days) => new Date(NOW - days * 86_400_000).toISOString())
  const lists = LIST_FILTERS.flatMap((name) => [
    [name, someOf(values[name])],
    [`${name}Not`, someOf(values[name])],
  ])
  return {
    ...Object.fromEntries(lists),
    minRating: fc.integer({ min: 1, max: 5 }),
    maxRating: fc.integer({ min: 1, max: 5 }),
    minQuality: fc.integer({ min: 0, max: 100 }),
    maxQuality: fc.integer({ min: 0, max: 100 }),
    ...Object.fromEntries(
      ['rated', 'reviewed', 'unread', 'flagged', 'hasAudio', 'snoozed'].map((n) => [n, fc.boolean()]),
    ),
    from: day,
    to: day,
    view: fc.constantFrom(...View.options),
  }
}

async function agrees(filter: FilterBody, sort: Sort, limit: number): Promise<void> {
  const ana = app.north.people.ana.caller
  const wanted = expected(filter, sort)
  expect(await pagesOf(ana, filter, sort, limit)).toEqual(wanted)
  const counts = await ana.get(`/api/v1/conversations/counts?${addressOf(filter)}`)
  expect(counts.body.total).toBe(wanted.length)
}

test('every filter alone finds what the model finds, and the count agrees', async () => {
  const random = randomOf(11)
  for (const [name, values] of Object.entries(fieldsOf()))
    for (const value of fc.sample(values, { numRuns: 2, seed: Math.floor(random() * 1e9) }))
      await agrees({ [name]: value } as FilterBody, '-lastMessageAt', 200)
}, 120_000)

test('any filters together, in any order, page by page', async () => {
  const fields = fieldsOf()
  const combined = fc
    .uniqueArray(fc.constantFrom(...Object.keys(fields)), { minLength: 0, maxLength: 4 })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, fields[name]!]))))
  await fc.assert(
    fc.asyncProperty(
      combined,
      fc.constantFrom(...Sort.options),
      fc.integer({ min: 20, max: 200 }),
      async (filter, sort, limit) => agrees(filter as FilterBody, sort, limit),
    ),
    { numRuns: 40, seed: 3 },
  )
}, 240_000)

test('a selection is what the filter finds, less what is left out, by key', async () => {
  const ana = { ...app.north.ctx, actor: { ...app.north.ctx.actor, id: me() } }
  const filter: FilterBody = { stageNot: ['spam'], assigneeId: ['me', 'none'] }
  const found = expected(filter, '-startedAt').toSorted()
  const except = found.filter((_, i) => i % 3 === 0)
  const ids: string[] = []
  for (let after: string | null = null; ; ) {
    const page: string[] = await selectIds(ana, { filter, except }, { after, limit: 7 })
    ids.push(...page)
    if (page.length < 7) break
    after = page.at(-1)!
  }
  expect(ids).toEqual(found.filter((id) => !except.includes(id)))
  // What began later than asked is not meant: ids begin with the millisecond they were made in.
  const madeAt = (id: string) => Number.parseInt(id.replace('-', '').slice(0, 12), 16)
  const before = new Date(madeAt(ids[0]!) - 1).toISOString()
  expect(await selectIds(ana, { filter, except }, { until: before })).toEqual([])
  const last = new Date(madeAt(ids.at(-1)!)).toISOString()
  expect(await selectIds(ana, { filter, except }, { until: last })).toEqual(ids)
  const stranger = world.rows.find((row) => !found.includes(row.id))!.id
  expect(await countSelection(ana, { filter, except: [...except, stranger] })).toBe(ids.length)
  const nobody = asSystem(app.north.ctx, app.north.id)
  expect(await selectIds(nobody, { filter: { assigneeId: ['me'] } })).toEqual([])
  expect(await selectIds(nobody, { filter: { assigneeId: ['me'] } }, { me: me() })).toHaveLength(
    expected({ assigneeId: ['me'] }, 'startedAt').length,
  )
})

test('what a machine calls "mine" is nobody’s', async () => {
  expect(await pagesOf(app.north.machine, { assigneeId: ['me'] }, 'rating', 50)).toEqual([])
  expect(await pagesOf(app.north.machine, { assigneeIdNot: ['me'] }, 'rating', 200)).toHaveLength(world.rows.length)
})

test.each(Sort.options)('by %s, those that stay as they are come once each while others come and go', async (sort) => {
  const random = randomOf(sort.length)
  const filter: FilterBody = { contactId: world.contacts.slice(0, 4) }
  const wanted = expected(filter, sort)
  const movers: string[] = []
  const pages = await pagesOf(app.north.people.ana.caller, filter, sort, 25, async () => {
    const row = { ...randomRow(random, world), contactId: world.contacts[0]! }
    await insertRow(app, app.north, world, row)
    movers.push(row.id)
    await app.database.owner.query(
      `update conversation set message_count = message_count + 3, last_message_at = now(), activity_min = date_bin('10 minutes', now(), '2000-01-01'), status = 'active', rating = 5 where id = $1`,
      [movers[Math.floor(random() * movers.length)]],
    )
  })
  expect(pages.filter((id) => !movers.includes(id))).toEqual(wanted)
  await app.database.owner.query('delete from conversation where id = any ($1)', [movers])
})

test('counts are exact at every moment, while many change what they count and the cells are folded', async () => {
  const random = randomOf(23)
  const filters = fc.sample(
    fc.constantFrom<FilterBody>(
      { status: ['closed'] },
      { status: ['active'], channel: ['voip'] },
      { agentIdNot: ['none'], outcome: ['failed', 'none'] },
      { stage: ['spam'], minRating: 4 },
      { view: 'transferred', unread: false },
      { view: 'mine' },
      { flagged: true, toneNot: ['negative'] },
    ),
    { numRuns: 15, seed: 5 },
  )
  const change = async () => {
    const row = randomRow(random, world)
    const id = world.rows[Math.floor(random() * world.rows.length)]!.id
    await app.database.owner.query(
      `update conversation set status = $2, stage_key = $3, rating = $4, outcome = $5, agent_id = $6, tone = $7, flag_count = $8, has_unread = $9 where id = $1`,
      [id, row.status, row.stage, row.rating, row.outcome, row.agentId, row.tone, row.flags.length, row.unread],
    )
  }
  const writers = Array.from({ length: 3 }, async () => {
    for (let i = 0; i < 80; i++) await change()
  })
  const reader = async () => {
    for (const filter of filters) {
      await transact(app.north.ctx, async (tx) => {
        const counted = await bothWays(tx, filter)
        expect(counted, JSON.stringify(filter)).toEqual([counted[1], counted[1]])
      })
      await foldCells(app.north.ctx.db)
    }
  }
  await Promise.all([...writers, reader()])
  await transact(app.north.ctx, async (tx) => {
    for (const filter of filters) {
      const [cells, rows] = await bothWays(tx, filter)
      expect(cells).toBe(rows)
    }
  })
}, 60_000)

/** From the cells, and row by row: a filter of time is in no cube, and this one leaves nothing out. */
async function bothWays(tx: Tx, filter: FilterBody): Promise<[number, number]> {
  await oneMoment(tx)
  const count = (given: FilterBody) => countFiltered(tx, app.north.id, given, me())
  return [await count(filter), await count({ ...filter, from: '2000-01-01T00:00:00Z' })]
}

const oneMoment = (tx: Tx) => sql`set transaction isolation level repeatable read`.execute(tx)
