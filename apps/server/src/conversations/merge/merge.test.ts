/** Merge, split and their undo, through HTTP: what two conversations show is one, and then exactly the two again. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp } from '../../test/app.ts'
import { mergingIn, path, said } from './merging.fixture.ts'

let app: TestApp
let ana: Person
let ben: Person
let on: ReturnType<typeof mergingIn>
beforeAll(async () => {
  // A review that comes by itself would stand in one picture and not in the other.
  app = await startTestApp({ config: { reviewAfterSeconds: 31_536_000 } })
  ana = app.north.people.ana
  ben = app.north.people.ben
  on = mergingIn(app)
})
afterAll(() => app?.stop())

test('the entries of both stand in the order of time, dense, and all of the other is there', async () => {
  const { first, second } = await on.pair()
  const { status, body } = await on.merge(first, second)
  expect(status, JSON.stringify(body)).toBe(200)
  expect(await on.texts(first)).toEqual([
    'Where is my order A-17?',
    'Hello, it is me again',
    'How may I help you?',
    'It is on its way.',
    'When does it come, please?',
    'About A-17',
  ])
  const { conversation, entries } = await on.shown(first)
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
  const { first, second } = await on.pair()
  for (const id of [first, second]) await ana.caller.post(`${path(id)}/review`)
  await ana.caller.post(`${path(first)}/flags`, { reason: 'Look here', position: 3 })
  await ana.caller.post(`${path(second)}/notes`, { text: 'Called before.' })
  const before = [await on.shown(first), await on.shown(second)]
  const { body } = await on.merge(first, second)
  const merged = await on.shown(first)
  // The third of the first is the fifth of both.
  const byHand = merged.flags.find((flag: { reason: string }) => flag.reason === 'Look here')
  expect(byHand.evidence[0]).toMatchObject({ position: 5, quote: 'When does it come, please?' })
  await ana.caller.post(`${path(first)}/review`)
  const undone = await on.undo(first, body.mergeId)
  expect(undone.status, JSON.stringify(undone.body)).toBe(200)
  expect(await on.shown(first)).toEqual(before[0])
  expect(await on.shown(second)).toEqual(before[1])
  expect((await on.undo(first, body.mergeId)).status).toBe(200)
})

test('whatever names an entry follows it, and comes back with it', async () => {
  const { first, second } = await on.pair()
  const { owner: database } = app.database
  for (const [id, position] of [
    [first, 1],
    [first, 2],
    [first, 3],
    [second, 2],
  ])
    await database.query(
      `insert into asked_question (workspace_id, conversation_id, position, question, state) values ($1, $2, $3::int, 'asked at ' || $3, 'open')`,
      [app.north.id, id, position],
    )
  const content = { open: [{ position: 3, text: 'When?' }] }
  await database.query(
    `insert into brief (workspace_id, conversation_id, written_for, through_position, language, content) values ($1, $2, 'request', 3, 'en', $3)`,
    [app.north.id, first, content],
  )
  const named = async (id: string) => {
    const { rows } = await database.query(
      `select position, question from asked_question where conversation_id = $1 order by position`,
      [id],
    )
    return rows.map((row) => `${row.position}: ${row.question}`)
  }
  const brief = async () =>
    (await database.query('select through_position, content from brief where conversation_id = $1', [first])).rows[0]
  const before = [await named(first), await named(second), await brief()]
  const { body } = await on.merge(first, second)
  expect(await named(first)).toEqual(['1: asked at 1', '4: asked at 2', '5: asked at 3'])
  expect(await brief()).toMatchObject({ through_position: 5, content: { open: [{ position: 5 }] } })
  expect((await on.undo(first, body.mergeId)).status).toBe(200)
  expect([await named(first), await named(second), await brief()]).toEqual(before)
})

test('what was said after the merge stays with the survivor when it is undone', async () => {
  const { first, second } = await on.pair()
  const { body } = await on.merge(first, second)
  await ana.caller.put(`${path(first)}/control`, { control: 'operator' })
  await ana.caller.post(`${path(first)}/messages`, { text: 'It comes on Monday.' })
  await on.undo(first, body.mergeId)
  expect(await on.texts(first)).toEqual([
    'Where is my order A-17?',
    'It is on its way.',
    'When does it come, please?',
    'It comes on Monday.',
  ])
  const { conversation } = await on.shown(first)
  expect(conversation).toMatchObject({ messageCount: 4, control: 'operator', preview: { text: 'It comes on Monday.' } })
  expect(conversation.title).toBeNull()
  expect(await on.texts(second)).toHaveLength(3)
})

test('a split makes the later part a conversation that goes on; undone, it is one again, to the last field', async () => {
  const { first } = await on.pair()
  await ana.caller.post(`${path(first)}/review`)
  await ana.caller.post(`${path(first)}/notes`, { text: 'Careful.' })
  const before = await on.shown(first)
  const { status, body } = await ana.caller.post(`${path(first)}/split`, { position: 3 })
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body.conversation).toMatchObject({ status: 'closed', endReason: 'split', messageCount: 2 })
  expect(body.created).toMatchObject({ status: 'active', messageCount: 1, previousId: first, lastPosition: 3 })
  expect(await on.texts(body.created.id)).toEqual(['When does it come, please?'])
  const undone = await on.undo(first, body.mergeId)
  expect(undone.status, JSON.stringify(undone.body)).toBe(200)
  expect(await on.shown(first)).toEqual(before)
  const gone = await ana.caller.get(path(body.created.id))
  expect([gone.status, gone.body.details.into]).toEqual([404, first])
})

test('what was said in either part since a split is kept by its undo', async () => {
  const { first } = await on.pair()
  const { body } = await ana.caller.post(`${path(first)}/split`, { position: 3 })
  await ana.caller.put(`${path(body.created.id)}/control`, { control: 'operator' })
  const answered = await ana.caller.post(`${path(body.created.id)}/messages`, { text: 'On Monday.' })
  expect(answered.status, JSON.stringify(answered.body)).toBe(201)
  await ana.caller.post(`${path(first)}/notes`, { text: 'A note on the first.' })
  await on.undo(first, body.mergeId)
  expect((await on.texts(first)).slice(-2)).toEqual(['When does it come, please?', 'On Monday.'])
  const { conversation, entries } = await on.shown(first)
  expect(conversation).toMatchObject({ messageCount: 4, status: 'active', preview: { text: 'On Monday.' } })
  expect(entries.some((entry: { text: string }) => entry.text === 'A note on the first.')).toBe(true)
})

test('what was remembered since a merge stays, and what came with it goes, key by key', async () => {
  const { first, second } = await on.pair()
  const memory = async (id: string) => (await ana.caller.get(`${path(id)}/memory`)).body.memory
  await ana.caller.patch(`${path(first)}/memory`, { memory: { size: 'small', colour: 'red' } })
  const { body } = await on.merge(first, second)
  expect(await memory(first)).toMatchObject({ city: 'Lyon', size: 'small', colour: 'red' })
  await ana.caller.patch(`${path(first)}/memory`, { memory: { size: 'large', floor: 4 } })
  await on.undo(first, body.mergeId)
  const { city, size, colour, floor } = await memory(first)
  expect({ city, size, colour, floor }).toEqual({ city: undefined, size: 'large', colour: 'red', floor: 4 })
  expect(await memory(second)).toMatchObject({ city: 'Lyon' })
})

test('merges and splits are undone in the order they were made, latest first', async () => {
  const { first, second, person } = await on.pair()
  const third = await on.store(person, [said('contact', 'And a third time', 5), said('agent', 'Yes?', 6)])
  const before = [await on.shown(first), await on.shown(second), await on.shown(third)]
  const one = (await on.merge(second, third)).body
  const two = (await on.merge(first, second)).body
  expect((await ana.caller.get(path(third))).body.details.into).toBe(first)
  const split = (await ana.caller.post(`${path(first)}/split`, { position: 4 })).body
  const listed = (await ana.caller.get(`${path(first)}/merges`)).body.items
  expect(
    listed.map((item: { kind: string; undoUntil: string | null }) => [item.kind, item.undoUntil !== null]),
  ).toEqual([
    ['split', true],
    ['merge', false],
  ])
  expect((await on.undo(first, two.mergeId)).body.code).toBe('merge.overtaken')
  for (const [id, mergeId] of [
    [first, split.mergeId],
    [first, two.mergeId],
    [second, one.mergeId],
  ]) {
    const done = await on.undo(id, mergeId)
    expect(done.status, JSON.stringify(done.body)).toBe(200)
  }
  expect([await on.shown(first), await on.shown(second), await on.shown(third)]).toEqual(before)
})

test('refused: itself, another contact, one that waits, another operator has it, another workspace, nothing left to split', async () => {
  const { first, second } = await on.pair()
  const { first: other } = await on.pair()
  const code = async (answer: Promise<{ body: { code: string } }>) => (await answer).body.code
  expect(await code(on.merge(first, first))).toBe('merge.same')
  expect(await code(on.merge(first, other))).toBe('merge.other_contact')
  expect(await code(app.south.people.ana.caller.post(`${path(first)}/merge`, { conversationId: second }))).toBe(
    'conversation.not_found',
  )
  expect(await code(ana.caller.post(`${path(first)}/split`, { position: 1 }))).toBe('split.nothing_left')
  expect(await code(ana.caller.post(`${path(first)}/split`, { position: 40 }))).toBe('split.nothing_left')
  await ana.caller.post(`${path(second)}/handoff`, {})
  expect(await code(on.merge(first, second))).toBe('merge.waiting')
  await ben.caller.put(`${path(second)}/control`, { control: 'operator' })
  expect(await code(on.merge(first, second))).toBe('conversation.taken')
  const mine = await ben.caller.post(`${path(first)}/merge`, { conversationId: second })
  expect(mine.body.conversation).toMatchObject({ status: 'active', messageCount: 6 })
  expect(await code(on.undo(other, mine.body.mergeId))).toBe('merge.not_found')
})
