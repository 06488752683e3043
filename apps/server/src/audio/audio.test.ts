/** Voice messages: taken, listed, played in parts, drawn, downloaded; by those who may, from the conversation that has them. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'
import { m4a, mp3, ogg, wav, webm } from '../test/sounds.ts'
import { until } from '../test/until.ts'
import { TestVisitor } from '../test/visitor.ts'
import { fetchAudio, makePeaks } from './index.ts'

let app: TestApp
let key: string
beforeAll(async () => {
  app = await startTestApp({ config: { allowPrivateAddresses: ['127.0.0.1/32'] } })
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

  test('goes with its conversation', async () => {
    const { id, items } = await conversationWith(['a.wav', wav()])
    const { rows } = await app.database.owner.query('select id from file where conversation_id = $1', [id])
    expect(rows.map((row) => row.id)).toEqual([items[0].id])
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

describe('sound that lies elsewhere', () => {
  async function served(status: number, body: Buffer) {
    const server = createServer((_, response) => response.writeHead(status).end(body))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/voice.wav`, stop: () => server.close() }
  }
  async function ingest(url: string) {
    const { body } = await app.north.machine.post('/api/v1/ingest/messages', {
      conversation: { externalId: crypto.randomUUID() },
      message: {
        externalId: 'm1',
        author: 'contact',
        attachments: [{ name: 'voice.wav', url, mediaType: 'audio/wav' }],
      },
    })
    return body.conversationId as string
  }
  /** The server's own sweep may be at it as well; that is the point of claims. */
  const fetchUntil = async (id: string, state: string) => {
    await until(async () => {
      await app.database.owner.query(`update audio_fetch set due_at = now() - interval '1 hour'`)
      await fetchAudio(app.app.node.services, { allowed: ['127.0.0.1/32'] })
      return (await stateOf(id)).state === state
    }, `the sound is ${state}`)
  }
  const stateOf = async (id: string) => (await app.north.machine.get(`/api/v1/conversations/${id}/audio`)).body.items[0]

  test('is fetched through the guarded door, and kept here', async () => {
    const { url, stop } = await served(200, wav(1))
    const id = await ingest(url)
    expect(await stateOf(id)).toMatchObject({ state: 'fetching', durationMs: 0 })
    await fetchUntil(id, 'ready')
    expect(await stateOf(id)).toMatchObject({ state: 'ready', durationMs: 1000, codec: 'pcm' })
    expect((await get((await stateOf(id)).url)).status).toBe(200)
    stop()
  })

  test.each<[string, number, Buffer]>([
    ['that is gone', 404, Buffer.from('no')],
    ['that is a web page', 200, Buffer.from('<html>sign in</html>')],
    ['that is words', 200, Buffer.from('just words')],
    ['that is broken', 200, wav(1).subarray(0, 2000)],
    ['that leads on', 302, Buffer.alloc(0)],
    ['whose host is tired, again and again', 503, Buffer.alloc(9)],
  ])('%s has failed, and says so', async (_, status, body) => {
    const { url, stop } = await served(status, body)
    const id = await ingest(url)
    await fetchUntil(id, 'failed')
    expect((await get((await stateOf(id)).url)).status).toBe(404)
    stop()
  })

  test('is not looked for at addresses of this network', async () => {
    const id = await ingest('http://169.254.169.254/latest/meta-data')
    await fetchUntil(id, 'failed')
    const { rows } = await app.database.owner.query(
      'select failure, attempts from audio_fetch where conversation_id = $1',
      [id],
    )
    expect(rows).toEqual([{ failure: 'address', attempts: 1 }])
  })
})

describe('sound that comes by ingest', () => {
  const send = (externalId: string, attachment: object, extra: object = {}) =>
    app.north.machine.post('/api/v1/ingest/messages', {
      conversation: { externalId },
      message: { externalId: 'm1', author: 'contact', attachments: [attachment], ...extra },
    })
  const soundsOf = async (id: string) => (await app.north.machine.get(`/api/v1/conversations/${id}/audio`)).body.items

  test('in the message itself is kept once, however often it is sent', async () => {
    const externalId = crypto.randomUUID()
    const attachment = { name: 'voice.ogg', content: ogg(2).toString('base64') }
    const [first, again] = [await send(externalId, attachment), await send(externalId, attachment)]
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.body).toMatchObject({ duplicate: true, position: first.body.position })
    const sounds = await soundsOf(first.body.conversationId)
    expect(sounds).toMatchObject([{ name: 'voice.ogg', durationMs: 2000, state: 'ready' }])
    const { rows } = await app.database.owner.query('select id from file where conversation_id = $1', [
      first.body.conversationId,
    ])
    expect(rows).toEqual([{ id: sounds[0].id }])
  })

  test('by an upload of the same key is kept; that of another does not exist', async () => {
    const upload = async (caller: typeof app.north.machine): Promise<string> => {
      const form = new FormData()
      form.append('file', new Blob([wav(1) as BlobPart]), 'a.wav')
      const answer = await fetch(`${app.url}/api/v1/ingest/files`, {
        method: 'POST',
        headers: caller.headers,
        body: form,
      })
      expect(answer.status).toBe(201)
      return ((await answer.json()) as { id: string }).id
    }
    const sent = await send(crypto.randomUUID(), { fileId: await upload(app.north.machine) })
    expect(await soundsOf(sent.body.conversationId)).toMatchObject([{ name: 'a.wav', state: 'ready' }])
    const foreign = await send(crypto.randomUUID(), { fileId: await upload(app.south.machine) })
    expect(foreign).toMatchObject({ status: 404, body: { code: 'file.not_found' } })
  })

  test('of a whole conversation comes with it, in one go', async () => {
    const externalId = crypto.randomUUID()
    const messages = [1, 2].map((n) => ({
      externalId: `m${n}`,
      author: 'contact',
      attachments: [{ name: `${n}.mp3`, content: mp3(20 * n).toString('base64') }],
    }))
    const ask = () => app.north.machine.post('/api/v1/ingest/conversations', { items: [{ externalId, messages }] })
    const { id } = (await ask()).body.results[0]
    expect(await soundsOf(id)).toMatchObject([
      { name: '1.mp3', durationMs: 522 },
      { name: '2.mp3', durationMs: 1045 },
    ])
    expect((await ask()).body.results[0]).toMatchObject({ id, status: 'unchanged' })
  })

  test.each<[string, object, number, string]>([
    ['broken', { name: 'a.wav', content: wav().subarray(0, 900).toString('base64') }, 415, 'audio.unreadable'],
    ['not base64', { name: 'a.wav', content: 'no base64 at all!' }, 400, 'request.invalid'],
    ['named twice', { name: 'a', url: 'https://a.example/b', content: 'AAAA' }, 400, 'request.invalid'],
    ['named nowhere', { name: 'a.wav' }, 400, 'request.invalid'],
  ])('that is %s is refused, and says so', async (_, attachment, status, code) => {
    expect(await send(crypto.randomUUID(), attachment)).toMatchObject({ status, body: { code } })
  })
})
