/** Notifications: who is told of what, once, and never of their own acts; pushes that a push service can read. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAfter } from '../platform/events.ts'
import { startTestApp, type TestApp } from '../test/app.ts'
import type { Caller } from '../test/caller.ts'
import { until } from '../test/until.ts'
import { TestVisitor } from '../test/visitor.ts'
import { isQuiet } from './choices.ts'
import { tellAll } from './follow.ts'
import { makeBrowser, type PushStandIn, readVapid, startPushStandIn } from './push-stand-in.fixture.ts'

let app: TestApp
let pushes: PushStandIn
let channelKey: string
beforeAll(async () => {
  pushes = await startPushStandIn()
  app = await startTestApp({ config: { allowPrivateAddresses: ['127.0.0.0/8'] } })
  channelKey = (await app.north.people.owner.caller.get('/api/v1/channels')).body.items[0].key
})
afterAll(async () => {
  await app?.stop()
  await pushes?.stop()
})

const LIST = '/api/v1/notifications'
const at = (id: string, rest = '') => `/api/v1/conversations/${id}${rest}`
type Shown = { id: string; kind: string; conversation: { id: string }; by: string | null; excerpt: string | null }
const unread = async (caller: Caller): Promise<Shown[]> => (await caller.get(`${LIST}?unread=true`)).body.items
const ofConversation = async (caller: Caller, id: string): Promise<Shown[]> =>
  (await unread(caller)).filter(({ conversation }) => conversation.id === id)
const kinds = async (caller: Caller, id: string) => (await ofConversation(caller, id)).map(({ kind }) => kind)

async function talk(name: string): Promise<{ id: string; visitor: TestVisitor }> {
  const visitor = await TestVisitor.start(app.url, channelKey, { name })
  await visitor.say('Hello')
  const { items } = (await app.north.people.owner.caller.get('/api/v1/conversations?limit=20')).body
  const found = items.find((c: { contact: { name: string } }) => c.contact.name === name)
  return { id: found.id, visitor }
}

test('a handoff is told to all who can answer but the one who asked, until somebody takes it', async () => {
  const { ana, ben, viewer, owner } = app.north.people
  const { id } = await talk('Handoff')
  await ana.caller.post(at(id, '/handoff'), { reason: 'Too hard' })
  await until(async () => (await kinds(ben.caller, id)).includes('handoff'), 'Ben is told')
  expect((await ofConversation(ben.caller, id)).find(({ kind }) => kind === 'handoff')).toMatchObject({ by: 'Ana' })
  expect(await kinds(owner.caller, id)).toContain('handoff')
  expect(await kinds(ana.caller, id)).not.toContain('handoff')
  expect(await kinds(viewer.caller, id)).toEqual([])
  expect(await unread(app.south.people.ben.caller)).toEqual([])
  await ben.caller.put(at(id, '/control'), { control: 'operator', announce: false })
  await until(async () => !(await kinds(owner.caller, id)).includes('handoff'), 'the others need not look')
})

test('a mention and an answer are told to whom they concern, once until they look', async () => {
  const { ana, ben } = app.north.people
  const { id, visitor } = await talk('Mention')
  await ana.caller.put(at(id, '/control'), { control: 'operator', announce: false })
  const mentions = [ben.memberId, ana.memberId]
  for (const line of ['One', 'Two', 'Three']) await visitor.say(line)
  // The feed is followed in order: who hears of the note has heard of the lines before it.
  await ana.caller.post(at(id, '/notes'), { text: '@Ben the crane needs a permit', mentions, clientKey: 'n' })
  await ana.caller.post(at(id, '/notes'), { text: '@Ben the crane needs a permit', mentions, clientKey: 'n' })
  await until(async () => (await kinds(ana.caller, id)).includes('reply'), 'Ana hears of the answer')
  await until(async () => (await kinds(ben.caller, id)).includes('mention'), 'Ben hears of the mention')
  expect(await ofConversation(ben.caller, id)).toMatchObject([
    { kind: 'mention', by: 'Ana', excerpt: '@Ben the crane needs a permit' },
  ])
  expect(await kinds(ana.caller, id)).toEqual(['reply'])
  await ana.caller.post(`${LIST}/read`, { conversationId: id })
  expect(await kinds(ana.caller, id)).toEqual([])
  await visitor.say('Four')
  await until(async () => (await kinds(ana.caller, id)).length === 1, 'Ana hears again')
  // Another person's notifications are not read for them.
  const [bens] = await ofConversation(ben.caller, id)
  await ana.caller.post(`${LIST}/read`, { ids: [bens!.id] })
  expect(await kinds(ben.caller, id)).toEqual(['mention'])
})

test('the feed met again tells nobody twice', async () => {
  const { ana, ben } = app.north.people
  const { id } = await talk('Again')
  await ana.caller.post(at(id, '/notes'), { text: '@Ben', mentions: [ben.memberId] })
  await until(async () => (await kinds(ben.caller, id)).length === 1, 'Ben is told')
  await ben.caller.post(`${LIST}/read`, { all: true })
  // As after a crash: the follower begins before what it has told.
  const { db } = app.app.node.database
  await tellAll(app.app.node.services, await readAfter(db, { xid: '0', id: '0' }, 10_000))
  expect(await unread(ben.caller)).toEqual([])
})

test('a push is encrypted for its browser, signed by us, tried again, and forgotten with the browser', async () => {
  const { ana, ben } = app.north.people
  const browser = makeBrowser(pushes.origin)
  const { publicKey } = (await ben.caller.get(`${LIST}/push`)).body
  const added = await ben.caller.post(`${LIST}/push`, { endpoint: browser.endpoint, keys: browser.keys })
  expect(added.status).toBe(200)
  const { id } = await talk('Push')
  await ana.caller.post(at(id, '/notes'), { text: 'secret words @Ben', mentions: [ben.memberId] })
  const toBen = () => pushes.taken.filter(({ path }) => browser.endpoint.endsWith(path))
  await until(() => toBen().length === 1, 'the push arrives')
  const [push] = toBen()
  expect(push!.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '3600' })
  const { claims, key } = readVapid(push!.headers.authorization!)
  expect([claims.aud, key]).toEqual([pushes.origin, publicKey])
  const message = browser.read(push!.body)
  expect(message).toMatchObject({ title: 'Ana mentioned you', url: `/conversations/${id}` })
  expect(JSON.stringify(message)).not.toContain('secret words')

  // Busy once: it comes later. Gone: the browser is forgotten.
  pushes.answers.push(503, 410)
  expect((await ben.caller.post(`${LIST}/push/test`)).body).toMatchObject({
    sent: 0,
    failed: [expect.stringMatching(/503/)],
  })
  expect((await ben.caller.post(`${LIST}/push/test`)).body).toMatchObject({
    sent: 0,
    failed: [expect.stringMatching(/410/)],
  })
  expect((await ben.caller.post(`${LIST}/push/test`)).body).toEqual({ sent: 0, failed: [] })
})

test('who chose another way is told so, and a handoff nobody wants is told to all', async () => {
  const { ana, ben, owner } = app.north.people
  const off = { screen: false, sound: false, push: false }
  const all = [ana, ben, owner]
  for (const { caller } of all) {
    const { body } = await caller.get(`${LIST}/choices`)
    await caller.put(`${LIST}/choices`, { ...body, kinds: { ...body.kinds, handoff: off, mention: off } })
  }
  const { id } = await talk('Unwanted')
  await ana.caller.post(at(id, '/notes'), { text: '@Ben', mentions: [ben.memberId] })
  await app.north.machine.post(at(id, '/handoff'), { reason: 'Too hard' })
  await until(async () => (await kinds(ben.caller, id)).includes('handoff'), 'somebody is told')
  expect(await kinds(ben.caller, id)).not.toContain('mention')
  const bad = await ben.caller.put(`${LIST}/choices`, { kinds: {}, quiet: {} })
  expect(bad.status).toBe(400)
})

test('quiet hours cross midnight, in the time zone of the person, and let what is past its target through', () => {
  const quiet = { on: true, from: '22:00', to: '07:00', timeZone: 'Europe/Helsinki', pastTargetComesThrough: true }
  const choices = { kinds: {} as never, quiet }
  const time = (hour: string) => new Date(`2026-11-21T${hour}:00Z`)
  expect(['19:59', '20:00', '23:00', '04:59', '05:00'].map((hour) => isQuiet(choices, 'reply', time(hour)))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ])
  expect(isQuiet(choices, 'sla', time('23:00'))).toBe(false)
  expect(isQuiet({ ...choices, quiet: { ...quiet, on: false } }, 'reply', time('23:00'))).toBe(false)
})
