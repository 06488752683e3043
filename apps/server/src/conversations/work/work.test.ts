/** Work on one conversation: every action, told in the log and on the feed, undone exactly, and refused to who may not. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { until } from '../../test/until.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.stop())

let count = 0
let externalId = ''
async function open(): Promise<string> {
  externalId = `work-${++count}`
  const message = { externalId: 'm1', author: 'contact', text: 'Where is my order?' }
  const reply = await app.north.machine.post('/api/v1/ingest/messages', { conversation: { externalId }, message })
  expect(reply.status, JSON.stringify(reply.body)).toBe(201)
  return reply.body.conversationId
}
const at = (id: string, rest = '') => `/api/v1/conversations/${id}${rest}`
const read = async (id: string) => (await app.north.people.ana.caller.get(at(id))).body
async function act(id: string, action: object, who = app.north.people.ana) {
  const reply = await who.caller.post(at(id, '/actions'), { action })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body as { conversation: Record<string, unknown>; changeId: string | null }
}
const undo = (id: string, changeId: string | null, who = app.north.people.ana) =>
  who.caller.post(at(id, '/undo'), { changeId })
const activities = async (id: string) =>
  (await app.north.people.ana.caller.get(at(id, '/entries?kinds=activity'))).body.items.map(
    (e: { data: { type: string } }) => e.data.type,
  )
/** What changes with every line of the log, and what undo cannot take back. */
const comparable = (c: Record<string, unknown>) => {
  const { lastPosition, epoch, readPosition, ...rest } = c
  return rest
}

const ACTIONS: [string, object, object, string | null][] = [
  ['stage', { type: 'stage', stage: 'opportunity' }, { stage: { key: 'opportunity' } }, 'stage_changed'],
  [
    'tags',
    { type: 'tags', add: [{ key: 'lang', value: 'fi' }, { key: 'vip' }] },
    {
      tags: [
        { key: 'lang', value: 'fi' },
        { key: 'vip', value: '' },
      ],
    },
    'tags_changed',
  ],
  ['priority', { type: 'priority', priority: 'urgent' }, { priority: 'urgent' }, 'priority_changed'],
  ['outcome', { type: 'outcome', outcome: 'failed' }, { outcome: 'failed', outcomeBy: 'operator' }, 'outcome_changed'],
  [
    'snooze until an answer',
    { type: 'snooze', snooze: { untilReply: true } },
    { snooze: { until: null, untilReply: true } },
    'snoozed',
  ],
  ['flag', { type: 'flag', reason: 'Check the promise' }, { flagCount: 1 }, 'flagged'],
  ['close', { type: 'close' }, { status: 'closed', endReason: 'closed', outcome: 'abandoned' }, 'closed'],
  ['archive', { type: 'archive' }, { status: 'archived' }, 'archived'],
  ['read', { type: 'read' }, { unreadCount: 0 }, null],
]

test.each(ACTIONS)('%s: done once, told, and undone exactly', async (_name, action, expected, activity) => {
  const id = await open()
  const before = await read(id)
  const done = await act(id, action)
  expect(done.conversation).toMatchObject(expected)
  expect(done.changeId).toMatch(/^[0-9a-f-]{36}$/)
  if (activity) expect(await activities(id)).toContain(activity)
  const undone = await undo(id, done.changeId)
  expect(undone.status, JSON.stringify(undone.body)).toBe(200)
  expect(comparable(undone.body)).toEqual(comparable(before))
  if (activity) expect((await activities(id))[0]).toBe('change_undone')
  expect(await undo(id, done.changeId).then((r) => r.body)).toEqual(await read(id))
})

test('an action that changes nothing records nothing', async () => {
  const id = await open()
  await act(id, { type: 'stage', stage: 'opportunity' })
  const before = await read(id)
  for (const action of [
    { type: 'stage', stage: 'opportunity' },
    { type: 'reopen' },
    { type: 'unarchive' },
    { type: 'unread' },
    { type: 'priority', priority: 'normal' },
    { type: 'snooze', snooze: null },
    { type: 'tags', remove: [{ key: 'nothing' }] },
    { type: 'assign', assigneeId: null },
  ])
    expect(await act(id, action)).toEqual({ conversation: before, changeId: null })
})

test('undo refuses what somebody changed again since, and what another operator did', async () => {
  const id = await open()
  const { ana, ben, owner } = app.north.people
  const first = await act(id, { type: 'stage', stage: 'opportunity' })
  expect(await undo(id, first.changeId, ben)).toMatchObject({ status: 403 })
  await act(id, { type: 'stage', stage: 'spam' }, ben)
  expect(await undo(id, first.changeId)).toMatchObject({ status: 409, body: { code: 'change.overtaken' } })
  expect((await read(id)).stage.key).toBe('spam')
  const other = await open()
  expect(await undo(other, first.changeId)).toMatchObject({ status: 404, body: { code: 'change.not_found' } })
  const byAna = await act(other, { type: 'priority', priority: 'low' }, ana)
  expect((await undo(other, byAna.changeId, owner)).body.priority).toBe('normal')
})

test('undoing a close gives the conversation back as it was, but not after somebody took it over', async () => {
  const id = await open()
  const closed = await act(id, { type: 'close' })
  const reopened = await act(id, { type: 'reopen' })
  expect(await undo(id, closed.changeId)).toMatchObject({ status: 409 })
  expect((await undo(id, reopened.changeId)).body).toMatchObject({ status: 'closed', endReason: 'closed' })
})

test('out of the archive it is what it was before', async () => {
  const [closedOne, openOne] = [await open(), await open()]
  await act(closedOne, { type: 'close' })
  for (const id of [closedOne, openOne]) await act(id, { type: 'archive' })
  const { caller } = app.north.people.ana
  expect((await caller.post(at(closedOne, '/unarchive'))).body).toMatchObject({
    status: 'closed',
    outcome: 'abandoned',
  })
  expect((await caller.post(at(openOne, '/unarchive'))).body).toMatchObject({ status: 'active', outcome: null })
})

test('unread stands before the last message of the contact', async () => {
  const id = await open()
  const { caller } = app.north.people.ana
  await caller.post(at(id, '/notes'), { text: 'A note' })
  await caller.post(at(id, '/read'))
  expect((await caller.post(at(id, '/unread'))).body).toMatchObject({ unreadCount: 1, readPosition: 0 })
})

test('assigning names a member of this workspace, and never takes from an operator who has it', async () => {
  const id = await open()
  const { ana, ben } = app.north.people
  const assign = (assigneeId: string | null) => ben.caller.post(at(id, '/assign'), { assigneeId })
  expect((await assign(ana.memberId)).body.assignee).toEqual({ id: ana.memberId, name: 'Ana' })
  expect(await assign(app.south.people.ana.memberId)).toMatchObject({ status: 404, body: { code: 'member.not_found' } })
  expect((await assign(null)).body.assignee).toBeNull()
  await ana.caller.put(at(id, '/control'), { control: 'operator' })
  expect(await assign(ben.memberId)).toMatchObject({ status: 409, body: { code: 'conversation.taken' } })
})

test('a change of several fields is told and undone field by field', async () => {
  const id = await open()
  const change = { title: 'The lost order', stage: 'spam', priority: 'high', snooze: { until: '2090-01-01T00:00:00Z' } }
  const reply = await app.north.people.ana.caller.patch(at(id), change)
  expect(reply.body).toMatchObject({ title: 'The lost order', stage: { key: 'spam' }, priority: 'high' })
  expect(reply.body.snooze.until).toBe('2090-01-01T00:00:00.000Z')
  expect(await activities(id)).toEqual(['snoozed', 'priority_changed', 'stage_changed', 'renamed'])
  expect(await app.north.people.ana.caller.patch(at(id), { stage: 'no_such' })).toMatchObject({ status: 404 })
  expect(await app.north.people.ana.caller.patch(at(id), { snooze: { until: '2020-01-01T00:00:00Z' } })).toMatchObject({
    status: 400,
  })
  expect(await app.north.people.ana.caller.patch(at(id), { snooze: {} })).toMatchObject({ status: 400 })
})

test('what is snoozed until an answer wakes by it, with the reason, until somebody looks', async () => {
  const id = await open()
  await act(id, { type: 'snooze', snooze: { untilReply: true } })
  const message = { externalId: 'm2', author: 'contact', text: 'Hello?' }
  await app.north.machine.post('/api/v1/ingest/messages', { conversation: { externalId }, message })
  await until(async () => (await read(id)).snooze === null, 'it wakes')
  expect((await read(id)).woken.reason).toBe('reply')
  expect(await activities(id)).toContain('woken')
  expect((await app.north.people.ana.caller.post(at(id, '/read'))).body.woken).toBeNull()
})

test('what is snoozed until a time wakes when it has come, though nobody answers', async () => {
  const id = await open()
  await act(id, { type: 'snooze', snooze: { until: '2090-01-01T00:00:00Z', untilReply: false } })
  await app.database.owner.query('update conversation set snoozed_until = now() where id = $1', [id])
  await until(async () => (await read(id)).woken !== null, 'it wakes')
  expect(await read(id)).toMatchObject({ snooze: null, woken: { reason: 'time' } })
})

test('a closed conversation sleeps no longer', async () => {
  const id = await open()
  await act(id, { type: 'snooze', snooze: { untilReply: true } })
  expect((await act(id, { type: 'close' })).conversation.snooze).toBeNull()
})

test('flags: raised by hand with evidence, resolved with who and why, counted while they stand', async () => {
  const id = await open()
  const { ana, ben } = app.north.people
  const raised = await ana.caller.post(at(id, '/flags'), { reason: 'Promise made', position: 1 })
  expect(raised.body).toMatchObject({
    code: 'manual',
    state: 'open',
    by: { name: 'Ana' },
    evidence: [{ position: 1, quote: 'Where is my order?' }],
  })
  expect((await read(id)).flagCount).toBe(1)
  const flag = at(id, `/flags/${raised.body.id}`)
  const dismissed = await ben.caller.patch(flag, { state: 'dismissed', why: 'handled', reason: 'Kept' })
  expect(dismissed.body).toMatchObject({
    state: 'dismissed',
    resolved: { by: { name: 'Ben' }, why: 'handled', reason: 'Kept' },
  })
  expect((await read(id)).flagCount).toBe(0)
  expect((await ben.caller.patch(flag, { state: 'open' })).body.resolved).toBeNull()
  expect((await ana.caller.get(at(id, '/flags'))).body.items).toHaveLength(1)
  expect(await ana.caller.post(at(id, '/flags'), { reason: 'x', position: 999 })).toMatchObject({ status: 404 })
  const other = await open()
  expect(await ana.caller.patch(at(other, `/flags/${raised.body.id}`), { state: 'open' })).toMatchObject({
    status: 404,
  })
})

test('what a person said about a finding holds for the same finding of the next review', async () => {
  const id = await open()
  const { ana } = app.north.people
  const say = (externalMessage: string, author: string, text: string) =>
    app.north.machine.post('/api/v1/ingest/messages', {
      conversation: { externalId },
      message: { externalId: externalMessage, author, text },
    })
  await say('a1', 'agent', 'I cannot help with that.')
  await say('c2', 'contact', 'This is terrible, I am very angry. I want to speak to a human being right now please!')
  await say('a2', 'agent', 'I cannot help with that.')
  await say('c3', 'contact', 'I want to speak to a human being right now please, this is terrible and useless!')
  await say('a3', 'agent', 'I cannot help with that.')
  await ana.caller.post(at(id, '/review'))
  const flags = async () => (await ana.caller.get(at(id, '/flags'))).body.items
  const [first] = await flags()
  expect(first, 'the review flags something').toBeDefined()
  await ana.caller.patch(at(id, `/flags/${first.id}`), { state: 'dismissed', why: 'other', reason: 'We know' })
  const { flagCount } = await read(id)
  await ana.caller.post(at(id, '/review'))
  const again = (await flags()).find((f: { code: string; id: string }) => f.code === first.code && f.id !== first.id)
  expect(again).toMatchObject({ state: 'dismissed', resolved: { reason: 'We know' } })
  expect((await read(id)).flagCount).toBe(flagCount)
})

test('a viewer may do none of it, and another workspace finds nothing', async () => {
  const id = await open()
  const { viewer } = app.north.people
  expect((await viewer.caller.post(at(id, '/actions'), { action: { type: 'close' } })).status).toBe(403)
  expect((await viewer.caller.post(at(id, '/flags'), { reason: 'x' })).status).toBe(403)
  const stranger = app.south.people.ana.caller
  expect((await stranger.post(at(id, '/actions'), { action: { type: 'close' } })).status).toBe(404)
  expect((await stranger.get(at(id, '/flags'))).status).toBe(404)
})
