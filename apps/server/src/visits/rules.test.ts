/** Trigger rules over HTTP: kept as given, versioned, refused where they would do harm, and handed to pages only while they are on. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'
import { Caller } from '../test/caller.ts'

let app: TestApp
let key: string
beforeAll(async () => {
  app = await startTestApp()
  const { body } = await app.north.machine.post('/api/v1/channels', {
    name: 'Shop',
    kind: 'widget',
    widget: { tracking: true, allowedOrigins: ['https://shop.example'] },
  })
  key = body.key
})
afterAll(() => app?.stop())

const owner = () => app.north.people.owner.caller
const rule = { name: 'Hello', conditions: [{ on: 'time', seconds: 3 }], action: { do: 'message', text: 'Hello' } }
const activeIds = async (of = key): Promise<string[]> => {
  const { body } = await new Caller(app.url).get(`/widget/v1/triggers/${of}`)
  return body.rules.map((one: { id: string }) => one.id)
}

test('is made switched off; every change is a version; pages receive it while it is on', async () => {
  const made = await owner().post('/api/v1/triggers', rule)
  expect(made).toMatchObject({ status: 201, body: { ...rule, enabled: false, version: 1, perVisit: 1, waitDays: 7 } })
  const { id } = made.body
  expect(await activeIds()).not.toContain(id)
  const on = await owner().patch(`/api/v1/triggers/${id}`, { enabled: true })
  expect(on.body).toMatchObject({ enabled: true, version: 2, conditions: rule.conditions })
  expect(await activeIds()).toContain(id)
  const silent = await app.north.machine.post('/api/v1/channels', { name: 'Silent', kind: 'widget' })
  expect(await activeIds(silent.body.key)).toEqual([])
  expect((await owner().send('DELETE', `/api/v1/triggers/${id}`)).status).toBe(200)
  expect(await activeIds()).not.toContain(id)
  expect((await owner().patch(`/api/v1/triggers/${id}`, { enabled: true })).body.code).toBe('trigger.not_found')
})

test('what a page receives says nothing of how often rules fired, and nothing of another workspace', async () => {
  const { body: other } = await app.south.people.owner.caller.post('/api/v1/triggers', { ...rule, enabled: true })
  const { body } = await owner().post('/api/v1/triggers', { ...rule, name: 'Internal name', enabled: true })
  const answer = await new Caller(app.url).get(`/widget/v1/triggers/${key}`)
  expect(answer.body.rules.map((one: { id: string }) => one.id)).toContain(body.id)
  expect(JSON.stringify(answer.body)).not.toMatch(/Internal name|firedRecently/)
  expect(JSON.stringify(answer.body)).not.toContain(other.id)
})

test.each([
  ['/offers?x=1', 201],
  ['https://shop.example/offers', 201],
  ['https://evil.example/', 400],
  ['https://shop.example.evil.example/', 400],
  ['https://shop.example@evil.example/', 400],
  ['//evil.example', 400],
  ['/\\evil.example', 400],
  ['javascript:alert(1)', 400],
  ['/a b', 400],
])('a redirect to %s answers %i', async (url, status) => {
  const answer = await owner().post('/api/v1/triggers', { ...rule, action: { do: 'redirect', url } })
  expect(answer.status, JSON.stringify(answer.body)).toBe(status)
})

test.each([
  ['no condition', { conditions: [] }],
  ['a condition nobody knows', { conditions: [{ on: 'mood' }] }],
  ['a condition of another kind', { conditions: [{ on: 'time', percent: 3 }] }],
  ['no text', { action: { do: 'message', text: '  ' } }],
  ['a form without fields', { action: { do: 'form', title: 'a', text: '', fields: [], button: 'b', thanks: 'c' } }],
  ['too often', { perVisit: 11 }],
  ['a field nobody knows', { script: 'alert(1)' }],
])('%s is refused', async (_, wrong) => {
  expect((await owner().post('/api/v1/triggers', { ...rule, ...wrong })).status).toBe(400)
})
