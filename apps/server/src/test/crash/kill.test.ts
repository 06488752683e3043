/** `kill -9` under load: what was acknowledged is there, once, in order; and streams go on from where they were. */
import type { Entry } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Caller } from '../caller.ts'
import { Screen } from '../screen.ts'
import { until } from '../until.ts'
import { TestVisitor } from '../visitor.ts'
import { Fleet, type Talker } from './fleet.ts'
import { RealServer } from './real-server.ts'
import { ResumingStream } from './resuming-stream.ts'

const KILLS = 20
const OWNER = { name: 'Olga', email: 'olga@example.com', password: 'correct horse battery', workspaceName: 'North' }

let server: RealServer
let owner: Caller
let machine: Caller
let channelKey: string
beforeAll(async () => {
  server = await RealServer.create()
  await server.start()
  await new Caller(server.url, { origin: server.url }).post('/api/v1/setup', OWNER)
  owner = await Caller.signIn(server.url, OWNER.email, OWNER.password)
  const { body } = await owner.post('/api/v1/api-keys', { name: 'fleet', scopes: ['*'] })
  machine = Caller.withKey(server.url, body.key)
  channelKey = (await owner.get('/api/v1/channels')).body.items[0].key
}, 120_000)
afterAll(() => server?.stop(), 60_000)

/** An agent or a channel elsewhere, which takes turns between two conversations. */
const reporter = (name: string): Talker => ({
  name,
  everyMs: 0,
  send: (n) =>
    machine.post('/api/v1/ingest/messages', {
      conversation: { externalId: `${name}-${n % 2}` },
      message: { externalId: `${name}-${n}`, author: n % 3 === 0 ? 'agent' : 'contact', text: `${name} says ${n}` },
    }),
  read: ({ body }, n) => ({ ...body, key: `x:${name}-${n}`, text: `${name} says ${n}` }),
})

const talkingVisitor = (name: string, visitor: TestVisitor): Talker => ({
  name,
  everyMs: 2500, // as fast as a person may write
  send: (n) => visitor.say(`${name} says ${n}`, `${name}-${n}`),
  read: ({ body }, n) => ({
    conversationId: body.conversation.id,
    position: body.entry.position,
    key: `${name}-${n}`,
    text: `${name} says ${n}`,
  }),
})

/** What is killed, in turn: us, us, the database, both at once. */
async function killAndRecover(i: number): Promise<string> {
  if (i % 4 === 2) {
    const processes = server.killDatabase()
    await until(async () => (await owner.get('/readyz')).status === 200, 'it answers again', 60_000)
    return `database (${processes} processes)`
  }
  await server.kill()
  if (i % 4 === 3) server.killDatabase()
  await server.start()
  return i % 4 === 3 ? 'server and database' : 'server'
}

async function readLog(id: string): Promise<Entry[]> {
  const entries: Entry[] = []
  for (let after = 0; ; after = entries.at(-1)!.position) {
    const { status, body } = await owner.get(`/api/v1/conversations/${id}/entries?limit=200&after=${after}`)
    expect(status).toBe(200)
    entries.push(...(body.items as Entry[]).toReversed())
    if (body.items.length < 200) return entries
  }
}

test(`${KILLS} kills under load lose, double and disorder nothing`, { timeout: 600_000 }, async () => {
  const fleet = new Fleet()
  const visitors = await Promise.all(Array.from({ length: 6 }, () => TestVisitor.start(server.url, channelKey)))
  const streams = visitors.map((visitor) => new ResumingStream(visitor))
  for (const [i, visitor] of visitors.entries()) fleet.add(talkingVisitor(`visitor-${i}`, visitor))
  for (let i = 0; i < 6; i++) fleet.add(reporter(`reporter-${i}`))
  await until(() => fleet.authors.every(({ acknowledged }) => acknowledged.length > 1), 'everybody was heard')
  const ids = [...new Set(fleet.authors.flatMap(({ acknowledged }) => acknowledged.map((a) => a.conversationId)))]
  const screen = await Screen.open(owner, ids)

  const killed: string[] = []
  for (let i = 0; i < KILLS; i++) {
    const before = fleet.acknowledged
    await until(() => fleet.acknowledged >= before + 5 + ((i * 37) % 60), 'the fleet is heard again', 60_000)
    killed.push(await killAndRecover(i))
  }
  const before = fleet.acknowledged
  await until(() => fleet.acknowledged > before + 20, 'the fleet is heard at the end', 60_000)
  await fleet.stop()
  await expectNothingLost(fleet)
  for (const id of ids) await screen.untilCurrent(id)
  for (const id of ids)
    expect(screen.entries.get(id)!.entries).toEqual(await newest(id, screen.entries.get(id)!.entries.length))
  for (const stream of streams) await stream.expectComplete()
  screen.close()
  const kinds = Object.entries(Object.groupBy(killed, (kind) => kind.replace(/ \(.*/, ''))).map(
    ([k, v]) => `${v!.length} × ${k}`,
  )
  process.stdout.write(
    `kill -9: ${killed.length} (${kinds.join(', ')}); ${fleet.acknowledged} messages acknowledged to ${fleet.authors.length} authors in ${fleet.tries} tries, ` +
      `${fleet.failures} of which failed; lost 0, doubled 0, out of order 0; ${streams.reduce((n, s) => n + s.opened, 0)} visitor streams opened\n`,
  )
})

const newest = async (id: string, count: number) => (await readLog(id)).slice(-count)

async function expectNothingLost(fleet: Fleet): Promise<void> {
  const acknowledged = fleet.authors.flatMap((author) => author.acknowledged)
  const logs = new Map<string, Entry[]>()
  for (const id of new Set(acknowledged.map((a) => a.conversationId))) logs.set(id, await readLog(id))
  for (const [id, log] of logs) {
    expect(
      log.map((e) => e.position),
      `positions of ${id}`,
    ).toEqual(log.map((_, i) => i + 1))
    const keys = log.flatMap((e) => e.clientKey ?? [])
    expect(new Set(keys).size, `doubled in ${id}`).toBe(keys.length)
  }
  const lost = acknowledged.filter(({ conversationId, position, key, text }) => {
    const entry = logs.get(conversationId)![position - 1]
    return entry?.clientKey !== key || entry.text !== text
  })
  expect(lost).toEqual([])
  for (const { name, acknowledged: own } of fleet.authors) {
    for (const id of new Set(own.map((a) => a.conversationId))) {
      const positions = own.filter((a) => a.conversationId === id).map((a) => a.position)
      expect(positions, `the order of ${name}`).toEqual(positions.toSorted((a, b) => a - b))
    }
  }
  // Nothing is there that nobody said: agents of ours answer the visitors, everything else was acknowledged.
  const known = new Set(acknowledged.map((a) => a.key))
  const strange = [...logs.values()].flat().filter((e) => e.author.kind === 'contact' && !known.has(e.clientKey ?? ''))
  expect(strange).toEqual([])
}
