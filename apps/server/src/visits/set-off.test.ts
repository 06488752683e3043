/** What a trigger rule sets off: tags on the conversation of the visit, also one that begins later; and signed calls of a webhook. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'
import { Caller } from '../test/caller.ts'
import { Elsewhere, status } from '../test/elsewhere.ts'
import { until } from '../test/until.ts'
import { TestVisitor } from '../test/visitor.ts'

let app: TestApp
let elsewhere: Elsewhere
let channel: { id: string; key: string }
let visitor: string
const owner = () => app.north.people.owner.caller

beforeAll(async () => {
  elsewhere = await Elsewhere.start()
  app = await startTestApp({ config: { allowPrivateAddresses: ['127.0.0.0/8'] } })
  channel = (
    await app.north.machine.post('/api/v1/channels', { name: 'Shop', kind: 'widget', widget: { tracking: true } })
  ).body
})
afterAll(async () => {
  await app?.stop()
  await elsewhere?.stop()
})
beforeEach(() => {
  visitor = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url')
  elsewhere.play(status(204))
})
afterEach(() => expect(elsewhere.complaints).toEqual([]))

async function rule(more: object): Promise<string> {
  const given = { name: 'Grant', conditions: [{ on: 'exit' }], action: { do: 'message', text: 'Shall I?' }, ...more }
  const { status: code, body } = await owner().post('/api/v1/triggers', given)
  expect(code, JSON.stringify(body)).toBe(201)
  return body.id
}

async function fire(
  ruleId: string,
  { id = crypto.randomUUID() as string, outcome = 'shown', data = {} } = {},
): Promise<string> {
  const pageId = crypto.randomUUID()
  const batch = {
    pages: [{ id: pageId, url: 'https://shop.example/grants', title: 'Grants', agoMs: 0 }],
    firings: [{ id, pageId, ruleId, outcome, data, agoMs: 0 }],
  }
  const body = { channelKey: channel.key, visitor, consent: true, ...batch }
  expect(await new Caller(app.url).post('/widget/v1/track', body)).toMatchObject({
    status: 200,
    body: { stored: true },
  })
  return id
}

async function chat(): Promise<string> {
  const speaker = await TestVisitor.start(app.url, channel.key)
  return (await speaker.say('Hello', crypto.randomUUID(), { visitor })).body.conversation.id
}
const tagsOf = async (id: string): Promise<string[]> =>
  (await owner().get(`/api/v1/conversations/${id}`)).body.tags.map((tag: { key: string }) => tag.key)

test('a firing tags the conversation of its visit, and the one that begins after it', async () => {
  const before = await rule({ tags: [{ key: 'interest', value: 'grant' }] })
  const after = await rule({ tags: [{ key: 'callback', value: '' }] })
  const plain = await rule({})
  await fire(before)
  const id = await chat()
  await until(async () => (await tagsOf(id)).includes('interest'), 'the earlier firing tags')
  await fire(plain)
  await fire(after)
  expect((await tagsOf(id)).toSorted()).toEqual(['callback', 'interest'])
  const { body } = await owner().get(`/api/v1/conversations/${id}/entries`)
  const told = body.items.filter((one: { data: { type?: string } }) => one.data.type === 'tags_changed')
  expect(told.map((one: { author: { kind: string } }) => one.author.kind)).toEqual(['system', 'system'])
})

test('its webhook is called signed, once for each thing that became of it, and not without a secret', async () => {
  const id = await rule({ webhook: elsewhere.url })
  const problem = async () =>
    (await owner().get('/api/v1/triggers?limit=200')).body.items.find((one: { id: string }) => one.id === id)
      .webhookProblem
  await fire(id)
  await until(async () => /no signing secret/.test((await problem()) ?? ''), 'the lack of a secret is told')
  expect(elsewhere.asked).toEqual([])

  const { body } = await owner().post(`/api/v1/triggers/${id}/signing`)
  elsewhere.secret = body.secret
  const firing = await fire(id, { data: { page: '/grants' } })
  await fire(id, { id: firing })
  await until(() => elsewhere.asked.length === 1, 'the call arrives')
  await fire(id, { id: firing, outcome: 'submitted', data: { email: 'greta@example.com' } })
  await until(() => elsewhere.asked.length === 2, 'the answer is told as well')
  expect(elsewhere.asked.map(({ type, data }) => [type, data.outcome, data.id])).toEqual([
    ['trigger.fired', 'shown', firing],
    ['trigger.fired', 'submitted', firing],
  ])
  expect(elsewhere.asked[1]!.data).toMatchObject({ rule: { id, name: 'Grant' }, kept: { email: 'greta@example.com' } })
  expect(new Set(elsewhere.asked.map((one) => one.id)).size).toBe(2)
  await until(async () => (await problem()) === null, 'all is well again')
})

test('a webhook that fails is called again with the same id, one that refuses is not', async () => {
  const id = await rule({ webhook: elsewhere.url })
  elsewhere.secret = (await owner().post(`/api/v1/triggers/${id}/signing`)).body.secret
  elsewhere.play(status(503), status(204))
  await fire(id)
  await until(() => elsewhere.asked.length === 1, 'the first call')
  const call = () =>
    app.database.owner.query(
      'select attempts, sent_at, failed_at from trigger_call where rule_id = $1 order by created_at',
      [id],
    )
  await until(async () => (await call()).rows[0].attempts === 1, 'it is put off')
  await until(
    async () =>
      (
        await app.database.owner.query(
          "update trigger_call set due_at = now() where rule_id = $1 and problem = 'It answered 503.'",
          [id],
        )
      ).rowCount === 1,
    'its refusal is noted',
  )
  await until(async () => (await call()).rows[0].sent_at !== null, 'it arrives')
  expect(elsewhere.asked[1]!.id).toBe(elsewhere.asked[0]!.id)
  elsewhere.play(status(410))
  await fire(id)
  await until(async () => (await call()).rows.at(-1).failed_at !== null, 'a refusal is final')
  expect(elsewhere.asked).toHaveLength(1)
})

test('pages learn nothing of tags and webhooks; only an admin makes secrets', async () => {
  const id = await rule({ enabled: true, tags: [{ key: 'inside', value: '' }], webhook: elsewhere.url })
  const { body } = await new Caller(app.url).get(`/widget/v1/triggers/${channel.key}`)
  const seen = body.rules.find((one: { id: string }) => one.id === id)
  expect(Object.keys(seen).toSorted()).toEqual(['action', 'conditions', 'id', 'keep', 'perVisit', 'waitDays'])
  expect((await app.north.people.ana.caller.post(`/api/v1/triggers/${id}/signing`)).status).toBe(403)
  expect((await app.south.people.owner.caller.post(`/api/v1/triggers/${id}/signing`)).status).toBe(404)
  for (const webhook of ['ftp://x.example', 'https://u:p@x.example', 'javascript:1', ''])
    expect((await owner().patch(`/api/v1/triggers/${id}`, { webhook })).status).toBe(400)
})
