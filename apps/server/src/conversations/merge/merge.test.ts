/** Merge, split and their undo, through HTTP: what two conversations show is one, and then exactly the two again. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp } from '../../test/app.ts'
import { Screen } from '../../test/screen.ts'
import { until } from '../../test/until.ts'

let app: TestApp
let ana: Person
let ben: Person
beforeAll(async () => {
  app = await startTestApp()
  ana = app.north.people.ana
  ben = app.north.people.ben
})
afterAll(() => app?.stop())

interface Said {
  author: string
  text: string
  at?: string
  externalId?: string
  kind?: string
}
const at = (minute: number) => new Date(Date.UTC(2026, 9, 1, 10, minute)).toISOString()
const said = (author: string, text: string, minute: number): Said => ({ author, text, at: at(minute) })

async function store(person: string, messages: Said[], more: object = {}): Promise<string> {
  const named = messages.map((message, i) => ({ externalId: `m${i + 1}`, ...message }))
  const item = { externalId: crypto.randomUUID(), contact: { externalId: person }, messages: named, ...more }
  const { body } = await app.north.machine.post('/api/v1/ingest/conversations', { items: [item] })
  expect(body.results[0].error).toBeUndefined()
  return body.results[0].id
}
const path = (id: string) => `/api/v1/conversations/${id}`
/** Everything the API shows of a conversation, without the two numbers that only ever rise. */
async function shown(id: string) {
  const read = async (part: string) => (await ana.caller.get(path(id) + part)).body
  const { epoch, log, ...conversation } = await read('')
  const review = await ana.caller.get(`${path(id)}/review`)
  const entries = (await read('/entries?limit=200')).items
  const flags = (await read('/flags')).items
  return { conversation, entries, flags, review: review.status === 200 ? review.body : null }
}
const texts = async (id: string) =>
  (await ana.caller.get(`${path(id)}/entries?limit=200&kinds=message`)).body.items
    .toReversed()
    .map((entry: { text: string }) => entry.text)
const merge = (id: string, conversationId: string) => ana.caller.post(`${path(id)}/merge`, { conversationId })
const undo = (id: string, mergeId: string) => ana.caller.post(`${path(id)}/merges/${mergeId}/undo`)

async function pair() {
  const person = crypto.randomUUID()
  const first = await store(person, [
    said('contact', 'Where is my order A-17?', 0),
    said('agent', 'It is on its way.', 4),
    said('contact', 'When does it come, please?', 30),
  ])
  const second = await store(
    person,
    [
      said('contact', 'Hello, it is me again', 2),
      said('agent', 'How may I help you?', 3),
      said('contact', 'About A-17', 40),
    ],
    { tags: ['vip'], title: 'The second', rating: { stars: 2, comment: 'slow' }, memory: { city: 'Lyon' } },
  )
  return { first, second, person }
}

test('the entries of both stand in the order of time, dense, and all of the other is there', async () => {
  const { first, second } = await pair()
  const { status, body } = await merge(first, second)
  expect(status, JSON.stringify(body)).toBe(200)
  expect(await texts(first)).toEqual([
    'Where is my order A-17?',
    'Hello, it is me again',
    'How may I help you?',
    'It is on its way.',
    'When does it come, please?',
    'About A-17',
  ])
  const { conversation, entries } = await shown(first)
  expect(entries.map((entry: { position: number }) => entry.position)).toEqual([7, 6, 5, 4, 3, 2, 1])
  expect(conversation).toMatchObject({
    messageCount: 6,
    lastPosition: 7,
    title: 'The second',
    rating: { stars: 2, comment: 'slow' },
    memory: { city: 'Lyon' },
    tags: [{ key: 'vip', value: '' }],
    preview: { text: 'About A-17' },
  })
  const gone = await ana.caller.get(path(second))
  expect([gone.status, gone.body.details.into]).toEqual([404, first])
  const found = await ana.caller.get('/api/v1/conversations?q=it%20is%20me%20again')
  expect(found.body.items.map((item: { id: string }) => item.id)).toEqual([first])
})

test('undone, both are as they were, to the last field', async () => {
  const { first, second } = await pair()
  for (const id of [first, second]) await ana.caller.post(`${path(id)}/review`)
  await ana.caller.post(`${path(first)}/flags`, { reason: 'Look here', position: 3 })
  await ana.caller.post(`${path(second)}/notes`, { text: 'Called before.' })
  const before = [await shown(first), await shown(second)]
  const { body } = await merge(first, second)
  const merged = await shown(first)
  // The third of the first is the fifth of both.
  const byHand = merged.flags.find((flag: { reason: string }) => flag.reason === 'Look here')
  expect(byHand.evidence[0]).toMatchObject({ position: 5, quote: 'When does it come, please?' })
  await ana.caller.post(`${path(first)}/review`)
  const undone = await undo(first, body.mergeId)
  expect(undone.status, JSON.stringify(undone.body)).toBe(200)
  expect(await shown(first)).toEqual(before[0])
  expect(await shown(second)).toEqual(before[1])
  expect((await undo(first, body.mergeId)).status).toBe(200)
})

test('what was said after the merge stays with the survivor when it is undone', async () => {
  const { first, second } = await pair()
  const { body } = await merge(first, second)
  await ana.caller.put(`${path(first)}/control`, { control: 'operator' })
  await ana.caller.post(`${path(first)}/messages`, { text: 'It comes on Monday.' })
  await undo(first, body.mergeId)
  expect(await texts(first)).toEqual([
    'Where is my order A-17?',
    'It is on its way.',
    'When does it come, please?',
    'It comes on Monday.',
  ])
  const { conversation } = await shown(first)
  expect(conversation).toMatchObject({ messageCount: 4, control: 'operator', preview: { text: 'It comes on Monday.' } })
  expect(conversation.title).toBeNull()
  expect(await texts(second)).toHaveLength(3)
})

test('a split makes the later part a conversation that goes on; undone, it is one again, to the last field', async () => {
  const { first } = await pair()
  await ana.caller.post(`${path(first)}/review`)
  await ana.caller.post(`${path(first)}/notes`, { text: 'Careful.' })
  const before = await shown(first)
  const { status, body } = await ana.caller.post(`${path(first)}/split`, { position: 3 })
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body.conversation).toMatchObject({ status: 'closed', endReason: 'split', messageCount: 2 })
  expect(body.created).toMatchObject({ status: 'active', messageCount: 1, previousId: first, lastPosition: 3 })
  expect(await texts(body.created.id)).toEqual(['When does it come, please?'])
  const undone = await undo(first, body.mergeId)
  expect(undone.status, JSON.stringify(undone.body)).toBe(200)
  expect(await shown(first)).toEqual(before)
  const gone = await ana.caller.get(path(body.created.id))
  expect([gone.status, gone.body.details.into]).toEqual([404, first])
})

test('what was said in either part since a split is kept by its undo', async () => {
  const { first } = await pair()
  const { body } = await ana.caller.post(`${path(first)}/split`, { position: 3 })
  await ana.caller.put(`${path(body.created.id)}/control`, { control: 'operator' })
  const answered = await ana.caller.post(`${path(body.created.id)}/messages`, { text: 'On Monday.' })
  expect(answered.status, JSON.stringify(answered.body)).toBe(201)
  await ana.caller.post(`${path(first)}/notes`, { text: 'A note on the first.' })
  await undo(first, body.mergeId)
  expect((await texts(first)).slice(-2)).toEqual(['When does it come, please?', 'On Monday.'])
  const { conversation, entries } = await shown(first)
  expect(conversation).toMatchObject({ messageCount: 4, status: 'active', preview: { text: 'On Monday.' } })
  expect(entries.some((entry: { text: string }) => entry.text === 'A note on the first.')).toBe(true)
})

test('merges and splits are undone in the order they were made, latest first', async () => {
  const { first, second, person } = await pair()
  const third = await store(person, [said('contact', 'And a third time', 5), said('agent', 'Yes?', 6)])
  const before = [await shown(first), await shown(second), await shown(third)]
  const one = (await merge(second, third)).body
  const two = (await merge(first, second)).body
  expect((await ana.caller.get(path(third))).body.details.into).toBe(first)
  const split = (await ana.caller.post(`${path(first)}/split`, { position: 4 })).body
  const listed = (await ana.caller.get(`${path(first)}/merges`)).body.items
  expect(
    listed.map((item: { kind: string; undoUntil: string | null }) => [item.kind, item.undoUntil !== null]),
  ).toEqual([
    ['split', true],
    ['merge', false],
  ])
  expect((await undo(first, two.mergeId)).body.code).toBe('merge.overtaken')
  for (const [id, mergeId] of [
    [first, split.mergeId],
    [first, two.mergeId],
    [second, one.mergeId],
  ]) {
    const done = await undo(id, mergeId)
    expect(done.status, JSON.stringify(done.body)).toBe(200)
  }
  expect([await shown(first), await shown(second), await shown(third)]).toEqual(before)
})

test('refused: itself, another contact, one that waits, another operator has it, another workspace, nothing left to split', async () => {
  const { first, second } = await pair()
  const { first: other } = await pair()
  const code = async (answer: Promise<{ body: { code: string } }>) => (await answer).body.code
  expect(await code(merge(first, first))).toBe('merge.same')
  expect(await code(merge(first, other))).toBe('merge.other_contact')
  expect(await code(app.south.people.ana.caller.post(`${path(first)}/merge`, { conversationId: second }))).toBe(
    'conversation.not_found',
  )
  expect(await code(ana.caller.post(`${path(first)}/split`, { position: 1 }))).toBe('split.nothing_left')
  expect(await code(ana.caller.post(`${path(first)}/split`, { position: 40 }))).toBe('split.nothing_left')
  await ana.caller.post(`${path(second)}/handoff`, {})
  expect(await code(merge(first, second))).toBe('merge.waiting')
  await ben.caller.put(`${path(second)}/control`, { control: 'operator' })
  expect(await code(merge(first, second))).toBe('conversation.taken')
  const mine = await ben.caller.post(`${path(first)}/merge`, { conversationId: second })
  expect(mine.body.conversation).toMatchObject({ status: 'active', messageCount: 6 })
  expect(await code(undo(other, mine.body.mergeId))).toBe('merge.not_found')
})

test('what its source sends goes on in the survivor, each message once, and keys of both mean their own', async () => {
  const person = crypto.randomUUID()
  const send = (externalId: string, key: string, text: string) =>
    app.north.machine.post('/api/v1/ingest/messages', {
      conversation: { externalId },
      contact: { externalId: person },
      message: { externalId: key, author: 'contact', text },
    })
  const [a, b] = [crypto.randomUUID(), crypto.randomUUID()]
  const first = (await send(a, 'm1', 'one of a')).body.conversationId
  const second = (await send(b, 'm1', 'one of b')).body.conversationId
  const { body } = await merge(first, second)
  expect((await send(b, 'm1', 'one of b')).body).toMatchObject({ conversationId: first, duplicate: true })
  expect((await send(b, 'm2', 'two of b')).body).toMatchObject({ conversationId: first, duplicate: false })
  expect((await send(a, 'm2', 'two of a')).body).toMatchObject({ conversationId: first, duplicate: false })
  expect(await texts(first)).toEqual(['one of a', 'one of b', 'two of b', 'two of a'])
  await undo(first, body.mergeId)
  expect((await send(b, 'm1', 'one of b')).body).toMatchObject({ conversationId: second, duplicate: true })
  expect(await texts(second)).toEqual(['one of b'])
})

test('an agent that was answering either is fenced off', async () => {
  const { first, second } = await pair()
  const epoch = (await ana.caller.get(path(first))).body.epoch
  await merge(first, second)
  const late = (conversationId: string) =>
    app.north.ctx.append({
      workspaceId: app.north.id,
      conversationId,
      kind: 'message',
      author: { kind: 'agent', id: null, name: 'Freya' },
      text: 'Too late',
      epoch,
      origin: 'live',
    })
  expect((await late(first)).outcome).toBe('stale')
  expect((await late(second)).outcome).toBe('not_found')
  expect(await texts(first)).not.toContain('Too late')
})

test('merged while messages come: none is lost and none is there twice', async () => {
  const person = crypto.randomUUID()
  const send = (externalId: string, n: number) =>
    app.north.machine.post('/api/v1/ingest/messages', {
      conversation: { externalId },
      contact: { externalId: person },
      message: { externalId: `m${n}`, author: 'contact', text: `${externalId} ${n}` },
    })
  const [a, b] = [crypto.randomUUID(), crypto.randomUUID()]
  const first = (await send(a, 0)).body.conversationId
  const second = (await send(b, 0)).body.conversationId
  const sending = Array.from({ length: 24 }, (_, i) => send(i % 2 ? a : b, 1 + i))
  const done = await merge(first, second)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  for (const answer of await Promise.all(sending)) expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  const all = await texts(first)
  expect(all).toHaveLength(26)
  expect(new Set(all).size).toBe(26)
  const { conversation } = await shown(first)
  expect(conversation).toMatchObject({ messageCount: 26, lastPosition: 27 })
})

test('another operator sees it live, and what their screen holds is what a reload shows', async () => {
  const { first, second } = await pair()
  const screen = await Screen.open(ben.caller, [first, second])
  const { body } = await merge(first, second)
  await screen.untilCurrent(first)
  await until(() => screen.shown(second) === undefined, 'the merged one is gone')
  await until(() => screen.entries.get(first)!.entries.length === 7, 'the entries are read anew')
  expect(screen.entries.get(first)!.entries).toEqual(await screen.readEntries(first))
  await undo(first, body.mergeId)
  await until(() => screen.shown(second) !== undefined, 'it is there again')
  await screen.untilCurrent(first)
  await screen.untilCurrent(second)
  expect(screen.entries.get(first)!.entries).toEqual(await screen.readEntries(first))
  const split = (await ana.caller.post(`${path(first)}/split`, { position: 2 })).body
  await screen.untilCurrent(first)
  await until(() => screen.shown(split.created.id) !== undefined, 'the later part is there')
  expect(screen.entries.get(first)!.entries).toEqual(await screen.readEntries(first))
  screen.close()
})

test('deleting the survivor takes what was merged into it, with all that the undo would have needed', async () => {
  const mark = `mark${crypto.randomUUID().slice(0, 8)}`
  const person = crypto.randomUUID()
  const first = await store(person, [said('contact', 'one', 0), said('agent', 'yes', 1)])
  const second = await store(person, [said('contact', `the word ${mark}`, 2), said('agent', 'no', 3)], {
    title: mark,
    tags: [mark],
    memory: { word: mark },
    rating: { stars: 1, comment: mark },
  })
  await ana.caller.post(`${path(second)}/review`)
  await merge(first, second)
  const { owner } = app.north.people
  expect((await owner.caller.delete(path(first))).status).toBe(200)
  const { rows } = await app.database.owner.query(
    "select table_name from information_schema.tables where table_schema = 'earshot' and table_type = 'BASE TABLE'",
  )
  const found: string[] = []
  for (const { table_name: table } of rows) {
    const { rowCount } = await app.database.owner.query(`select from ${table} t where t::text like $1 limit 1`, [
      `%${mark}%`,
    ])
    if (rowCount) found.push(table)
  }
  expect(found.filter((table) => !['tag_delta', 'search_word'].includes(table))).toEqual([])
  const tombstones = (await owner.caller.get('/api/v1/tombstones')).body.items
  expect(tombstones.map((t: { conversationId: string }) => t.conversationId)).toEqual(
    expect.arrayContaining([first, second]),
  )
})

test('any two logs: merged and undone they are what they were; merged, every entry is there in its own order', async () => {
  for (let round = 0; round < Number(process.env.MERGE_ROUNDS ?? 6); round++) {
    const person = crypto.randomUUID()
    const log = () =>
      Array.from({ length: 1 + Math.floor(Math.random() * 8) }, (_, i) => ({
        ...said(['contact', 'agent', 'operator'][Math.floor(Math.random() * 3)]!, `${crypto.randomUUID()} ${i}`, 0),
        // Sources disagree about the time: neither order nor uniqueness is given.
        at: at(Math.floor(Math.random() * 40)),
      }))
    const [one, two] = [log(), log()]
    const [a, b] = [await store(person, one), await store(person, two)]
    const before = [await shown(a), await shown(b)]
    const { body } = await merge(a, b)
    const all = await texts(a)
    expect(all.filter((text: string) => one.some((m) => m.text === text))).toEqual(one.map((m) => m.text))
    expect(all.filter((text: string) => two.some((m) => m.text === text))).toEqual(two.map((m) => m.text))
    if (one.length > 1) {
      const { body: parted } = await ana.caller.post(`${path(a)}/split`, { position: 2 })
      expect((await undo(a, parted.mergeId)).status).toBe(200)
    }
    await undo(a, body.mergeId)
    expect([await shown(a), await shown(b)]).toEqual(before)
  }
})
