/** Voice messages: taken, listed, played in parts, drawn, downloaded; by those who may, from the conversation that has them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'
import { m4a, mp3, ogg, wav, webm } from '../test/sounds.ts'
import { until } from '../test/until.ts'
import { TestVisitor } from '../test/visitor.ts'
import { makePeaks } from './index.ts'

let app: TestApp
let key: string
beforeAll(async () => {
  app = await startTestApp()
  const { body } = await app.north.machine.post('/api/v1/channels', { name: 'Voices', kind: 'widget' })
  key = body.key
})
afterAll(() => app?.stop())

const visit = () => TestVisitor.start(app.url, key)

/** A visitor's conversation with these sounds, one a message. */
async function conversationWith(...sounds: [name: string, bytes: Buffer][]) {
  const visitor = await visit()
  let id = ''
  for (const [name, bytes] of sounds) {
    const uploaded = await visitor.upload(name, bytes)
    expect(uploaded.status, JSON.stringify(uploaded.body)).toBe(201)
    const said = await visitor.say('', crypto.randomUUID(), { attachmentIds: [uploaded.body.id] })
    id = said.body.conversation.id
  }
  const { body } = await app.north.machine.get(`/api/v1/conversations/${id}/audio`)
  return { id, visitor, items: body.items }
}
const get = (url: string, headers: Record<string, string> = {}) =>
  fetch(app.url + url, { headers: { ...app.north.people.viewer.caller.headers, ...headers } })

describe('a voice message', () => {
  test('marks its entry and its conversation, and is listed in the order in which it was said', async () => {
    const { id, items } = await conversationWith(['note.webm', webm(2)], ['a.mp3', mp3()], ['b.m4a', m4a(3)])
    expect(items).toMatchObject([
      { position: 1, name: 'note.webm', mediaType: 'audio/webm', durationMs: 2000, codec: 'opus', state: 'ready' },
      { position: 2, name: 'a.mp3', mediaType: 'audio/mpeg', codec: 'mp3', channels: 2 },
      { position: 3, name: 'b.m4a', mediaType: 'audio/mp4', durationMs: 3000, codec: 'aac' },
    ])
    expect((await app.north.machine.get(`/api/v1/conversations/${id}`)).body.hasAudio).toBe(true)
    const { body } = await app.north.machine.get(`/api/v1/conversations/${id}/entries`)
    expect(body.items.at(-1)).toMatchObject({ audio: { id: items[0].id, durationMs: 2000 } })
    expect(body.items.at(-1).attachments[0]).toMatchObject({ mediaType: 'audio/webm', durationMs: 2000 })
  })

  test('is nowhere else: a text conversation has none, and another one does not play it', async () => {
    const { items } = await conversationWith(['a.wav', wav()])
    const said = await (await visit()).say('Only words')
    const other = said.body.conversation.id
    expect((await app.north.machine.get(`/api/v1/conversations/${other}`)).body.hasAudio).toBe(false)
    expect((await app.north.machine.get(`/api/v1/conversations/${other}/audio`)).body).toEqual({ items: [] })
    for (const path of [items[0].id, `${items[0].id}/peaks`]) {
      const answer = await app.north.machine.get(`/api/v1/conversations/${other}/audio/${path}`)
      expect(answer).toMatchObject({ status: 404, body: { code: 'audio.not_found' } })
    }
    const none = await app.north.machine.get(`/api/v1/conversations/${other}/audio/download`)
    expect(none).toMatchObject({ status: 404, body: { code: 'audio.not_found' } })
  })

  test('is for its workspace, and for who may read conversations', async () => {
    const { id, items } = await conversationWith(['a.wav', wav()])
    for (const path of ['', `/${items[0].id}`, `/${items[0].id}/peaks`, '/download']) {
      const url = `/api/v1/conversations/${id}/audio${path}`
      expect((await app.south.machine.get(url)).status).toBe(404)
      expect((await fetch(app.url + url)).status).toBe(401)
      expect((await get(url)).status).toBe(200)
    }
  })

  test('goes with its conversation, bytes and all', async () => {
    const { id, items } = await conversationWith(['a.wav', wav()])
    const { rows } = await app.database.owner.query('select storage_key from file where id = $1', [items[0].id])
    const { files } = app.app.node.services
    expect(await files.read(rows[0].storage_key)).toBeDefined()
    const deleted = await app.north.people.owner.caller.send('DELETE', `/api/v1/conversations/${id}`, {})
    expect(deleted.status).toBe(200)
    await until(async () => (await files.read(rows[0].storage_key)) === undefined, 'the bytes are gone')
    expect((await get(items[0].url)).status).toBe(404)
    const left = await app.database.owner.query('select id from file where id = $1', [items[0].id])
    expect(left.rows).toEqual([])
  })
})

describe('an upload of sound', () => {
  test.each<[string, string, Buffer]>([
    ['a WAV cut short', 'a.wav', wav().subarray(0, 5000)],
    ['an Ogg that claims more than it holds', 'a.ogg', ogg(1, 48_000n * 3600n)],
    ['a tag with a web page', 'a.mp3', Buffer.from(`ID3\x04\0\0\0\0\0\x0a${'<script>alert(1)</script>'.repeat(50)}`)],
    ['an M4A without its end', 'a.m4a', m4a().subarray(0, -9)],
  ])('%s is refused, and nothing of it stays', async (_, name, bytes) => {
    const answer = await (await visit()).upload(name, bytes)
    expect(answer).toMatchObject({ status: 415, body: { code: 'audio.unreadable' } })
    const { rows } = await app.database.owner.query(
      'select count(*)::int as n from file where name = $1 and duration_ms is null',
      [name],
    )
    expect(rows[0].n).toBe(0)
  })

  test('longer than four hours is refused', async () => {
    const head = wav(0.001, { rate: 1000 })
    const long = Buffer.concat([head.subarray(0, 44), Buffer.alloc(1000 * 2 * 3600 * 3.5)])
    long.writeUInt32LE(long.length - 8, 4)
    long.writeUInt32LE(long.length - 44, 40)
    long.writeUInt32LE(800, 24)
    const answer = await (await visit()).upload('long.wav', long)
    expect([answer.status, answer.body.code]).toEqual([415, 'audio.unreadable'])
    long.writeUInt32LE(1000, 24)
    long.writeUInt16LE(1, 32)
    long.writeUInt16LE(8, 34)
    expect(await (await visit()).upload('long.wav', long)).toMatchObject({
      status: 413,
      body: { code: 'audio.too_long' },
    })
  })

  test('called a picture is sound; pictures that move stay what they are', async () => {
    const visitor = await visit()
    expect((await visitor.upload('cat.png', ogg())).body).toMatchObject({ name: 'cat.png.ogg', mediaType: 'audio/ogg' })
    const film = await visitor.upload('film.webm', webm(1, { trackType: 1 }))
    expect(film.body).toMatchObject({ mediaType: 'video/webm' })
    expect(film.body.durationMs).toBeUndefined()
  })
})

describe('playing', () => {
  let url: string
  const bytes = wav(2)
  beforeAll(async () => {
    const { id, items } = await conversationWith(['a.wav', bytes])
    url = `/api/v1/conversations/${id}/audio/${items[0].id}`
  })
  const size = bytes.length

  test.each([
    ['bytes=0-99', 0, 99],
    ['bytes=100-', 100, size - 1],
    ['bytes=-100', size - 100, size - 1],
    [`bytes=-${size + 5}`, 0, size - 1],
    [`bytes=0-${size + 5}`, 0, size - 1],
    ['bytes=7-7', 7, 7],
    ['BYTES=1-2', 1, 2],
  ])('%s is answered with that part', async (range, start, end) => {
    const answer = await get(url, { range })
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/${size}`)
    expect(answer.headers.get('content-length')).toBe(String(end - start + 1))
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(start, end + 1))).toBe(true)
  })

  test.each([`bytes=${size}-`, `bytes=${size + 10}-${size + 20}`, 'bytes=-0'])(
    '%s is beyond the file',
    async (range) => {
      const answer = await get(url, { range })
      expect(answer.status).toBe(416)
      expect(answer.headers.get('content-range')).toBe(`bytes */${size}`)
      expect((await answer.json()).code).toBe('file.range')
    },
  )

  test.each(['bytes=0-1,4-5', 'bytes=9-3', 'bytes=-', 'bytes=a-b', 'items=0-5', 'bytes', `bytes=${'9'.repeat(40)}-`])(
    '%s is answered with all of it',
    async (range) => {
      const answer = await get(url, { range })
      expect(answer.status).toBe(200)
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    },
  )

  test('a part is only sent of the file that was asked about', async () => {
    const etag = (await get(url)).headers.get('etag')!
    expect((await get(url, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206)
    expect((await get(url, { range: 'bytes=0-9', 'if-range': '"another"' })).status).toBe(200)
  })

  test('never acts as anything but sound', async () => {
    const { headers } = await get(url, { range: 'bytes=0-9' })
    expect(headers.get('content-type')).toBe('audio/wav')
    expect(headers.get('content-disposition')).toMatch(/^attachment; /)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain('sandbox')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('accept-ranges')).toBe('bytes')
  })
})

test('outlines are made by the sweep, and told until then to be on their way', async () => {
  const { items } = await conversationWith(['a.wav', wav(2)], ['b.ogg', ogg()])
  await app.database.owner.query('update file set peaks = null, peaks_tries = 0')
  const read = async (item: { url: string }) => (await app.north.machine.get(`${item.url}/peaks`)).body
  expect(['waiting', 'ready']).toContain((await read(items[0])).state) // the server's own sweep may be at it
  await makePeaks(app.app.node.services)
  const ready = await read(items[0])
  expect(ready).toMatchObject({ state: 'ready', durationMs: 2000 })
  expect(ready.peaks).toHaveLength(600)
  expect(Math.max(...ready.peaks)).toBe(255)
})

test('several are downloaded as one archive, one as itself', async () => {
  const [a, b] = [wav(1), ogg(1)]
  const one = await conversationWith(['only.wav', a])
  const single = await get(`/api/v1/conversations/${one.id}/audio/download`)
  expect(single.headers.get('content-type')).toBe('audio/wav')
  const two = await conversationWith(['first.wav', a], ['Zwei „ö“.ogg', b])
  const answer = await get(`/api/v1/conversations/${two.id}/audio/download`)
  expect(answer.headers.get('content-type')).toBe('application/zip')
  const archive = Buffer.from(await answer.arrayBuffer())
  expect(Number(answer.headers.get('content-length'))).toBe(archive.length)
  expect(readZip(archive)).toEqual([
    ['001 contact first.wav', a],
    ['002 contact Zwei „ö“.ogg', b],
  ])
})

/** By its directory, as unpackers do. */
function readZip(archive: Buffer): [string, Buffer][] {
  const count = archive.readUInt16LE(archive.length - 12)
  let at = archive.readUInt32LE(archive.length - 6)
  return Array.from({ length: count }, () => {
    const [size, nameLength, from] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt32LE(at + 42),
    ]
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    at += 46 + nameLength
    return [name, archive.subarray(from + 30 + nameLength, from + 30 + nameLength + size)]
  })
}
