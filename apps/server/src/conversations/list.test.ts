/** The list, as operators and machines read it: filtered, sorted, searched, paged, counted exactly. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  const items = Array.from({ length: 60 }, (_, i) => ({
    externalId: `list-${i}`,
    channel: i % 2 ? 'whatsapp' : 'api',
    agent: i % 3 ? 'Freya' : 'Otto',
    flow: i % 3 ? 'Quotes' : undefined,
    contact: { name: i === 7 ? 'Zoë 100%_sure' : `Contact ${i}`, email: `person${i}@example.com` },
    status: i % 4 ? 'closed' : 'active',
    tags: i % 5 ? [] : ['lang:en'],
    rating: i % 10 ? undefined : { stars: (i % 5) + 1 },
    messages: [
      {
        externalId: 'a',
        author: 'contact',
        text: i === 9 ? 'Ich brauche ein Ersatzteil 退款 please' : `Question number ${i}`,
        at: new Date(Date.UTC(2026, 9, 1, 0, i)).toISOString(),
      },
      {
        externalId: 'b',
        author: 'agent',
        text: 'An answer',
        at: new Date(Date.UTC(2026, 9, 1, 0, i, 30)).toISOString(),
      },
    ],
  }))
  const { body } = await app.north.machine.post('/api/v1/ingest/conversations', { items })
  expect(body.results.filter((r: { status: string }) => r.status !== 'created')).toEqual([])
})
afterAll(() => app?.stop())

const list = async (query: string) => {
  const reply = await app.north.machine.get(`/api/v1/conversations?${query}`)
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body as { items: { id: string }[]; nextCursor: string | null }
}

async function all(query: string): Promise<{ id: string; [key: string]: unknown }[]> {
  const items: { id: string }[] = []
  for (let cursor: string | null = null; ; ) {
    const page = await list(`${query}&limit=7${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
    items.push(...page.items)
    if (!page.nextCursor) return items as never
    cursor = page.nextCursor
  }
}

test.each(['startedAt', 'lastMessageAt', 'agent', 'status', 'messages', 'rating', 'quality', 'duration'])(
  'pages by %s, both ways, neither repeat nor skip',
  async (sort) => {
    const up = await all(`sort=${sort}`)
    const down = await all(`sort=-${sort}`)
    expect(new Set(up.map((c) => c.id)).size).toBe(60)
    expect(new Set(down.map((c) => c.id)).size).toBe(60)
  },
)

test('without an order the newest message comes first', async () => {
  const times = (await all('')).map((c) => c.lastMessageAt as string)
  expect(times).toEqual(times.toSorted().reverse())
})

test.each([
  ['status=active', 15],
  ['status=active&status=closed', 60],
  ['channel=whatsapp&status=active', 0],
  ['channel=api&status=active', 15],
  ['tag=lang%3Aen', 12],
  ['minRating=1', 6],
  ['view=closed', 45],
  ['view=open', 15],
  ['reviewed=false&unread=true', 0],
  ['from=2026-10-01T00:30:00Z', 30],
  ['from=2026-10-01T00:10:00Z&to=2026-10-01T00:20:00Z', 10],
  ['flag=unanswered_question', 0],
])('%s finds %i, and the count agrees', async (query, count) => {
  expect(await all(query)).toHaveLength(count)
  const counts = await app.north.machine.get(`/api/v1/conversations/counts?${query}`)
  expect(counts.body.total).toBe(count)
})

test('flows and agents filter by id', async () => {
  const [first] = await all('q=Question number 1')
  const { agent, flow } = first as never as { agent: { id: string }; flow: { id: string } }
  expect(await all(`agentId=${agent.id}`)).toHaveLength(40)
  expect(await all(`flowId=${flow.id}`)).toHaveLength(40)
})

test.each([
  ['question NUMBER 33', 1],
  ['person12@', 1],
  ['zoë', 1],
  ['100%_sure', 1],
  ['%', 1],
  ['0%_s', 1],
  ['退款', 1],
  ['freya', 40],
  ["'; drop table entry; --", 0],
  ['\\', 0],
])('searching %s finds %i', async (q, count) => {
  const found = await all(`q=${encodeURIComponent(q)}`)
  expect(found).toHaveLength(count)
  for (const hit of found) expect((hit.match as { snippet: string }).snippet.toLowerCase()).toContain(q.toLowerCase())
})

test('a hit names the entry it stands in', async () => {
  const [hit] = await all('q=Ersatzteil')
  expect(hit!.match).toMatchObject({ position: 1 })
})

const WORDS = ['status', 'control', 'handoff', 'outcome', 'resolution', 'channel', 'tone', 'priority', 'view', 'sort']
const IDS = ['agentId', 'flowId', 'assigneeId', 'contactId']
const YES_NOS = ['rated', 'reviewed', 'unread', 'flagged', 'hasAudio', 'snoozed']
const cursorOf = (...parts: unknown[]) => `cursor=${Buffer.from(JSON.stringify(parts)).toString('base64url')}`
const BAD = [
  'nonsense=1',
  ...WORDS.flatMap((name) => [`${name}=nothing_like_it`, `${name}=`, `${name}=%00`, `${name}=ACTIVE`]),
  ...WORDS.filter((name) => name !== 'view' && name !== 'sort').map((name) => `${name}Not=nothing_like_it`),
  ...IDS.flatMap((name) => [`${name}=1`, `${name}=`, `${name}Not=1`, `${name}=%27%3B--`]),
  'contactId=none',
  'agentId=me',
  'status=none',
  ...YES_NOS.flatMap((name) => [`${name}=yes`, `${name}=`, `${name}=true&${name}=false`]),
  ...['minRating', 'maxRating'].flatMap((name) => [
    `${name}=0`,
    `${name}=6`,
    `${name}=2.5`,
    `${name}=x`,
    `${name}=1&${name}=2`,
  ]),
  ...['minQuality', 'maxQuality'].flatMap((name) => [`${name}=-1`, `${name}=101`, `${name}=NaN`, `${name}=1e9`]),
  ...['from', 'to'].flatMap((name) => [
    `${name}=yesterday`,
    `${name}=2026-10-01`,
    `${name}=2026-13-01T00:00:00Z`,
    `${name}=`,
  ]),
  'lastDays=0',
  'lastDays=1000000',
  `stage=${'x'.repeat(65)}`,
  `tag=${'x'.repeat(131)}`,
  `flag=${'x'.repeat(65)}`,
  `q=${'x'.repeat(201)}`,
  Array.from({ length: 51 }, (_, i) => `stage=s${i}`).join('&'),
  'limit=0',
  'limit=201',
  'limit=x',
  'cursor=abc',
  cursorOf(),
  cursorOf('all'),
  cursorOf('all', 'x', 'y', 'z'),
  cursorOf('all', '2026-10-01', '2026-10-01', 'no id'),
  cursorOf('all', '999999-01-01', '2026-10-01', '01900000-0000-7000-8000-000000000000'),
  `sort=rating&${cursorOf('some', '99999999', '01900000-0000-7000-8000-000000000000')}`,
  `sort=duration&${cursorOf('all', 'long', '01900000-0000-7000-8000-000000000000')}`,
  `sort=agent&${cursorOf('nobody', '2026-10-01', '2026-10-01', '01900000-0000-7000-8000-000000000000')}`,
]

test.each(BAD)('what is no filter, sort or cursor of this list is refused: %s', async (query) => {
  const reply = await app.north.machine.get(`/api/v1/conversations?${query}`)
  expect([reply.status, reply.body.code]).toEqual([400, 'request.invalid'])
})

test.each([
  'tag=%27%20or%20true--',
  'tag=%25&tagNot=_',
  'stage=%5C&flag=%22',
  'stageNot=%00',
  'minRating=5&maxRating=1',
  'from=2026-10-02T00:00:00Z&to=2026-10-01T00:00:00Z',
  'status=active&statusNot=active',
  'lastDays=1',
])('odd, but a question all the same: %s', async (query) => {
  const found = await all(query)
  const counts = await app.north.machine.get(`/api/v1/conversations/counts?${query}`)
  expect(counts.body.total).toBe(found.length)
})

test('view counts are exact, and of this workspace only', async () => {
  const { body } = await app.north.machine.get('/api/v1/conversations/counts')
  expect(body).toMatchObject({ views: { all: 60, open: 15, closed: 45, needs_human: 0, unread: 0 }, total: 60 })
  expect((await app.south.machine.get('/api/v1/conversations/counts')).body.views.all).toBe(0)
})
