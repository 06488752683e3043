/** A simulated visitor's whole talk, through the visitor API over real HTTP, answered by the real agent and operators. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { personOf } from '../people.ts'
import { chanceOf } from '../random.ts'
import { startDemo } from '../start-demo.ts'
import { closeLeft } from './crowd.ts'
import { serveWaiting } from './duty.ts'
import { paceOf } from './pace.ts'
import { loadTalks, readTalks, type Talk } from './talks.ts'
import { visit } from './visit.ts'

let app: TestApp
let channelKey: string
beforeAll(async () => {
  app = await startTestApp()
  const { rows } = await app.database.owner.query(
    "select key from channel where workspace_id = $1 and kind = 'widget'",
    [app.north.id],
  )
  channelKey = rows[0].key
})
afterAll(() => app.stop())

const chance = chanceOf('test')
const person = personOf('en', 3, chance)
const signal = new AbortController().signal
const pace = paceOf(chance, 0, signal)
const talk = (text: string): Talk => readTalks(`# t\npage: /delivery\n${text}`)[0]!
const conversation = async (id: string) => (await app.north.people.ana.caller.get(`/api/v1/conversations/${id}`)).body
const entries = async (id: string) =>
  (await app.north.people.ana.caller.get(`/api/v1/conversations/${id}/entries`)).body.items.toReversed()

test('a visitor asks, is answered from the articles each time, rates, and leaves', async () => {
  const given = talk('C: Hello, how long does delivery take?\nC: How much is shipping?\nC: Thanks!\nrate: 5 Quick')
  const { conversationId, finished } = await visit(given, person, { url: app.url, channelKey, pace, signal })
  expect(finished).toBe(true)
  const said = (await entries(conversationId!)).filter(({ kind }: { kind: string }) => kind === 'message')
  expect(said.map(({ author }: { author: { kind: string } }) => author.kind)).toEqual([
    'contact',
    'agent',
    'contact',
    'agent',
    'contact',
    'agent',
  ])
  expect(said[1].text).toContain('3 to 5 working days')
  expect(said[3].text).toContain('4.90')
  expect(await conversation(conversationId!)).toMatchObject({
    status: 'active',
    channel: { kind: 'widget' },
    contact: { name: person.name },
    rating: { stars: 5, comment: 'Quick' },
  })
  await closeLeft(app.north.ctx, conversationId!)
  expect(await conversation(conversationId!)).toMatchObject({ status: 'closed', endReason: 'inactivity' })
})

test('a visitor who asks for a person waits, is answered by an operator of the demo, and it is closed', async () => {
  const { ana } = app.north.people
  const given = talk(
    'C: I would like to talk to a person please\nO: Hello {name}, what is your order number?\nC: It is A-1\nO: Thank you, a new one is on its way.\nC: Great!',
  )
  const duty = { ctx: app.north.ctx, bus: app.app.node.bus, pace, operators: [{ id: ana.memberId, name: ana.name }] }
  let served: Promise<boolean> | undefined
  const onWaiting = (id: string) => {
    served ??= serveWaiting(id, person.name, given.operator, duty)
  }
  const { conversationId, finished } = await visit(given, person, { url: app.url, channelKey, pace, signal, onWaiting })
  expect(await served).toBe(true)
  expect(finished).toBe(true)
  const spoken = (await entries(conversationId!)).filter(
    ({ author }: { author: { kind: string } }) => author.kind === 'operator',
  )
  expect(spoken.map(({ text }: { text: string }) => text)).toEqual([
    `Hello ${person.first}, what is your order number?`,
    'Thank you, a new one is on its way.',
  ])
  expect(await conversation(conversationId!)).toMatchObject({
    status: 'closed',
    outcome: 'transferred',
    handoff: { state: 'accepted', by: 'contact' },
  })
})

test('somebody real who was faster keeps the conversation', async () => {
  const { ana, ben } = app.north.people
  const given = talk('C: I want to talk to a human\nO: Hello {name}')
  let id = ''
  const onWaiting = async (waiting: string) => {
    id = waiting
    await ben.caller.put(`/api/v1/conversations/${id}/control`, { control: 'operator' })
    const duty = { ctx: app.north.ctx, bus: app.app.node.bus, pace, operators: [{ id: ana.memberId, name: ana.name }] }
    expect(await serveWaiting(id, person.name, given.operator, duty)).toBe(false)
    await ben.caller.post(`/api/v1/conversations/${id}/messages`, { text: 'Ben here' })
  }
  let taken: Promise<void> | undefined
  await visit(given, person, {
    url: app.url,
    channelKey,
    pace,
    signal,
    onWaiting: (waiting) => {
      taken = onWaiting(waiting)
    },
  })
  await taken
  await closeLeft(app.north.ctx, id)
  expect(await conversation(id)).toMatchObject({ status: 'active', control: 'operator', assignee: { name: 'Ben' } })
})

test('every question of the talks is one the sample articles answer, or one that ends with a person or a visitor who leaves', () => {
  const talks = loadTalks()
  expect(talks.length).toBeGreaterThanOrEqual(15)
  expect(new Set(talks.map(({ id }) => id)).size).toBe(talks.length)
  for (const { id, steps } of talks)
    expect(
      steps.some(({ does }) => does === 'says'),
      id,
    ).toBe(true)
})

test('the demo starts at once, with a link that signs its owner in, and stops', async () => {
  const { services, bus } = app.app.node
  const demo = await startDemo({ services, bus, url: app.url })
  const link = new URL(demo.signInUrl)
  const reply = await fetch(`${app.url}${link.pathname}`, { redirect: 'manual' })
  expect(reply.status).toBe(303)
  const cookie = reply.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const me = await fetch(`${app.url}/api/v1/me`, { headers: { cookie } })
  expect(await me.json()).toMatchObject({ workspace: { name: 'Lamp & Loft (demo)' }, member: { role: 'owner' } })
  await demo.stop()
})
