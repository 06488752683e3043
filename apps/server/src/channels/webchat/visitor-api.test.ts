/** The visitor API, as a page meets it: over HTTP, on a real database. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { Caller } from '../../test/caller.ts'
import { TestVisitor } from '../../test/visitor.ts'

let app: TestApp
let widget: { id: string; key: string }
beforeAll(async () => {
  app = await startTestApp()
  widget = await channelOf('widget')
})
afterAll(() => app?.stop())

async function channelOf(kind: string): Promise<{ id: string; key: string }> {
  const { body } = await app.north.machine.get('/api/v1/channels')
  return body.items.find((c: { kind: string }) => c.kind === kind)
}
const newChannel = async (given: object = {}) =>
  (await app.north.machine.post('/api/v1/channels', { name: 'Test', kind: 'widget', ...given })).body
const visit = (key = widget.key, given: object = {}) => TestVisitor.start(app.url, key, given)
const count = async (statement: string, ...values: unknown[]): Promise<number> =>
  Number((await app.database.owner.query(statement, values)).rows[0].count)

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('a session', () => {
  test('gives a token and what the widget draws itself with, and writes nothing', async () => {
    const before = await count('select count(*) from contact')
    const { session } = await visit()
    expect(session.status).toBe(200)
    expect(session.body).toMatchObject({
      token: expect.stringMatching(/^evt_[\w-]{86}$/),
      workspace: { name: 'North' },
      channel: { name: 'Website', color: expect.stringMatching(/^#/) },
      conversation: null,
      entries: [],
      hasMore: false,
    })
    expect(session.headers.get('set-cookie')).toBeNull()
    expect(await count('select count(*) from contact')).toBe(before)
  })

  test('shows the picture of the agent that answers, from our own address', async () => {
    const { caller } = app.north.people.owner
    expect((await visit()).session.body.agent.picture).toBeNull()
    const form = new FormData()
    form.append('file', new Blob([PNG], { type: 'image/png' }), 'ada.png')
    const upload = await fetch(`${app.url}/api/v1/files`, { method: 'POST', headers: caller.headers, body: form })
    const { id: avatarFileId } = (await upload.json()) as { id: string }
    const { id } = (await caller.get('/api/v1/agents')).body.items[0]
    const { config, version } = (await caller.get(`/api/v1/agents/${id}/config`)).body
    const profile = { ...config.profile, avatarFileId }
    await caller.put(`/api/v1/agents/${id}/config`, { baseVersion: version, config: { ...config, profile } })
    const { picture } = (await visit()).session.body.agent
    expect(picture).toMatch(/^\/files\//)
    const shown = await fetch(new URL(picture, app.url))
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png'])
  })

  test('of an unknown channel does not exist', async () => {
    const { session } = await visit('nosuchkey')
    expect(session).toMatchObject({ status: 404, body: { code: 'channel.not_found' } })
  })

  test('of an archived channel cannot begin, but a contact there goes on', async () => {
    const channel = await newChannel()
    const known = await visit(channel.key)
    const fresh = await visit(channel.key)
    await known.say('Hello')
    await app.north.machine.delete(`/api/v1/channels/${channel.id}`)
    expect((await visit(channel.key)).session.status).toBe(404)
    expect((await fresh.say('Am I in time?')).status).toBe(401)
    expect((await known.say('Still here?')).status).toBe(201)
    const again = await TestVisitor.start(app.url, channel.key, { token: known.token })
    expect(again.session.body.entries.map((e: { text: string }) => e.text)).toEqual(['Hello', 'Still here?'])
  })

  test('with its token resumes the conversation with its newest 50 entries, and older ones page upwards', async () => {
    const visitor = await visit()
    await visitor.say('First')
    const { body } = await visitor.say('Second')
    await fillHistory(body.conversation.id, 60)
    const again = await TestVisitor.start(app.url, widget.key, { token: visitor.token })
    expect(again.token).toBe(visitor.token)
    expect(again.session.body.conversation.id).toBe(body.conversation.id)
    expect(again.session.body.entries).toHaveLength(50)
    expect(again.session.body.hasMore).toBe(true)
    const older = await again.caller.get(`/widget/v1/messages?before=${again.session.body.entries[0].position}`)
    expect(older.body.entries.map((e: { text: string }) => e.text).slice(0, 2)).toEqual(['First', 'Second'])
    expect(older.body.hasMore).toBe(false)
  })

  test('with a forged, foreign or broken token gets a new one', async () => {
    const visitor = await visit()
    const other = await newChannel()
    const forged = `evt_${visitor.token.slice(4, -4)}AAAA`
    for (const [key, token] of [
      [widget.key, forged],
      [widget.key, 'evt_x'],
      [widget.key, ''],
      [other.key, visitor.token],
    ] as const) {
      const next = await visit(key, { token })
      expect(next.session.status).toBe(200)
      expect(next.token).not.toBe(token)
    }
    const asForged = new Caller(app.url, { authorization: `Bearer ${forged}` })
    expect(await asForged.get('/widget/v1/messages')).toMatchObject({ status: 401, body: { code: 'visitor.unknown' } })
  })

  test('that says a name makes the contact known; a second name does not replace it', async () => {
    const visitor = await visit(widget.key, {
      name: 'Marga',
      email: 'marga@example.org',
      locale: 'fi-FI',
      page: 'https://shop.example/a?secret=1#x',
    })
    const { body } = await visitor.say('Hello')
    await visit(widget.key, { token: visitor.token, name: 'Somebody else' })
    const conversation = await app.north.machine.get(`/api/v1/conversations/${body.conversation.id}`)
    const contact = await app.north.machine.get(`/api/v1/contacts/${conversation.body.contact.id}`)
    expect(contact.body).toMatchObject({
      name: 'Marga',
      email: 'marga@example.org',
      attributes: { locale: 'fi-FI', page: 'https://shop.example/a' },
      points: [{ kind: 'email', value: 'marga@example.org', verified: false }],
    })
  })
})

async function fillHistory(conversationId: string, lines: number): Promise<void> {
  const { services } = app.app.node
  const item = { workspaceId: app.north.id, conversationId, kind: 'message' as const, origin: 'history' as const }
  const author = { kind: 'agent' as const, id: null, name: 'Freya' }
  for (let i = 0; i < lines; i++) await services.append({ ...item, author, text: `Line ${i}` })
}

describe('saying something', () => {
  test('is answered after it is stored, and begins a conversation that operators see', async () => {
    const visitor = await visit()
    const said = await visitor.say('Is anybody there?')
    expect(said.status).toBe(201)
    expect(said.body.entry).toMatchObject({ position: 1, text: 'Is anybody there?', author: { kind: 'contact' } })
    const seen = await app.north.people.ana.caller.get(`/api/v1/conversations/${said.body.conversation.id}`)
    expect(seen.body).toMatchObject({
      status: 'active',
      channel: { kind: 'widget' },
      preview: { text: 'Is anybody there?' },
    })
  })

  test('ten times in parallel with one key is stored once, also as the very first message', async () => {
    const visitor = await visit()
    for (const text of ['First of all', 'And then']) {
      const key = crypto.randomUUID()
      const all = await Promise.all(Array.from({ length: 10 }, () => visitor.say(text, key)))
      expect(all.map((a) => a.status).toSorted()).toEqual([...Array(9).fill(200), 201])
      expect(new Set(all.map((a) => JSON.stringify(a.body.entry))).size).toBe(1)
    }
    const { body } = await visitor.caller.get('/widget/v1/messages')
    expect(body.entries.map((e: { text: string }) => e.text)).toEqual(['First of all', 'And then'])
  })

  test('ten different first messages at once begin one conversation of one contact', async () => {
    const before = {
      contacts: await count('select count(*) from contact'),
      talks: await count('select count(*) from conversation'),
    }
    const visitor = await visit()
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => visitor.say(`Message ${i}`)))
    expect(all.every((a) => a.status === 201)).toBe(true)
    expect(new Set(all.map((a) => a.body.conversation.id)).size).toBe(1)
    expect(all.map((a) => a.body.entry.position).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(await count('select count(*) from contact')).toBe(before.contacts + 1)
    expect(await count('select count(*) from conversation')).toBe(before.talks + 1)
  })

  test('with a used key and another text is a conflict', async () => {
    const visitor = await visit()
    await visitor.say('One', 'key-of-mine')
    expect(await visitor.say('Two', 'key-of-mine')).toMatchObject({
      status: 409,
      body: { code: 'idempotency.conflict' },
    })
  })

  test.each([
    ['nothing', { text: '   ' }, 400],
    ['too much', { text: 'x'.repeat(16_001) }, 400],
    ['a body beyond 64 KiB', { text: 'x'.repeat(70_000) }, 413],
    ['a field nobody knows', { text: 'x', author: 'agent' }, 400],
    ["somebody else's file", { text: 'x', attachmentIds: ['019aa000-0000-7000-8000-000000000000'] }, 404],
  ])('%s is refused', async (_, body, status) => {
    const visitor = await visit()
    const answer = await visitor.caller.post('/widget/v1/messages', { clientKey: crypto.randomUUID(), ...body })
    expect(answer.status).toBe(status)
    expect(answer.body.code).toMatch(/^(request|file)\./)
  })

  test('16,000 characters, NUL and lone surrogates arrive as text', async () => {
    const visitor = await visit()
    expect((await visitor.say('ä'.repeat(16_000))).status).toBe(201)
    const odd = await visitor.say('a\u0000b\ud800c')
    expect(odd.body.entry.text).toBe('a\ufffdb\ufffdc')
  })

  test('faster than 20 times a minute is refused with the time to wait; what was accepted stays', async () => {
    const visitor = await visit()
    const answers = []
    for (let i = 0; i < 22; i++) answers.push(await visitor.say(`Message ${i}`))
    expect(answers.filter((a) => a.status === 201)).toHaveLength(20)
    const refused = answers.at(-1)!
    expect(refused).toMatchObject({ status: 429, body: { code: 'request.rate_limited' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1)
    expect((await (await visit()).say('Another visitor is not held up')).status).toBe(201)
  })
})

describe('reopening', () => {
  const closeAll = (id: string, hoursAgo: number) =>
    app.database.owner.query(
      `update conversation set status = 'closed', ended_at = now() - interval '1 hour' * $2 where id = $1`,
      [id, hoursAgo],
    )

  test('inside the window the same conversation goes on', async () => {
    const visitor = await visit()
    const first = await visitor.say('Hello')
    await closeAll(first.body.conversation.id, 71)
    const again = await visitor.say('One more thing')
    expect(again.body.conversation).toMatchObject({ id: first.body.conversation.id, status: 'active' })
  })

  test('after the window a new one begins that names the old one; ten at once begin one', async () => {
    const visitor = await visit()
    const first = await visitor.say('Hello')
    await closeAll(first.body.conversation.id, 73)
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => visitor.say(`Again ${i}`)))
    const ids = new Set(all.map((a) => a.body.conversation.id))
    expect(ids.size).toBe(1)
    const [id] = [...ids]
    expect(id).not.toBe(first.body.conversation.id)
    const { body } = await app.north.machine.get(`/api/v1/conversations/${id}`)
    expect(body.previousId).toBe(first.body.conversation.id)
  })

  test('what has been over for long is not shown again', async () => {
    const visitor = await visit()
    const first = await visitor.say('Hello')
    await closeAll(first.body.conversation.id, 73)
    expect((await visit(widget.key, { token: visitor.token })).session.body.conversation).toBeNull()
  })
})

test('a rating is kept, may be changed, and is out of range refused', async () => {
  const visitor = await visit()
  expect((await visitor.caller.post('/widget/v1/rating', { stars: 5 })).status).toBe(404)
  const { body } = await visitor.say('Hello')
  await visitor.caller.post('/widget/v1/rating', { stars: 2 })
  const rated = await visitor.caller.post('/widget/v1/rating', { stars: 4, comment: ' Quick answer ' })
  expect(rated.body.rating).toEqual({ stars: 4, comment: 'Quick answer' })
  expect((await visitor.caller.post('/widget/v1/rating', { stars: 6 })).status).toBe(400)
  const seen = await app.north.machine.get(`/api/v1/conversations/${body.conversation.id}`)
  expect(seen.body.rating).toEqual({ stars: 4, comment: 'Quick answer' })
})
