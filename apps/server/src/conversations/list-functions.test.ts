/** Functions of a conversation: every call with parameters, result, status and time; nothing else of the log. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'

let app: TestApp
let id: string
beforeAll(async () => {
  app = await startTestApp()
  const called = (n: number) => ({
    externalId: `call-${n}`,
    author: 'agent',
    functionCall: {
      name: `lookup_${n}`,
      parameters: { n },
      result: n === 2 ? null : { found: n },
      status: n === 2 ? 'error' : 'ok',
      durationMs: n * 100,
    },
  })
  const { body } = await app.north.machine.post('/api/v1/ingest/conversations', {
    items: [
      {
        externalId: 'functions',
        messages: [{ externalId: 'q', author: 'contact', text: 'Where is it?' }, called(1), called(2), called(3)],
      },
    ],
  })
  id = body.results[0].id
})
afterAll(() => app?.stop())

const functions = (query = '') => app.north.machine.get(`/api/v1/conversations/${id}/functions${query}`)

test('newest first, with what was asked and what came back', async () => {
  const { body } = await functions()
  expect(body.items).toMatchObject([
    { name: 'lookup_3', parameters: { n: 3 }, result: { found: 3 }, status: 'ok', durationMs: 300 },
    { name: 'lookup_2', parameters: { n: 2 }, result: null, status: 'error', durationMs: 200 },
    { name: 'lookup_1', parameters: { n: 1 }, result: { found: 1 }, status: 'ok', durationMs: 100 },
  ])
  expect(body.items.every((one: { position: number }) => one.position > 1)).toBe(true)
})

test('page by page, each call once', async () => {
  const first = (await functions('?limit=2')).body
  expect(first.items).toHaveLength(2)
  const second = (await functions(`?limit=2&before=${first.nextCursor}`)).body
  expect(second.items.map((one: { name: string }) => one.name)).toEqual(['lookup_1'])
  expect(second.nextCursor).toBeNull()
})

test('a conversation of another workspace does not exist', async () => {
  const reply = await app.south.machine.get(`/api/v1/conversations/${id}/functions`)
  expect(reply.status).toBe(404)
  expect(reply.body.code).toBe('conversation.not_found')
})
