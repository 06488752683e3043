/** Streams that are slow, cut, far behind, or of somebody who may not listen any more. */
import { get, type IncomingMessage } from 'node:http'
import { createParser, type Frame } from '@earshot/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../app.ts'
import { createApiKey } from '../../team/index.ts'
import { startTestApp, type TestApp } from '../app.ts'
import { Caller } from '../caller.ts'
import { until } from '../until.ts'
import { TestVisitor } from '../visitor.ts'
import { maker } from './maker.ts'
import { signUp } from './principals.ts'

let app: TestApp
let second: App
beforeAll(async () => {
  app = await startTestApp()
  second = await app.startSecondNode()
})
afterAll(() => app?.stop())

/** A stream that is read only when asked to be. */
class Reader {
  readonly positions: number[] = []
  lastId = ''
  ended = false
  private readonly answer: IncomingMessage

  private constructor(answer: IncomingMessage) {
    this.answer = answer
    answer.on('close', () => {
      this.ended = true
    })
  }

  static open(caller: Caller, path: string, lastId = ''): Promise<Reader> {
    const headers = { ...caller.headers, ...(lastId && { 'last-event-id': lastId }) }
    return new Promise((resolve, reject) => {
      get(`${caller.url}${path}`, { headers }, (answer) => resolve(new Reader(answer))).on('error', reject)
    })
  }

  read(): this {
    const push = createParser((frame: Frame) => this.hear(frame))
    this.answer.setEncoding('utf8').on('data', (text: string) => push(text))
    this.answer.on('error', () => {})
    return this
  }

  close(): void {
    this.answer.destroy()
  }

  private hear({ event, data, id }: Frame): void {
    if (id) this.lastId = id
    if (event !== 'event' && event !== 'entries') return
    const { type, entries } = JSON.parse(data)
    if (event === 'entries' || type === 'entries.appended')
      this.positions.push(...entries.map((e: { position: number }) => e.position))
  }
}

/** What a dashboard does with entries it has already. */
const inOrder = (positions: number[]) => [...new Set(positions)].toSorted((a, b) => a - b)
const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1)

const LONG = 'x'.repeat(16_000)
/** Appends so many long entries, as fast as it goes. */
async function fill(conversationId: string, count: number): Promise<void> {
  const author = { kind: 'operator' as const, id: null, name: 'Elsewhere' }
  const item = {
    workspaceId: app.north.id,
    conversationId,
    kind: 'message' as const,
    author,
    text: LONG,
    origin: 'ingest' as const,
  }
  await Promise.all(Array.from({ length: count }, () => app.north.ctx.append(item)))
}

async function gauge(name: string): Promise<number> {
  const { body } = await new Caller(app.url).get('/metrics')
  return Number(new RegExp(`^earshot_${name} (\\d+)$`, 'm').exec(body)?.[1])
}

test('a screen that reads too slowly is cut off, others are not, and it goes on from where it was', {
  timeout: 120_000,
}, async () => {
  const id = await maker(app, app.north).conversation()
  const path = `/api/v1/live?follow=${id}&cursor=${(await app.north.machine.get('/api/v1/live/events')).body.cursor}`
  // Screens of the tests before may still be closing.
  await until(async () => (await gauge('live_streams')) === 0, 'the earlier screens are gone')
  const slow = await Reader.open(app.north.machine, path)
  const quick = (await Reader.open(app.north.people.ana.caller, path)).read()
  let last = 2
  await until(
    async () => {
      await fill(id, 20) // little at a time, so that who reads keeps up
      last += 20
      return (await gauge('live_streams')) === 1
    },
    'the slow one is cut off',
    60_000,
  )
  await until(() => inOrder(quick.positions).at(-1) === last, 'the quick one has everything')
  expect(quick.ended).toBe(false)
  slow.read()
  await until(() => slow.ended, 'the slow one has read what was on its way')
  expect(inOrder(slow.positions).length).toBeLessThan(last - 2)
  const again = (
    await Reader.open(app.north.machine, slow.lastId ? `/api/v1/live?follow=${id}` : path, slow.lastId)
  ).read()
  await until(() => inOrder([...slow.positions, ...again.positions]).at(-1) === last, 'it has caught up', 60_000)
  expect(inOrder([1, 2, ...slow.positions, ...again.positions])).toEqual(upTo(last))
  for (const reader of [quick, again]) reader.close()
})

test('a screen that was away for many megabytes catches up in one stream, while more is said', {
  timeout: 120_000,
}, async () => {
  const id = await maker(app, app.north).conversation()
  const { cursor } = (await app.north.machine.get('/api/v1/live/events')).body
  await fill(id, 600)
  const reader = await Reader.open(app.north.machine, `/api/v1/live?follow=${id}&cursor=${cursor}`)
  await fill(id, 150) // more than is held back for a reader who is still in the past
  reader.read()
  await until(() => inOrder(reader.positions).at(-1) === 752, 'it has everything', 60_000)
  expect(inOrder([1, 2, ...reader.positions])).toEqual(upTo(752))
  expect(reader.ended).toBe(false)
  reader.close()
})

test('a visitor who was away for many megabytes catches up in one stream, without a gap or a repeat', {
  timeout: 120_000,
}, async () => {
  const { body } = await app.north.machine.get('/api/v1/channels')
  const visitor = await TestVisitor.start(app.url, body.items[0].key)
  const said = await visitor.say('Hello')
  const id = said.body.conversation.id
  await app.north.people.ana.caller.put(`/api/v1/conversations/${id}/control`, { control: 'operator', announce: false })
  await fill(id, 600)
  const reader = await Reader.open(visitor.caller, '/widget/v1/stream', `${id}:1`)
  await fill(id, 20)
  reader.read()
  await until(() => reader.positions.length >= 620, 'the visitor has everything', 60_000)
  expect(reader.positions).toEqual(reader.positions.toSorted((a, b) => a - b))
  expect(new Set(reader.positions).size).toBe(reader.positions.length)
  expect(reader.ended).toBe(false)
  reader.close()
})

/** Long before the streams are looked at anyway. */
const SOON = 6000

test('a removed member hears nothing more, at any node, at once; the others go on', async () => {
  const leaver = await signUp(app, 'operator')
  const { body } = await leaver.get('/api/v1/me')
  const readers = [await Reader.open(leaver, '/api/v1/live'), await Reader.open(leaver.at(second.url), '/api/v1/live')]
  const stayer = (await Reader.open(app.north.people.ben.caller, '/api/v1/live')).read()
  for (const reader of readers) reader.read()
  await app.north.people.owner.caller.patch(`/api/v1/members/${body.member.id}`, { role: 'viewer' })
  await app.north.people.owner.caller.delete(`/api/v1/members/${body.member.id}`)
  await until(() => readers.every(({ ended }) => ended), 'both streams of the removed end', SOON)
  expect(stayer.ended).toBe(false)
  stayer.close()
  expect((await leaver.get('/api/v1/live/events')).status).toBe(403)
})

test('a revoked key hears nothing more, at any node, at once; other keys go on', async () => {
  const { key, id } = await createApiKey(app.north.ctx, {
    name: 'to be revoked',
    scopes: ['conversations:read'],
    expiresInDays: null,
  })
  const readers = await Promise.all(
    [app.url, second.url].map(async (url) => (await Reader.open(Caller.withKey(url, key), '/api/v1/live')).read()),
  )
  const other = (await Reader.open(app.north.machine, '/api/v1/live')).read()
  await app.north.people.owner.caller.delete(`/api/v1/api-keys/${id}`)
  await until(() => readers.every(({ ended }) => ended), 'both streams of the key end', SOON)
  expect(other.ended).toBe(false)
  other.close()
})
