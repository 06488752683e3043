/** Canned replies, macros, send and close, mentions, suggested answers: as people use them, over HTTP. */
import { fillVariables } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'
import { TestVisitor } from '../test/visitor.ts'

let app: TestApp
let channelKey: string
beforeAll(async () => {
  app = await startTestApp()
  const { body } = await app.north.people.owner.caller.get('/api/v1/channels')
  channelKey = body.items[0].key
})
afterAll(() => app?.stop())

const REPLIES = '/api/v1/replies'
const MACROS = '/api/v1/macros'
const at = (id: string, rest = '') => `/api/v1/conversations/${id}${rest}`

/** A conversation in which Ana has the floor. */
async function taken(name: string | null = 'Margarethe Lindqvist'): Promise<{ id: string; visitor: TestVisitor }> {
  const { ana } = app.north.people
  const visitor = await TestVisitor.start(app.url, channelKey, name ? { name } : {})
  await visitor.say('Hello, is anyone there?')
  const { items } = (await ana.caller.get('/api/v1/conversations?limit=1&sort=-startedAt')).body
  const id: string = items[0].id
  await ana.caller.put(at(id, '/control'), { control: 'operator', announce: false })
  return { id, visitor }
}

test('one’s own replies are one’s own, shared ones are all people’s, and both are found by words', async () => {
  const { ana, ben, viewer, owner } = app.north.people
  const mine = await ana.caller.post(REPLIES, {
    shortcut: 'hi',
    title: 'Greeting',
    body: 'Hello {{contact.firstName|there}}',
  })
  expect(mine.status).toBe(201)
  const ours = await ana.caller.post(REPLIES, {
    shortcut: 'hours',
    title: 'Opening hours',
    body: 'We open at 9.',
    shared: true,
  })
  const found = async (caller: typeof ana.caller, q = '') =>
    (await caller.get(`${REPLIES}?q=${encodeURIComponent(q)}`)).body.items.map((r: { shortcut: string }) => r.shortcut)
  expect(await found(ana.caller)).toEqual(['hi', 'hours'])
  expect(await found(ben.caller)).toEqual(['hours'])
  expect(await found(viewer.caller)).toEqual(['hours'])
  expect(await found(app.south.people.ana.caller)).toEqual([])
  expect(await found(ana.caller, 'OPEN 9')).toEqual(['hours'])
  expect(await found(ana.caller, '%')).toEqual([])
  // The same shortcut for another person is fine; twice for one is not, in whatever case.
  expect((await ben.caller.post(REPLIES, { shortcut: 'hi', title: 'B', body: 'B' })).status).toBe(201)
  const again = await ana.caller.post(REPLIES, { shortcut: 'HI', title: 'B', body: 'B' })
  expect([again.status, again.body.code]).toEqual([409, 'reply.shortcut_taken'])
  expect((await ben.caller.patch(`${REPLIES}/${mine.body.id}`, { title: 'x' })).body.code).toBe('reply.not_found')
  expect((await ben.caller.patch(`${REPLIES}/${ours.body.id}`, { title: 'x' })).status).toBe(403)
  expect((await owner.caller.patch(`${REPLIES}/${ours.body.id}`, { title: 'Hours' })).body.title).toBe('Hours')
  expect((await viewer.caller.post(REPLIES, { shortcut: 'v', title: 'v', body: 'v' })).status).toBe(403)
  expect((await ana.caller.post(REPLIES, { shortcut: 'bad', title: 'v', body: '{{contact.password}}' })).status).toBe(
    400,
  )
})

test('variables are filled in one pass, with fallbacks, and what has no value is named', () => {
  const hostile = { 'contact.name': '{{operator.name}}\n\nBcc: all', 'operator.name': 'Ana' }
  expect(fillVariables('Hi {{contact.name}}, {{ contact.firstName | there }}.', hostile)).toEqual({
    text: 'Hi operator.name Bcc: all, there.',
    missing: [],
  })
  expect(fillVariables('{{agent.name}} and {{contact.email}}', { 'agent.name': 'Freya' })).toEqual({
    text: 'Freya and {{contact.email}}',
    missing: ['contact.email'],
  })
})

test('a macro does all it says once, is undone as one, and does nothing when a part of it cannot be done', async () => {
  const { ana, ben } = app.north.people
  const { id, visitor } = await taken()
  const steps = [
    { type: 'act', action: { type: 'stage', stage: 'contacted' } },
    { type: 'act', action: { type: 'tags', add: [{ key: 'quote' }] } },
    { type: 'act', action: { type: 'close' } },
    { type: 'reply', text: 'Thank you, {{contact.firstName|there}}. {{operator.firstName}} wishes you a good day.' },
  ]
  const macro = await ana.caller.post(MACROS, { name: 'Thank and close', digit: 1, steps, shared: true })
  expect(macro.status).toBe(201)
  expect((await ben.caller.post(MACROS, { name: 'Other', digit: 1, steps, shared: true })).body.code).toBe(
    'macro.digit_taken',
  )
  const body = { macroId: macro.body.id, clientKey: 'press-1' }
  // Ben has not the floor: his words are refused, so nothing else happens either.
  const refused = await ben.caller.post(at(id, '/macros'), body)
  expect([refused.status, refused.body.code]).toEqual([409, 'conversation.taken'])
  expect((await ana.caller.get(at(id))).body).toMatchObject({
    status: 'active',
    tags: [],
    stage: { key: 'in_progress' },
  })

  const [first, second] = await Promise.all([
    ana.caller.post(at(id, '/macros'), body),
    ana.caller.post(at(id, '/macros'), body),
  ])
  expect(first.body).toMatchObject({
    said: true,
    changes: 3,
    conversation: { status: 'closed', stage: { key: 'contacted' } },
  })
  expect(second.body.id).toBe(first.body.id)
  const said = (await ana.caller.get(at(id, '/entries?kinds=message'))).body.items
  expect(said.map((e: { text: string }) => e.text)).toEqual([
    'Thank you, Margarethe. Ana wishes you a good day.',
    'Hello, is anyone there?',
  ])
  expect((await ben.caller.post(at(id, `/macros/${first.body.id}/undo`))).status).toBe(403)
  const undone = await ana.caller.post(at(id, `/macros/${first.body.id}/undo`))
  expect(undone.body).toMatchObject({ status: 'active', control: 'operator', tags: [], stage: { key: 'in_progress' } })
  expect((await ana.caller.post(at(id, `/macros/${first.body.id}/undo`))).status).toBe(200)

  // Overtaken: nothing of it is taken back.
  const next = (await ana.caller.post(at(id, '/macros'), { ...body, clientKey: 'press-2' })).body
  await ana.caller.post(at(id, '/actions'), { action: { type: 'stage', stage: 'spam' } })
  const late = await ana.caller.post(at(id, `/macros/${next.id}/undo`))
  expect([late.status, late.body.code]).toEqual([409, 'change.overtaken'])
  expect((await ana.caller.get(at(id))).body).toMatchObject({ status: 'closed', tags: [{ key: 'quote' }] })
  void visitor
})

test('a macro that cannot fill its words says nothing and changes nothing', async () => {
  const { ana } = app.north.people
  const { id } = await taken(null)
  const steps = [
    { type: 'reply', text: 'We write to {{contact.email}}.' },
    { type: 'act', action: { type: 'priority', priority: 'urgent' } },
  ]
  const macro = (await ana.caller.post(MACROS, { name: 'Mail', steps })).body
  const answer = await ana.caller.post(at(id, '/macros'), { macroId: macro.id, clientKey: 'x' })
  expect([answer.status, answer.body.code, answer.body.details?.variables ?? answer.body.variables]).toEqual([
    409,
    'reply.unfilled',
    ['contact.email'],
  ])
  expect((await ana.caller.get(at(id))).body).toMatchObject({ priority: 'normal', messageCount: 1 })
})

test('send and close does each once, and never closes over a question that came meanwhile', async () => {
  const { ana } = app.north.people
  const { id, visitor } = await taken()
  const body = { text: 'Done, have a good day.', clientKey: 'send-1' }
  const [a, b] = [
    await ana.caller.post(at(id, '/send-and-close'), body),
    await ana.caller.post(at(id, '/send-and-close'), body),
  ]
  expect(a.body.conversation.status).toBe('closed')
  expect(a.body.changeId).not.toBeNull()
  expect([b.body.entry.position, b.body.changeId]).toEqual([a.body.entry.position, null])
  await visitor.say('One more thing')
  const repeat = await ana.caller.post(at(id, '/send-and-close'), body)
  expect(repeat.body.conversation).toMatchObject({ status: 'active' })
})

test('who is mentioned in a note is named in it, and only members can be', async () => {
  const { ana, ben } = app.north.people
  const { id } = await taken()
  const note = await ana.caller.post(at(id, '/notes'), { text: 'Look, @Ben', mentions: [ben.memberId], clientKey: 'n' })
  expect(note.body.data.mentions).toEqual([{ id: ben.memberId, name: 'Ben' }])
  expect(
    (await ana.caller.post(at(id, '/notes'), { text: 'Look, @Ben', mentions: [ben.memberId], clientKey: 'n' })).status,
  ).toBe(200)
  const foreign = app.south.people.ana.memberId
  expect((await ana.caller.post(at(id, '/notes'), { text: 'x', mentions: [foreign] })).body.code).toBe(
    'member.not_found',
  )
})

test('a suggestion is what the agent would say, and says nothing', async () => {
  const { ana, owner } = app.north.people
  await owner.caller.post('/api/v1/knowledge', {
    title: 'Roof mounting of heat pumps',
    body: 'Roof units up to 1.2 metres are allowed without a permit.',
    status: 'published',
  })
  const { id, visitor } = await taken()
  await visitor.say('Is roof mounting of heat pumps allowed?')
  await visitor.say('I would rather talk to a person, please.')
  const before = (await ana.caller.get(at(id))).body.lastPosition
  const suggestion = await ana.caller.post(at(id, '/suggestion'))
  expect(suggestion.body).toMatchObject({ by: 'embedded', citations: [{ title: 'Roof mounting of heat pumps' }] })
  expect(suggestion.body.text).toContain('1.2 metres')
  expect((await ana.caller.get(at(id))).body.lastPosition).toBe(before)
})
