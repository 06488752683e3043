/** The search against a plain reading of everything, over fifty thousand messages: the same conversations in the same order, always. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inWorkspace } from '../../platform/db.ts'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { until } from '../../test/until.ts'
import type { Filter } from '../queries-filter.ts'
import { orderOf } from '../queries-order.ts'
import { drawTerm, FIXED, finds, readCorpus, seededRandom, type Told, tellCorpus } from './corpus.fixture.ts'
import { countHits, findHits, holdMoment } from './index.ts'

const CONVERSATIONS = 5000
const PAGE = 20
let app: TestApp
let corpus: Told[]
beforeAll(async () => {
  app = await startTestApp()
  await tellCorpus(app.database, app.north, CONVERSATIONS)
  await tellCorpus(app.database, app.south, 50)
  await isIndexed()
  corpus = await readCorpus(app.database, app.north.id)
}, 300_000)
afterAll(() => app?.stop())

const behind = async () =>
  (await app.database.owner.query('select count(*)::int as n from conversation where needs_index')).rows[0].n
const isIndexed = () => until(async () => (await behind()) === 0, 'everything is indexed', 280_000)

const ORDERS = ['-lastMessageAt', 'startedAt', '-messages'] as const
type OrderName = (typeof ORDERS)[number]

/** All pages, each with its own budget; also partial ones lead on to the end. */
async function search(q: string, filter: Filter, sort: OrderName, budgetMs: number): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | undefined, pages = 0; pages < 400; pages++) {
    const found = await inWorkspace(app.north.ctx.db, app.north.id, async (tx) => {
      await holdMoment(tx)
      const order = orderOf(sort, cursor, filter, [])
      return findHits(tx, {
        workspaceId: app.north.id,
        me: null,
        filter: { ...filter, q },
        order,
        limit: PAGE,
        budgetMs,
      })
    })
    ids.push(...found.ids)
    if (!found.next || (ids.length >= 3 * PAGE && !found.partial)) break
    cursor = Buffer.from(JSON.stringify([found.next.run, ...found.next.keys])).toString('base64url')
  }
  return ids.slice(0, 3 * PAGE)
}

function read(term: string, filter: Filter, sort: OrderName): string[] {
  const kept = corpus.filter(
    (c) =>
      (!filter.status || filter.status.includes(c.status as 'active')) &&
      (!filter.channel || filter.channel.includes(c.channel as 'api')) &&
      (!filter.from || c.startedAt >= Date.parse(filter.from)) &&
      finds(c, term),
  )
  const byId = (a: Told, b: Told) => (a.id < b.id ? -1 : 1)
  if (sort === 'startedAt') kept.sort((a, b) => a.startedAt - b.startedAt || byId(a, b))
  if (sort === '-messages') kept.sort((a, b) => b.messages - a.messages || byId(b, a))
  return kept.slice(0, 3 * PAGE).map((c) => c.id)
}

async function fold(term: string): Promise<string> {
  const { rows } = await app.database.owner.query<{ term: string }>('select fold($1) as term', [term])
  return rows[0]!.term
}

async function compare(terms: string[], random: () => number, budgetMs: number): Promise<void> {
  for (const term of terms) {
    const filter: Filter = {}
    if (random() < 0.25) filter.status = [random() < 0.5 ? 'active' : 'closed']
    if (random() < 0.2) filter.channel = ['whatsapp']
    if (random() < 0.15)
      filter.from = new Date(Date.UTC(2025, 0, 1) + random() * CONVERSATIONS * 3_600_000).toISOString()
    const sort = random() < 0.7 ? '-lastMessageAt' : ORDERS[Math.floor(random() * 3)]!
    const folded = await fold(term)
    const expected = folded === '' ? [] : read(folded, filter, sort)
    expect(await search(term, filter, sort, budgetMs), JSON.stringify({ term, filter, sort })).toEqual(expected)
  }
}

const draw = (random: () => number, n: number) => Array.from({ length: n }, () => drawTerm(random, corpus))
const sayable = (terms: string[]) => terms.filter((term) => !term.includes('\u0000'))

test('signs, scripts, accents and 80 random terms find what a plain reading finds', async () => {
  const random = seededRandom(1)
  await compare([...sayable(FIXED), ...draw(random, 80)], random, 60_000)
}, 300_000)

test('words said, names changed and titles given a moment ago are found, indexed or not, while the indexer works', async () => {
  const random = seededRandom(2)
  const some = corpus.filter(() => random() < 0.06).map((c) => c.id)
  const { owner } = app.database
  await owner.query(
    `with said as (insert into entry (workspace_id, conversation_id, position, kind, author_kind, text, at)
       select workspace_id, id, last_position + 1, 'message', 'agent', 'freshly said ' || number || ' Ünïcode 订单', last_message_at from conversation where id = any ($1::uuid[]))
     update conversation set last_position = last_position + 1, message_count = message_count + 1, needs_index = true where id = any ($1::uuid[])`,
    [some],
  )
  await owner.query(
    `update contact set name = 'Renamed ' || left(id::text, 8), phone = '00 31 ' || right(id::text, 6) where id = any ($1::uuid[])`,
    [some.slice(0, 100)],
  )
  await owner.query(`update conversation set title = 'Retitled now' where id = any ($1::uuid[])`, [some.slice(50, 150)])
  corpus = await readCorpus(app.database, app.north.id)
  await compare(['freshly said', 'unicode 订', 'renamed 0194', 'retitled', ...draw(random, 60)], random, 60_000)
}, 300_000)

test('with no time at all every page is partial, and following them finds everything', async () => {
  const random = seededRandom(3)
  await isIndexed()
  await compare(['freshly said', 'retitled', ...draw(random, 20)], random, 0)
}, 300_000)

test('counts what a plain reading counts', async () => {
  const random = seededRandom(4)
  for (const term of draw(random, 40)) {
    const folded = await fold(term)
    const counted = await inWorkspace(app.north.ctx.db, app.north.id, (tx) =>
      countHits(tx, { workspaceId: app.north.id, me: null, filter: { q: term } }),
    )
    const expected = folded === '' ? 0 : corpus.filter((c) => finds(c, folded)).length
    if (counted.complete) expect(counted.n, term).toBe(expected)
    else expect(counted.n).toBeLessThan(expected)
  }
}, 300_000)

test('what is deleted leaves no word behind', async () => {
  const { owner } = app.database
  const counts = async () =>
    (
      await owner.query(
        `select (select count(*)::int from search_document where workspace_id = $1) as documents, (select count(*)::int from search_keys where workspace_id = $1) as keys, (select count(*)::int from search_word where workspace_id = $1) as words`,
        [app.south.id],
      )
    ).rows[0]
  expect((await counts()).words).toBeGreaterThan(100)
  await owner.query(`delete from conversation where workspace_id = $1 and number % 2 = 0`, [app.south.id])
  const { rows } = await owner.query<{ text: string }>(
    `select string_agg(body || coalesce(' ' || phone, ''), ' ') as text from search_document where workspace_id = $1`,
    [app.south.id],
  )
  const { rows: words } = await owner.query<{ word: string }>(
    'select word from search_word where workspace_id = $1 and not stale',
    [app.south.id],
  )
  expect(words.filter(({ word }) => !rows[0]!.text.includes(word))).toEqual([])
  await owner.query('delete from conversation where workspace_id = $1', [app.south.id])
  await until(async () => (await counts()).words === 0, 'the common words are counted again')
  expect(await counts()).toEqual({ documents: 0, keys: 0, words: 0 })
}, 300_000)
