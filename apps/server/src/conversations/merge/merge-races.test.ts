/** Merging while others talk, look, send again and delete: nothing is lost, nothing is there twice, and nothing stays. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp } from '../../test/app.ts'
import { Screen } from '../../test/screen.ts'
import { until } from '../../test/until.ts'
import { at, mergingIn, path, said } from './merging.fixture.ts'

let app: TestApp
let ana: Person
let ben: Person
let on: ReturnType<typeof mergingIn>
beforeAll(async () => {
  // No review comes by itself where two pictures are compared.
  app = await startTestApp({ config: { reviewAfterSeconds: 31_536_000 } })
  ana = app.north.people.ana
  ben = app.north.people.ben
  on = mergingIn(app)
})
afterAll(() => app?.stop())

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
  await send(b, 'only-b', 'more of b')
  const { body } = await on.merge(first, second)
  expect((await send(b, 'only-b', 'more of b')).body).toMatchObject({ conversationId: first, duplicate: true })
  expect((await send(b, 'm1', 'one of b')).body).toMatchObject({ conversationId: first, duplicate: true })
  expect((await send(b, 'm2', 'two of b')).body).toMatchObject({ conversationId: first, duplicate: false })
  expect((await send(a, 'm2', 'two of a')).body).toMatchObject({ conversationId: first, duplicate: false })
  expect(await on.texts(first)).toEqual(['one of a', 'one of b', 'more of b', 'two of b', 'two of a'])
  await on.undo(first, body.mergeId)
  expect((await send(b, 'm1', 'one of b')).body).toMatchObject({ conversationId: second, duplicate: true })
  expect(await on.texts(second)).toEqual(['one of b', 'more of b'])
})

test('an agent that was answering either is fenced off', async () => {
  const { first, second } = await on.pair()
  const epoch = (await ana.caller.get(path(first))).body.epoch
  await on.merge(first, second)
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
  expect(await on.texts(first)).not.toContain('Too late')
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
  const done = await on.merge(first, second)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  for (const answer of await Promise.all(sending)) expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  const all = await on.texts(first)
  expect(all).toHaveLength(26)
  expect(new Set(all).size).toBe(26)
  const { conversation } = await on.shown(first)
  expect(conversation).toMatchObject({ messageCount: 26, lastPosition: 27 })
})

test('another operator sees it live, and what their screen holds is what a reload shows', async () => {
  const { first, second } = await on.pair()
  const screen = await Screen.open(ben.caller, [first, second])
  const { body } = await on.merge(first, second)
  await screen.untilCurrent(first)
  await until(() => screen.shown(second) === undefined, 'the merged one is gone')
  await until(() => screen.entries.get(first)!.entries.length === 7, 'the entries are read anew')
  expect(screen.entries.get(first)!.entries).toEqual(await screen.readEntries(first))
  await on.undo(first, body.mergeId)
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
  const first = await on.store(person, [said('contact', 'one', 0), said('agent', 'yes', 1)])
  const second = await on.store(person, [said('contact', `the word ${mark}`, 2), said('agent', 'no', 3)], {
    title: mark,
    tags: [mark],
    memory: { word: mark },
    rating: { stars: 1, comment: mark },
  })
  await ana.caller.post(`${path(second)}/review`)
  await on.merge(first, second)
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
  for (let round = 0; round < Number(process.env.TEST_MERGES ?? 6); round++) {
    const person = crypto.randomUUID()
    const log = () =>
      Array.from({ length: 1 + Math.floor(Math.random() * 8) }, (_, i) => ({
        ...said(['contact', 'agent', 'operator'][Math.floor(Math.random() * 3)]!, `${crypto.randomUUID()} ${i}`, 0),
        // Sources disagree about the time: neither order nor uniqueness is given.
        at: at(Math.floor(Math.random() * 40)),
      }))
    const [one, two] = [log(), log()]
    const [a, b] = [await on.store(person, one), await on.store(person, two)]
    const before = [await on.shown(a), await on.shown(b)]
    const { body } = await on.merge(a, b)
    const all = await on.texts(a)
    expect(all.filter((text: string) => one.some((m) => m.text === text))).toEqual(one.map((m) => m.text))
    expect(all.filter((text: string) => two.some((m) => m.text === text))).toEqual(two.map((m) => m.text))
    if (one.length > 1) {
      const { body: parted } = await ana.caller.post(`${path(a)}/split`, { position: 2 })
      expect((await on.undo(a, parted.mergeId)).status).toBe(200)
    }
    await on.undo(a, body.mergeId)
    expect([await on.shown(a), await on.shown(b)]).toEqual(before)
  }
})
