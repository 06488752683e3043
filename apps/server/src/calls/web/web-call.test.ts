/** A visitor's call: only where it is offered, one for each key and visitor, resumable, and without a word of who listens; then its wrap-up. */
import { randomUUID } from 'node:crypto'
import type { Call, Channel, VisitorCall } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../test/until.ts'
import { TestVisitor } from '../../test/visitor.ts'
import { type CallApp, startCallApp } from '../calls.fixture.ts'

let rig: CallApp
let channel: Channel
beforeAll(async () => {
  rig = await startCallApp()
  const { items } = (await rig.people.owner.caller.get('/api/v1/channels')).body
  channel = items.find(({ kind }: Channel) => kind === 'widget')
})
afterAll(() => rig.stop())

const offer = (voice: boolean) => rig.people.owner.caller.patch(`/api/v1/channels/${channel.id}`, { widget: { voice } })
const visit = (name: string) => TestVisitor.start(rig.app.url, channel.key, { name })
const ring = (visitor: TestVisitor, key: string = randomUUID()) => visitor.caller.post('/widget/v1/voice', { key })
const seen = async (visitor: TestVisitor): Promise<VisitorCall> =>
  (await visitor.caller.get('/widget/v1/voice')).body.call
const callOf = async (conversationId: string): Promise<Call> =>
  (await rig.people.owner.caller.get(`/api/v1/conversations/${conversationId}/call`)).body

test('a channel that offers no calls takes none, and a stranger gets in nowhere', async () => {
  await offer(false)
  const visitor = await visit('Early')
  expect(visitor.session.body.channel.voice).toBe(false)
  expect((await ring(visitor)).body.code).toBe('call.not_offered')
  const stranger = await fetch(`${rig.app.url}/widget/v1/voice`, { method: 'POST' })
  expect(stranger.status).toBe(401)
})

test('the same key is the same call, also for a page that was loaded again; nobody else’s key is', async () => {
  await offer(true)
  const [carla, other] = [await visit('Carla'), await visit('Somebody else')]
  await carla.say('Hello?')
  const key = randomUUID()
  const answers = await Promise.all([ring(carla, key), ring(carla, key), ring(carla, key)])
  // Who was overtaken in the same instant asks again, as the widget does.
  const done = answers.filter(({ status }) => status === 200)
  const first = done[0]!.body
  expect(new Set(done.map(({ body }) => body.call.id)).size).toBe(1)
  expect(first.mediaUrl).toMatch(/\/media\?token=[\w-]{20,}$/)
  // In the conversation that was there.
  expect(first.conversation.lastPosition).toBeGreaterThan(0)
  expect((await ring(carla)).body).toMatchObject({ call: { id: first.call.id }, mediaUrl: first.mediaUrl })

  const theirs = (await ring(other, key)).body
  expect(theirs.call.id).not.toBe(first.call.id)
  expect(theirs.mediaUrl).not.toBe(first.mediaUrl)
  expect((await seen(other)).id).toBe(theirs.call.id)
})

test('the caller sees who speaks and how it ended, and nothing of who listens', async () => {
  const visitor = await visit('Jonas')
  const key = randomUUID()
  const { call, conversation } = (await ring(visitor, key)).body
  rig.engine.comes(call.id)
  await until(async () => (await seen(visitor)).state === 'agent', 'the agent speaks')
  const { ana, ben } = rig.people
  const listening = await ana.caller.post(`/api/v1/conversations/${conversation.id}/call/listen`, {
    opId: randomUUID(),
    version: (await callOf(conversation.id)).version,
  })
  rig.engine.answers(call.id, listening.body.ticket.leg)
  const view = await seen(visitor)
  expect(JSON.stringify(view)).not.toContain(ana.memberId)
  expect(Object.keys(view).sort()).toEqual(
    ['answeredAt', 'end', 'endedAt', 'id', 'name', 'position', 'recording', 'startedAt', 'state'].sort(),
  )

  const { version } = await callOf(conversation.id)
  const taken = await ana.caller.post(`/api/v1/conversations/${conversation.id}/call/takeover`, {
    opId: randomUUID(),
    version,
    leg: listening.body.ticket.leg,
  })
  expect(taken.status).toBe(200)
  expect(await seen(visitor)).toMatchObject({ state: 'person', name: taken.body.call.holder.name })

  rig.engine.ends(call.id, 'caller_hung_up')
  await until(async () => (await seen(visitor)).state === 'ended', 'it has ended')
  expect(await seen(visitor)).toMatchObject({ end: 'you' })
  // A key that is used up opens nothing; a new one is a new call.
  expect((await ring(visitor, key)).body.mediaUrl).toBeNull()

  const waiting = async (who: typeof ana) =>
    (await who.caller.get('/api/v1/calls/wrap-ups')).body.items.map(({ callId }: { callId: string }) => callId)
  expect(await waiting(ana)).toEqual([call.id])
  expect(await waiting(ben)).toEqual([])
  const saved = { state: 'saved', note: 'Was friendly.', promises: [{ text: 'Call back', done: false }] }
  expect((await ben.caller.put(`/api/v1/calls/wrap-ups/${call.id}`, saved)).status).toBe(404)
  expect((await ana.caller.put(`/api/v1/calls/wrap-ups/${call.id}`, { ...saved, state: 'later' })).status).toBe(200)
  expect(await waiting(ana)).toEqual([call.id])
  expect((await ana.caller.put(`/api/v1/calls/wrap-ups/${call.id}`, saved)).status).toBe(200)
  expect(await waiting(ana)).toEqual([])
})

test('a first call is spoken on by who made it, and by nobody else', async () => {
  const { ana, ben, viewer } = rig.people
  const body = { key: randomUUID(), channelId: channel.id }
  expect((await viewer.caller.post('/api/v1/calls/try', body)).status).toBe(403)
  const { call, ticket } = (await ana.caller.post('/api/v1/calls/try', body)).body
  expect(ticket.role).toBe('caller')
  expect((await ana.caller.post('/api/v1/calls/try', body)).body.call.id).toBe(call.id)
  rig.engine.comes(call.id)
  await until(async () => (await callOf(call.conversationId)).state === 'ai', 'the agent speaks')
  const line = { text: 'How long does delivery take?', part: 'words' }
  expect((await ben.caller.post(`/api/v1/calls/try/${call.id}/say`, line)).status).toBe(404)
  expect((await ana.caller.post(`/api/v1/calls/try/${call.id}/say`, line)).status).toBe(200)
  const { items } = (await ana.caller.get(`/api/v1/conversations/${call.conversationId}/entries?limit=50`)).body
  const said = items.find(({ text }: { text: string | null }) => text === line.text)
  expect(said).toMatchObject({ author: { kind: 'contact' }, data: { call: { source: 'script' } } })
})
