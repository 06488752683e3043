/** The knowledge base over HTTP: what is written is found, what is not published is not, and walls hold. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inWorkspace } from '../platform/db.ts'
import { startTestApp, type TestApp } from '../test/app.ts'
import type { Caller } from '../test/caller.ts'
import { searchKnowledge } from './index.ts'

let app: TestApp
let owner: Caller
beforeAll(async () => {
  app = await startTestApp()
  owner = app.north.people.owner.caller
})
afterAll(() => app.stop())

const write = async (title: string, body: string, more: object = {}) =>
  (await owner.post('/api/v1/knowledge', { title, body, status: 'published', ...more })).body
const find = async (q: string): Promise<string[]> =>
  (await owner.get(`/api/v1/knowledge?q=${encodeURIComponent(q)}`)).body.items.map(
    (item: { title: string }) => item.title,
  )
const search = (question: string, workspace = app.north) =>
  inWorkspace(app.app.node.services.db, workspace.id, (tx) => searchKnowledge(tx, question))

test('a new workspace has articles to start with, published', async () => {
  const { body } = await owner.get('/api/v1/knowledge?limit=200')
  expect(body.items.length).toBeGreaterThanOrEqual(6)
  expect(body.items.every((item: { status: string }) => item.status === 'published')).toBe(true)
})

test('an article is written, read, changed and deleted; who did it is kept', async () => {
  const article = await write('Kayak rental', 'A kayak costs 30 a day.')
  expect(article).toMatchObject({ title: 'Kayak rental', language: 'en', status: 'published', updatedBy: 'Olga' })
  const changed = await owner.patch(`/api/v1/knowledge/${article.id}`, { body: 'A kayak costs 35 a day.' })
  expect(changed.body).toMatchObject({ title: 'Kayak rental', body: 'A kayak costs 35 a day.' })
  expect((await owner.get(`/api/v1/knowledge/${article.id}`)).body).toEqual(changed.body)
  expect((await owner.delete(`/api/v1/knowledge/${article.id}`)).body).toEqual({ ok: true })
  expect((await owner.get(`/api/v1/knowledge/${article.id}`)).body.code).toBe('article.not_found')
  expect(await search('kayak')).toEqual([])
})

test('a change is found in the same moment, and the old words are not', async () => {
  const { id } = await write('Locker codes', 'The code is kept by the porter.')
  expect((await search('porter'))[0]?.title).toBe('Locker codes')
  await owner.patch(`/api/v1/knowledge/${id}`, { body: 'The code is kept by the janitor.' })
  expect((await search('janitor'))[0]?.title).toBe('Locker codes')
  expect(await search('porter')).toEqual([])
  await owner.patch(`/api/v1/knowledge/${id}`, { status: 'draft' })
  expect(await search('janitor')).toEqual([])
})

test('an article whose index cannot be written is not written either', async () => {
  await app.database.owner.query("alter table article_chunk add constraint planted check (text <> 'Explode.')")
  const failed = await owner.post('/api/v1/knowledge', {
    title: 'Half an article',
    body: 'Explode.',
    status: 'published',
  })
  await app.database.owner.query('alter table article_chunk drop constraint planted')
  expect(failed.status).toBe(500)
  expect((await app.database.owner.query("select 1 from article where title = 'Half an article'")).rows).toEqual([])
})

test.each([
  ['another form of the word', 'returning', 'Returns and refunds'],
  ['another word for it', 'reimbursement of my money', 'Returns and refunds'],
  ['a letter too few', 'discout codes', 'Ordering and payment'],
  ['two letters swapped', 'my parcle', 'Shipping and delivery'],
  ['without its accents', 'creme brulee', 'Crème brûlée'],
  ['with accents that it has not', 'délivery', 'Shipping and delivery'],
  [
    'inside a question',
    'Hello, could you please tell me what express shipping costs? Thanks!',
    'Shipping and delivery',
  ],
])('an article is found by %s', async (_, question, title) => {
  if (title === 'Crème brûlée') await write(title, 'La crème brûlée est servie froide.', { language: 'fr' })
  expect((await search(question))[0]?.title).toBe(title)
})

test.each([
  ['ja', '返品について', '到着後30日以内なら返品できます。送料は無料です。', '返品したい', '返品について'],
  ['zh', '退货说明', '收到商品后三十天内可以退货,运费免费。', '怎么退货', '退货说明'],
  ['th', 'การคืนสินค้า', 'คุณสามารถคืนสินค้าได้ภายใน 30 วัน', 'คืนสินค้าได้ไหม', 'การคืนสินค้า'],
  [
    'de',
    'Rücksendung',
    'Sie können Artikel innerhalb von 30 Tagen zurücksenden.',
    'Artikel zurücksenden',
    'Rücksendung',
  ],
  ['ru', 'Возврат товара', 'Товар можно вернуть в течение 30 дней.', 'как вернуть товары', 'Возврат товара'],
  ['ar', 'إرجاع المنتجات', 'يمكنك إرجاع المنتجات خلال ثلاثين يوما.', 'كيف يمكنني إرجاع منتج', 'إرجاع المنتجات'],
])('articles in %s are found by questions in it', async (language, title, body, question, expected) => {
  await write(title, body, { language })
  expect((await search(question))[0]).toMatchObject({ title: expected, language })
})

test('what no article speaks about is not found', async () => {
  for (const question of ['quantum chromodynamics', 'the and of', '???', '', '   ']) {
    const [best] = await search(question)
    expect(best?.score ?? 0).toBeLessThan(0.4)
  }
})

test('signs that mean something to a search engine mean nothing here', async () => {
  await write('Lasers', 'A laser shines.')
  for (const question of [
    "laser'; drop table article; --",
    'laser a\\b:*|&!<->(',
    "laser \\'quoted\\' '",
    'laser:*',
    '!laser',
  ]) {
    expect((await search(question)).map((found) => found.title)).toContain('Lasers')
  }
  expect(await search('x'.repeat(20_000))).toEqual([])
})

test('a long article is cut into passages that know their headings', async () => {
  const paragraph = 'Sentence about assembling furniture with screws. '.repeat(12)
  await write(
    'Assembly',
    `Intro.\n\n## Tools\n\n${paragraph}\n\n### Special tools\n\nYou need a hexagonal wrench.\n\n## Order\n\n${paragraph}`,
  )
  const [best] = await search('hexagonal wrench')
  expect(best).toMatchObject({ heading: 'Assembly › Tools › Special tools', text: 'You need a hexagonal wrench.' })
})

test('the search of one workspace never sees another’s articles, and needs a workspace at all', async () => {
  await write('Northern secret', 'The word is aurora borealis.')
  expect((await search('aurora borealis'))[0]?.title).toBe('Northern secret')
  expect((await search('aurora borealis', app.south)).filter((found) => found.title === 'Northern secret')).toEqual([])
  const stranger = app.south.people.owner.caller
  const { body } = await owner.get('/api/v1/knowledge?q=aurora')
  const id = body.items[0].id
  for (const answer of [
    await stranger.get(`/api/v1/knowledge/${id}`),
    await stranger.patch(`/api/v1/knowledge/${id}`, { title: 'x' }),
    await stranger.delete(`/api/v1/knowledge/${id}`),
  ]) {
    expect([answer.status, answer.body.code]).toEqual([404, 'article.not_found'])
  }
  const { rows } = await app.database.owner.query(
    "select proname from pg_proc where proname in ('weigh_words', 'search_chunks', 'find_similar_words') and prosecdef and proconfig::text like '%search_path=pg_catalog, pg_temp%'",
  )
  expect(rows).toHaveLength(3)
  await expect(
    app.app.node.services.db.connection().execute((tx) => searchKnowledge(tx as never, 'aurora')),
  ).rejects.toThrow()
})

test('lists page by page, and the search lists drafts after', async () => {
  const first = (await owner.get('/api/v1/knowledge?limit=3')).body
  const second = (await owner.get(`/api/v1/knowledge?limit=3&cursor=${first.nextCursor}`)).body
  const ids = [...first.items, ...second.items].map((item: { id: string }) => item.id)
  expect(new Set(ids).size).toBe(6)
  await write('Draft about gliders', 'Gliders fly.', { status: 'draft' })
  expect(await find('gliders')).toEqual(['Draft about gliders'])
  expect((await owner.get('/api/v1/knowledge?cursor=nonsense')).status).toBe(400)
})

test('who may read may not write', async () => {
  const { ana, viewer } = app.north.people
  expect((await viewer.caller.get('/api/v1/knowledge')).status).toBe(200)
  expect((await ana.caller.post('/api/v1/knowledge', { title: 'x', body: 'y' })).status).toBe(403)
})
