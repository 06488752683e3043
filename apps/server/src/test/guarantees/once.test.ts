/** The same thing at the same time, through every door and on two nodes: it happens once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../app.ts'
import { startTestApp, type TestApp } from '../app.ts'
import type { Answer, Caller } from '../caller.ts'
import { TestVisitor } from '../visitor.ts'
import { maker } from './maker.ts'

let app: TestApp
let second: App
let channelKey: string
beforeAll(async () => {
  app = await startTestApp()
  second = await app.startSecondNode()
  channelKey = (await app.north.machine.get('/api/v1/channels')).body.items[0].key
})
afterAll(() => app?.stop())

/** Half of them at each node. */
const tenTimes = (caller: Caller, ask: (caller: Caller) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: 10 }, (_, i) => ask(i % 2 ? caller : caller.at(second.url))))

async function countEntries(conversationId: string, kind: string, text: string): Promise<number> {
  const { rows } = await app.database.owner.query<{ n: number }>(
    'select count(*)::int as n from entry where conversation_id = $1 and kind = $2 and text = $3',
    [conversationId, kind, text],
  )
  return rows[0]!.n
}

const statuses = (answers: Answer[]) => answers.map(({ status }) => status).toSorted()
const ONE_CREATED = [...Array(9).fill(200), 201]

type Say = (caller: Caller, path: string) => Promise<Answer>
const DOORS: [string, kind: string, Say][] = [
  ['an answer by its clientKey', 'message', (c, p) => c.post(`${p}/messages`, { text: 'once', clientKey: 'k1' })],
  [
    'an answer by its Idempotency-Key',
    'message',
    (c, p) => c.post(`${p}/messages`, { text: 'once' }, { 'idempotency-key': 'k2' }),
  ],
  ['a note', 'note', (c, p) => c.post(`${p}/notes`, { text: 'once', clientKey: 'k3' })],
  ['coaching', 'coaching', (c, p) => c.post(`${p}/coaching`, { text: 'once', clientKey: 'k4' })],
]
test.each(DOORS)('%s sent ten times in parallel is stored once', async (_, kind, say) => {
  const id = await maker(app, app.north).takenOver()
  const path = `/api/v1/conversations/${id}`
  const answers = await tenTimes(app.north.people.owner.caller, (caller) => say(caller, path))
  expect(statuses(answers)).toEqual(ONE_CREATED)
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  expect(await countEntries(id, kind, 'once')).toBe(1)
})

test('a message by ingest sent ten times in parallel is stored once, also as the first of its conversation', async () => {
  for (const externalId of ['m1', 'm2']) {
    const body = { conversation: { externalId: 'once' }, message: { externalId, author: 'contact', text: externalId } }
    const answers = await tenTimes(app.north.machine, (caller) => caller.post('/api/v1/ingest/messages', body))
    expect(statuses(answers)).toEqual(ONE_CREATED)
    expect(new Set(answers.map((a) => `${a.body.conversationId} ${a.body.position}`)).size).toBe(1)
    expect(await countEntries(answers[0]!.body.conversationId, 'message', externalId)).toBe(1)
  }
})

test('a whole conversation sent ten times in parallel is there once, with its cast', async () => {
  const whole = { ...maker(app, app.north).wholeConversation(), agent: 'Once Agent', flow: 'Once Flow' }
  const answers = await tenTimes(app.north.machine, (caller) =>
    caller.post('/api/v1/ingest/conversations', { items: [whole, whole] }),
  )
  const results = answers.flatMap(({ body }) => body.results)
  expect(new Set(results.map(({ id }) => id)).size).toBe(1)
  expect(results.filter(({ status }) => status === 'refused')).toEqual([])
  const { rows } = await app.database.owner.query(
    `select (select count(*)::int from entry where conversation_id = $1) as entries,
       (select count(*)::int from agent where name = 'Once Agent') as agents, (select count(*)::int from flow where name = 'Once Flow') as flows,
       (select count(*)::int from contact where name = $2) as contacts`,
    [results[0].id, whole.contact.name],
  )
  expect(rows).toEqual([{ entries: 2, agents: 1, flows: 1, contacts: 1 }])
})

test("a visitor's message sent ten times in parallel is stored once", async () => {
  const visitor = await TestVisitor.start(app.url, channelKey)
  for (const text of ['first', 'second']) {
    const said = { text, clientKey: `key of ${text}` }
    const answers = await tenTimes(visitor.caller, (caller) => caller.post('/widget/v1/messages', said))
    expect(statuses(answers)).toEqual(ONE_CREATED)
    expect(await countEntries(answers[0]!.body.conversation.id, 'message', text)).toBe(1)
  }
})

test('thirty first messages of one visitor at once begin one conversation of one contact, with all thirty in it', async () => {
  const visitor = await TestVisitor.start(app.url, channelKey, { name: 'Thirty' })
  const elsewhere = visitor.caller.at(second.url)
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      (i % 2 ? visitor.caller : elsewhere).post('/widget/v1/messages', {
        text: `number ${i}`,
        clientKey: `number ${i}`,
      }),
    ),
  )
  expect(new Set(statuses(answers))).toEqual(new Set([201]))
  const ids = new Set(answers.map(({ body }) => body.conversation.id))
  expect(ids.size).toBe(1)
  const { rows } = await app.database.owner.query(
    `select count(*)::int as said, (select count(*)::int from contact where name = 'Thirty') as contacts
       from entry where conversation_id = $1 and author_kind = 'contact'`,
    [[...ids][0]],
  )
  expect(rows).toEqual([{ said: 30, contacts: 1 }])
})

test('the same agent draft sent ten times in parallel is one entry, and after a take-over one suppressed draft', async () => {
  const id = await maker(app, app.north).conversation()
  const say = (services: typeof app.app.node.services, clientKey: string, epoch: number) =>
    services.append({
      workspaceId: app.north.id,
      conversationId: id,
      kind: 'message',
      author: { kind: 'agent', id: null, name: 'Freya' },
      text: 'once',
      clientKey,
      epoch,
    })
  const all = (clientKey: string) =>
    Promise.all(
      Array.from({ length: 10 }, (_, i) => say(i % 2 ? app.app.node.services : second.node.services, clientKey, 1)),
    )
  expect((await all('turn-1')).map(({ outcome }) => outcome).toSorted()).toEqual([
    'appended',
    ...Array(9).fill('duplicate'),
  ])
  await app.north.people.ana.caller.put(`/api/v1/conversations/${id}/control`, { control: 'operator' })
  expect(new Set((await all('turn-2')).map(({ outcome }) => outcome))).toEqual(new Set(['stale']))
  // What was accepted before is a repeat, not a late word, even now.
  expect(new Set((await all('turn-1')).map(({ outcome }) => outcome))).toEqual(new Set(['duplicate']))
  const { rows } = await app.database.owner.query(
    'select count(*)::int as n from suppressed_draft where conversation_id = $1',
    [id],
  )
  expect(rows).toEqual([{ n: 1 }])
  expect(await countEntries(id, 'message', 'once')).toBe(1)
})
