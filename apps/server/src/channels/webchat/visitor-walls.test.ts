/** What keeps visitors apart: from each other, from what operators say among themselves, from pages that are not listed, and from blocks. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { Caller } from '../../test/caller.ts'
import { TestVisitor } from '../../test/visitor.ts'

let app: TestApp
let widget: { id: string; key: string }
beforeAll(async () => {
  app = await startTestApp()
  widget = (await app.north.machine.get('/api/v1/channels')).body.items[0]
})
afterAll(() => app?.stop())

const newChannel = async (given: object = {}) =>
  (await app.north.machine.post('/api/v1/channels', { name: 'Test', kind: 'widget', ...given })).body
const visit = (key = widget.key, given: object = {}) => TestVisitor.start(app.url, key, given)

describe('walls', () => {
  test('two visitors see nothing of each other', async () => {
    const [a, b] = [await visit(), await visit()]
    await a.say('Secret of A')
    await b.say('Secret of B')
    const seen = await b.caller.get('/widget/v1/messages')
    expect(JSON.stringify(seen.body)).not.toContain('Secret of A')
    const uploaded = await a.upload('a.txt', 'text of A')
    expect((await b.say('mine', crypto.randomUUID(), { attachmentIds: [uploaded.body.id] })).status).toBe(404)
  })

  test('notes, coaching, functions and activities without words for the contact never leave', async () => {
    const visitor = await visit()
    const { body } = await visitor.say('Hello')
    const id = body.conversation.id
    const { ana } = app.north.people
    await ana.caller.put(`/api/v1/conversations/${id}/control`, { control: 'operator' })
    await ana.caller.post(`/api/v1/conversations/${id}/notes`, { text: 'HIDDEN note' })
    await ana.caller.post(`/api/v1/conversations/${id}/coaching`, { text: 'HIDDEN coaching' })
    const functionCall = { name: 'HIDDEN', parameters: {}, result: null, status: 'ok' as const, durationMs: 1 }
    const item = {
      workspaceId: app.north.id,
      conversationId: id,
      text: null,
      author: { kind: 'system' as const, id: null, name: null },
    }
    await app.app.node.services.append({ ...item, kind: 'function_call', data: { functionCall }, origin: 'history' })
    await app.app.node.services.append({ ...item, kind: 'activity', text: 'HIDDEN', data: { type: 'HIDDEN' } })
    await ana.caller.post(`/api/v1/conversations/${id}/messages`, { text: 'Hello, Ana here' })
    const listening = await visitor.listen()
    await listening.until((l) => l.texts.includes('Hello, Ana here'))
    listening.close()
    const resumed = await visit(widget.key, { token: visitor.token })
    const page = await visitor.caller.get('/widget/v1/messages')
    for (const shown of [
      JSON.stringify(listening.heard),
      JSON.stringify(resumed.session.body),
      JSON.stringify(page.body),
    ]) {
      expect(shown).not.toContain('HIDDEN')
      expect(shown).toContain('Ana joined the conversation.')
      expect(shown).toContain('Hello, Ana here')
    }
    const texts = ['Hello', 'Ana joined the conversation.', 'Hello, Ana here']
    expect(listening.texts).toEqual(texts)
    expect(page.body.entries.map((e: { text: string }) => e.text)).toEqual(texts)
    expect(resumed.session.body.entries.map((e: { text: string }) => e.text)).toEqual(texts)
    expect(resumed.session.body.conversation.handler).toEqual({ kind: 'operator', name: 'Ana' })
  })

  test("a visitor's token opens nothing of the operators' API, and a key nothing of the visitors'", async () => {
    const visitor = await visit()
    expect((await visitor.caller.get('/api/v1/conversations')).status).toBe(401)
    expect((await app.north.machine.get('/widget/v1/messages')).status).toBe(401)
  })
})

describe('a blocked contact', () => {
  test('is stored and not answered; nobody is queued, now and in the next conversation', async () => {
    const channel = await newChannel({ agentId: null })
    const visitor = await visit(channel.key)
    const { body } = await visitor.say('Hello')
    const contactId = (await app.north.machine.get(`/api/v1/conversations/${body.conversation.id}`)).body.contact.id
    const block = { channelId: channel.id, reason: 'abuse' }
    const blocked = await app.north.people.ana.caller.post(`/api/v1/contacts/${contactId}/block`, block)
    expect(blocked.body.blocks).toMatchObject([{ channelId: channel.id, reason: 'abuse', by: 'Ana' }])

    expect((await visitor.say('You cannot hear me?')).status).toBe(201)
    const now = await app.north.machine.get(`/api/v1/conversations/${body.conversation.id}`)
    expect(now.body).toMatchObject({ blocked: true, handoff: null, preview: { text: 'You cannot hear me?' } })
    const id = body.conversation.id
    await app.database.owner.query(
      `update conversation set status = 'closed', ended_at = now() - interval '73 hours' where id = $1`,
      [id],
    )
    const next = await visitor.say('New try')
    const second = await app.north.machine.get(`/api/v1/conversations/${next.body.conversation.id}`)
    expect(second.body).toMatchObject({ blocked: true, handoff: null })

    await app.north.people.ana.caller.post(`/api/v1/contacts/${contactId}/unblock`, { channelId: channel.id })
    const freed = await app.north.machine.get(`/api/v1/conversations/${next.body.conversation.id}`)
    expect(freed.body).toMatchObject({ blocked: false, handoff: { state: 'queued' } })
  })
})

describe('origins', () => {
  const from = (origin: string) => ({ origin })
  test('outside the list of the channel are refused; on the list they may read; never with credentials', async () => {
    const channel = await newChannel({ widget: { allowedOrigins: ['https://shop.example'] } })
    const refused = await TestVisitor.start(app.url, channel.key, {}, from('https://evil.example'))
    expect(refused.session).toMatchObject({ status: 403, body: { code: 'auth.origin' } })
    const visitor = await TestVisitor.start(app.url, channel.key, {}, from('https://shop.example'))
    expect(visitor.session.status).toBe(200)
    expect(visitor.session.headers.get('access-control-allow-origin')).toBe('https://shop.example')
    expect(visitor.session.headers.get('access-control-allow-credentials')).toBeNull()
    const stolen = new Caller(app.url, { authorization: `Bearer ${visitor.token}`, origin: 'https://evil.example' })
    expect((await stolen.get('/widget/v1/messages')).status).toBe(403)
    expect((await TestVisitor.start(app.url, channel.key, {}, from(app.url))).session.status).toBe(200)
  })

  test('are asked before: the answer names the page that asks', async () => {
    const headers = {
      origin: 'https://shop.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    }
    const answer = await new Caller(app.url).send('OPTIONS', '/widget/v1/messages', undefined, headers)
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example')
    expect(answer.headers.get('access-control-allow-headers')).toContain('authorization')
  })
})
