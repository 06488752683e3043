/** Sound that comes from elsewhere: fetched from an address through the guarded door, or sent along with a message. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'
import { mp3, ogg, wav } from '../test/sounds.ts'
import { until } from '../test/until.ts'
import { fetchAudio } from './index.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ config: { allowPrivateAddresses: ['127.0.0.1/32'] } })
})
afterAll(() => app?.stop())

const get = (url: string) => fetch(app.url + url, { headers: app.north.people.viewer.caller.headers })

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
