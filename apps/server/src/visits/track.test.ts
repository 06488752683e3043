/** What a visitor's browser tells, over real HTTP: counted once, in the right visit, only with consent, and gone with its conversation. */
import type { ConversationVisit } from '@earshot/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'
import { Caller } from '../test/caller.ts'
import { Screen } from '../test/screen.ts'
import { until } from '../test/until.ts'
import { TestVisitor } from '../test/visitor.ts'

let app: TestApp
let channel: { id: string; key: string }
let visitor: string
const MINUTE = 60_000

beforeAll(async () => {
  app = await startTestApp({ config: { trustProxy: 1 } })
  const { body } = await app.north.machine.post('/api/v1/channels', {
    name: 'Shop',
    kind: 'widget',
    widget: { tracking: true },
  })
  channel = body
})
afterAll(() => app?.stop())
beforeEach(() => {
  visitor = newKey()
})

const newKey = () => Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url')
const newPage = (more: object = {}) => ({
  id: crypto.randomUUID(),
  url: 'https://shop.example/kettles',
  title: 'Kettles',
  agoMs: 0,
  ...more,
})
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

function track(batch: { pages: object[]; [key: string]: unknown }, headers: Record<string, string> = {}) {
  const body = { channelKey: channel.key, visitor, consent: true, ...batch }
  return new Caller(app.url, { 'user-agent': CHROME, ...headers }).post('/widget/v1/track', body)
}

async function chat(key = visitor, text = 'Hello'): Promise<{ id: string; speaker: TestVisitor }> {
  const speaker = await TestVisitor.start(app.url, channel.key)
  const { status, body } = await speaker.say(text, crypto.randomUUID(), { visitor: key })
  expect(status, JSON.stringify(body)).toBe(201)
  return { id: body.conversation.id, speaker }
}

async function read(id: string, query = ''): Promise<ConversationVisit> {
  const { status, body } = await app.north.people.ana.caller.get(`/api/v1/conversations/${id}/visit${query}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const count = async (table: string): Promise<number> =>
  (await app.database.owner.query(`select count(*)::int as count from ${table}`)).rows[0].count

describe('a visit', () => {
  test('holds pages, events and what is known of the browser; a batch sent again changes nothing', async () => {
    const first = newPage({
      url: 'https://shop.example/?utm_source=letter&utm_medium=print&utm_campaign=kettles&token=abc',
      referrer: 'https://www.google.de/',
      title: 'Welcome',
      agoMs: 60_000,
      visibleMs: 20_000,
      scroll: 80,
    })
    const second = newPage({ visibleMs: 5000, scroll: 10 })
    const event = {
      id: crypto.randomUUID(),
      pageId: second.id,
      kind: 'custom',
      name: 'added',
      agoMs: 0,
      data: { price: 12 },
    }
    const batch = { pages: [first, second], events: [event] }
    const [one, two, three] = await Promise.all([track(batch), track(batch), track(batch)])
    expect(one.body).toEqual({ stored: true, visit: { id: expect.any(String), number: 1 } })
    expect([two.body, three.body]).toEqual([one.body, one.body])
    await track({ pages: [{ ...second, visibleMs: 9000, scroll: 5 }] })
    const { visit, pageViews, events } = await read((await chat()).id)
    expect(visit).toMatchObject({
      trafficSource: 'letter',
      utm: { source: 'letter', medium: 'print', campaign: 'kettles', term: null, content: null },
      referrerHost: 'www.google.de',
      landingUrl: 'https://shop.example/?utm_source=letter&utm_medium=print&utm_campaign=kettles',
      device: 'desktop',
      browser: 'Chrome 142',
      os: 'Windows',
      pages: 2,
      activeMs: 29_000,
      bounce: false,
    })
    expect(pageViews.map((p) => [p.title, p.visibleMs, p.scroll])).toEqual([
      ['Welcome', 20_000, 80],
      ['Kettles', 9000, 10],
    ])
    expect(events).toMatchObject([{ name: 'added', kind: 'custom', url: second.url, data: { price: 12 } }])
  })

  test.each([
    ['29 minutes of nothing go on', 29 * MINUTE, '', 1],
    ['31 minutes of nothing begin a new one', 31 * MINUTE, '', 2],
    ['another campaign begins a new one at once', MINUTE, '?utm_source=newsletter', 2],
  ])('%s', async (_, quietMs, query, number) => {
    await track({ pages: [newPage({ agoMs: quietMs })] })
    const { body } = await track({ pages: [newPage({ url: `https://shop.example/pans${query}` })] })
    expect(body.visit.number).toBe(number)
    await track({ pages: [newPage({ url: `https://shop.example/pans${query}` })] })
    expect((await track({ pages: [newPage()] })).body.visit.number).toBe(number)
  })

  test('activity on one page keeps it going', async () => {
    await track({ pages: [newPage({ agoMs: 50 * MINUTE, lastAgoMs: 10 * MINUTE })] })
    expect((await track({ pages: [newPage()] })).body.visit.number).toBe(1)
  })

  test('ten tabs at once are one visit', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => track({ pages: [newPage()] })))
    expect(new Set(all.map(({ body }) => body.visit.id)).size).toBe(1)
    expect((await read((await chat()).id)).pageViews).toHaveLength(10)
  })

  test('one page, and nothing done on it, is a bounce; the same with a click is none', async () => {
    const page = newPage()
    await track({ pages: [page] })
    const { id } = await chat(newKey())
    expect((await read(id)).visit).toBeNull()
    const bounced = async () => (await app.database.owner.query('select 1 from visit_event')).rows.length
    await track({
      pages: [page],
      events: [{ id: crypto.randomUUID(), pageId: page.id, kind: 'click', name: 'Buy', agoMs: 0 }],
    })
    expect(await bounced()).toBeGreaterThan(0)
    expect((await read((await chat()).id)).visit?.bounce).toBe(false)
  })
})

describe('nothing is stored', () => {
  test.each([
    ['against Do Not Track', { dnt: '1' }],
    ['against Global Privacy Control', { 'sec-gpc': '1' }],
  ])('%s', async (_, headers) => {
    const before = await count('visit')
    const { status, body } = await track({ pages: [newPage()] }, headers)
    expect([status, body]).toEqual([200, { stored: false, visit: null }])
    expect(await count('visit')).toBe(before)
  })

  test('on a channel that does not track', async () => {
    const silent = await app.north.machine.post('/api/v1/channels', { name: 'Silent', kind: 'widget' })
    const { body } = await track({ channelKey: silent.body.key, pages: [newPage()] })
    expect(body).toEqual({ stored: false, visit: null })
  })

  test.each([
    ['without consent', { consent: false }, 400],
    ['without a page', { pages: [] }, 400],
    ['from a visitor nobody made', { visitor: 'x' }, 400],
    ['for a channel nobody has', { channelKey: 'nosuchkey' }, 404],
    ['with a field nobody knows', { ip: '1.2.3.4' }, 400],
    ['with too many pages', { pages: Array.from({ length: 21 }, () => newPage()) }, 400],
    ['with data beyond its size', { pages: [newPage({ title: 'x'.repeat(70_000) })] }, 413],
  ])('%s', async (_, wrong, status) => {
    const before = await count('visit')
    expect((await track({ pages: [newPage()], ...wrong })).status).toBe(status)
    expect(await count('visit')).toBe(before)
  })

  test('of pages that are no web pages, and of an address the visitor came from', async () => {
    const pages = ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', '\u0000'].map((url) =>
      newPage({ url }),
    )
    expect((await track({ pages }, { 'x-forwarded-for': '203.0.113.77' })).body.stored).toBe(false)
    await track({ pages: [newPage()] }, { 'x-forwarded-for': '203.0.113.77' })
    for (const table of ['visit', 'page_view', 'visit_event']) {
      const { rows } = await app.database.owner.query(`select 1 from ${table} t where t::text like '%203.0.113%'`)
      expect(rows).toEqual([])
    }
  })

  test('by pages outside the list of the channel', async () => {
    const { body } = await app.north.machine.post('/api/v1/channels', {
      name: 'Strict',
      kind: 'widget',
      widget: { tracking: true, allowedOrigins: ['https://shop.example'] },
    })
    const from = (origin: string) => track({ channelKey: body.key, pages: [newPage()] }, { origin })
    expect((await from('https://evil.example')).status).toBe(403)
    expect((await from('https://shop.example')).body.stored).toBe(true)
  })
})

test('faster than 60 batches a minute is refused, another visitor is not', async () => {
  const page = newPage()
  let refused = 0
  for (let i = 0; i < 63; i++) if ((await track({ pages: [page] })).status === 429) refused++
  expect(refused).toBe(3)
  expect((await track({ visitor: newKey(), pages: [newPage()] })).status).toBe(200)
})

test('a page of one visitor cannot be moved or written to by another', async () => {
  const page = newPage({ title: 'Mine' })
  await track({ pages: [page] })
  const { id } = await chat()
  const other = newKey()
  const event = { id: crypto.randomUUID(), pageId: page.id, kind: 'custom', name: 'intruder', agoMs: 0 }
  expect((await track({ visitor: other, pages: [{ ...page, title: 'Theirs' }], events: [event] })).body.stored).toBe(
    false,
  )
  // Nor by one who has a visit of their own.
  const own = [newPage({ title: 'Own' }), { ...page, title: 'Theirs', visibleMs: 9000 }]
  const again = { ...event, id: crypto.randomUUID() }
  expect((await track({ visitor: other, pages: own, events: [again] })).body.stored).toBe(true)
  const seen = await read(id)
  expect(seen.pageViews).toMatchObject([{ title: 'Mine', visibleMs: 0 }])
  expect(seen.events).toEqual([])
})

test('a browser that was somebody else’s stays theirs', async () => {
  await track({ pages: [newPage()] })
  const first = await chat()
  const second = await chat()
  expect((await read(first.id)).visit).not.toBeNull()
  expect((await read(second.id)).visit).toBeNull()
})

describe('live', () => {
  test('operators hear that the visitor moves, and a reload shows what they then read', async () => {
    await track({ pages: [newPage()] })
    const { id } = await chat()
    const screen = await Screen.open(app.north.people.ana.caller, [id])
    const before = screen.events.length
    await track({ pages: [newPage({ title: 'Next page' })] })
    const named = () =>
      screen.events.slice(before).some((e) => e.type === 'visit.changed' && e.conversationIds.includes(id))
    await until(named, 'the screen hears of the visit')
    expect((await read(id)).pageViews.map((p) => p.title)).toContain('Next page')
    screen.close()
  })

  test('a conversation that goes on belongs to the next visit too; the earlier one is listed and can be read', async () => {
    await track({ pages: [newPage({ title: 'Before', agoMs: 40 * MINUTE })] })
    const { id } = await chat()
    await track({ pages: [newPage({ title: 'Again' })] })
    const now = await read(id)
    expect([now.visit?.number, now.pageViews[0]?.title, now.others.length]).toEqual([2, 'Again', 1])
    const earlier = await read(id, `?visitId=${now.others[0]!.id}`)
    expect([earlier.visit?.number, earlier.pageViews[0]?.title]).toEqual([1, 'Before'])
  })
})

test("another contact's visit is not read through a conversation", async () => {
  await track({ pages: [newPage()] })
  const mine = await chat()
  const other = await chat(newKey(), 'Somebody else')
  const { visit } = await read(mine.id)
  const { ana } = app.north.people
  const answer = await ana.caller.get(`/api/v1/conversations/${other.id}/visit?visitId=${visit!.id}`)
  expect([answer.status, answer.body.code]).toEqual([404, 'visit.not_found'])
  const abroad = await app.south.people.owner.caller.get(`/api/v1/conversations/${mine.id}/visit`)
  expect(abroad.status).toBe(404)
})

test('who deletes a conversation deletes its visit with every part', async () => {
  const mark = `mark${crypto.randomUUID()}`
  const page = newPage({ title: mark, url: `https://shop.example/${mark}?utm_source=${mark}` })
  const event = { id: crypto.randomUUID(), pageId: page.id, kind: 'custom', name: mark, agoMs: 0, data: { mark } }
  await track({ pages: [page], events: [event] })
  const { id } = await chat()
  expect((await read(id)).visit?.utm.source).toBe(mark)
  await app.database.owner.query('delete from entry where conversation_id = $1', [id])
  await app.database.owner.query('delete from conversation where id = $1', [id])
  for (const table of ['visit', 'page_view', 'visit_event', 'trigger_firing', 'visit_conversation']) {
    const { rows } = await app.database.owner.query(`select 1 from ${table} t where t::text like $1`, [`%${mark}%`])
    expect(rows, table).toEqual([])
  }
})
