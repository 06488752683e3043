/** The pipeline of an import against a store that is made to fail, wait and refuse. */
import type { IngestConversation, IngestResult } from '@earshot/contracts'
import { expect, test } from 'vitest'
import { importConversations } from './import-conversations.ts'

const line = (i: number, messages = 1): string =>
  JSON.stringify({
    externalId: `c${i}`,
    messages: Array.from({ length: messages }, (_, m) => ({ externalId: `${m}`, author: 'contact', text: 'Hi' })),
  })

async function* bytes(lines: string[]): AsyncGenerator<Buffer> {
  for (const text of lines) yield Buffer.from(`${text}\n`)
}

const created = (conversations: IngestConversation[]): IngestResult[] =>
  conversations.map(({ externalId }) => ({ externalId, id: null, status: 'created' }))
const lines = (count: number) => Array.from({ length: count }, (_, i) => line(i))

test('a store that is away for a moment is asked again, and nothing is counted twice', async () => {
  let tries = 0
  const store = async (conversations: IngestConversation[]) => {
    if (++tries % 3 !== 0) throw new Error('away')
    return created(conversations)
  }
  const progress = await importConversations({ bytes: bytes(lines(120)), store, retryAfterMs: [0, 0] })
  expect(progress).toMatchObject({ read: 120, created: 120, refused: 0 })
  expect(tries).toBe(9)
})

test('a store that stays away ends the import with its own reason', async () => {
  const store = () => Promise.reject(new Error('the database is away'))
  await expect(importConversations({ bytes: bytes(lines(120)), store, retryAfterMs: [0] })).rejects.toThrow(
    'the database is away',
  )
})

test('one batch is stored at a time, and batches are bounded by conversations and by messages', async () => {
  let running = 0
  const sizes: number[] = []
  const store = async (conversations: IngestConversation[]) => {
    expect(++running).toBe(1)
    await new Promise((resolve) => setImmediate(resolve))
    running--
    sizes.push(conversations.length)
    return created(conversations)
  }
  await importConversations({ bytes: bytes([...lines(101), line(200, 3000), line(201, 3000), line(202, 5000)]), store })
  expect(sizes).toEqual([50, 50, 2, 1, 1])
})

test('the whole file is never in memory: no more is read than is being stored and comes next', async () => {
  let read = 0
  let stored = 0
  async function* counted() {
    for (const text of lines(1000)) {
      read++
      expect(read - stored).toBeLessThanOrEqual(102)
      yield Buffer.from(`${text}\n`)
    }
  }
  const store = async (conversations: IngestConversation[]) => {
    await new Promise((resolve) => setImmediate(resolve))
    stored += conversations.length
    return created(conversations)
  }
  expect(await importConversations({ bytes: counted(), store })).toMatchObject({ created: 1000 })
})

test('what the store refuses is told with the line it stands on', async () => {
  const refused: [number, string][] = []
  const store = async (conversations: IngestConversation[]) =>
    conversations.map(
      ({ externalId }): IngestResult =>
        externalId === 'c1'
          ? { externalId, id: null, status: 'refused', error: { code: 'request.invalid', message: 'no' } }
          : { externalId, id: null, status: 'unchanged' },
    )
  const progress = await importConversations({
    bytes: bytes([line(0), 'nonsense', line(1), line(2)]),
    store,
    onRefused: (at, reason) => refused.push([at, reason]),
  })
  expect(progress).toMatchObject({ unchanged: 2, refused: 2 })
  expect(refused).toEqual([
    [2, expect.stringContaining('invalid JSON')],
    [3, 'no'],
  ])
})
