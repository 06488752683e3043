/** Uploads are hostile until proven harmless: what is taken, under which name it is kept, and how it is given back. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'
import { TestVisitor } from '../test/visitor.ts'
import { sweepUnattachedFiles } from './index.ts'

let app: TestApp
let key: string
beforeAll(async () => {
  app = await startTestApp()
  const { body } = await app.north.machine.post('/api/v1/channels', { name: 'Uploads', kind: 'widget' })
  key = body.key
})
afterAll(() => app?.stop())

const visit = () => TestVisitor.start(app.url, key)
const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), randomBytes(200)])

describe('an upload', () => {
  test('is named by a message, seen by both sides, and given back byte for byte as an attachment', async () => {
    const visitor = await visit()
    const uploaded = await visitor.upload('label.png', PNG, 'image/png')
    expect(uploaded).toMatchObject({ status: 201, body: { name: 'label.png', mediaType: 'image/png', size: 208 } })
    const said = await visitor.say('', crypto.randomUUID(), { attachmentIds: [uploaded.body.id] })
    const [shown] = said.body.entry.attachments
    const answer = await fetch(app.url + shown.url)
    expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).toBe(true)
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="label.png"; filename*=UTF-8''label.png`,
    )
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')

    const entries = await app.north.machine.get(`/api/v1/conversations/${said.body.conversation.id}/entries`)
    const [attachment] = entries.body.items[0].attachments
    const forOperator = await fetch(app.url + attachment.url, { headers: app.north.people.viewer.caller.headers })
    expect(Buffer.from(await forOperator.arrayBuffer()).equals(PNG)).toBe(true)
    expect(forOperator.headers.get('content-disposition')).toMatch(/^attachment/)
    expect((await app.south.machine.get(attachment.url)).status).toBe(404)
    expect((await fetch(app.url + attachment.url)).status).toBe(401)
  })

  test('goes with the first message; the message repeated names it again, another visitor cannot', async () => {
    const visitor = await visit()
    const { body } = await visitor.upload('a.txt', 'text')
    const clientKey = crypto.randomUUID()
    const [first, again] = [
      await visitor.say('see', clientKey, { attachmentIds: [body.id] }),
      await visitor.say('see', clientKey, { attachmentIds: [body.id] }),
    ]
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.body.entry).toEqual(first.body.entry)
    expect((await (await visit()).say('see', clientKey, { attachmentIds: [body.id] })).status).toBe(404)
  })

  test.each<[string, string, string | Uint8Array]>([
    ['a web page that calls itself a picture', 'cat.png', '<!doctype html><script>alert(1)</script>'],
    ['a picture that is a script', 'x.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a page after blanks and a mark', 'notes.txt', '\ufeff \n\t<html><body onload=alert(1)>'],
    ['XML', 'a.xml', '<?xml version="1.0"?><x/>'],
    ['a Windows program', 'setup.pdf', Buffer.concat([Buffer.from('MZ'), randomBytes(100)])],
    ['a Linux program', 'tool', Buffer.concat([Buffer.from([0x7f]), Buffer.from('ELF'), randomBytes(100)])],
    ['a shell script', 'run.txt', '#!/bin/sh\nrm -rf /'],
    ['unknown bytes', 'data.bin', Buffer.from([0, 1, 2, 3, 250, 251])],
  ])('of %s is refused', async (_, name, bytes) => {
    const answer = await (await visit()).upload(name, bytes)
    expect(answer).toMatchObject({ status: 415, body: { code: 'request.unsupported_media_type' } })
  })

  test.each([
    ['../../etc/passwd', 'text', 'passwd.txt', 'text/plain'],
    ['C:\\Users\\x\\a.txt', 'text', 'a.txt', 'text/plain'],
    ['invoice.pdf.exe', 'just text', 'invoice.pdf.exe.txt', 'text/plain'],
    ['invoice\u202efdp.exe', 'just text', 'invoicefdp.exe.txt', 'text/plain'],
    ['page.html', 'just text', 'page.html.txt', 'text/plain'],
    ['line\r\nSet-Cookie: x.txt', 'text', 'line%0D%0ASet-Cookie_ x.txt', 'text/plain'],
    ['Rechnung „Müller“ 2026.csv', 'a;b', 'Rechnung „Müller“ 2026.csv', 'text/csv'],
    [`${'n'.repeat(300)}.txt`, 'text', `${'n'.repeat(96)}…${'n'.repeat(16)}.txt`, 'text/plain'],
    ['...', 'text', 'file.txt', 'text/plain'],
  ])('called %j is kept under a harmless name', async (given, content, kept, mediaType) => {
    const { body } = await (await visit()).upload(given, content)
    expect(body).toMatchObject({ name: kept, mediaType })
    const answer = await fetch(app.url + body.url)
    const disposition = answer.headers.get('content-disposition')!
    expect(disposition).toMatch(/^attachment; /)
    expect(decodeURIComponent(disposition.split("UTF-8''")[1]!)).toBe(kept)
  })

  test('of nothing, or of more than 25 MB, is refused, and nothing of it stays', async () => {
    const visitor = await visit()
    expect(await visitor.upload('empty.txt', '')).toMatchObject({ status: 400, body: { code: 'file.empty' } })
    const large = Buffer.alloc(25 * 1024 * 1024 + 1, 'a')
    const count = async () => Number((await app.database.owner.query('select count(*) from file')).rows[0].count)
    const before = await count()
    expect(await visitor.upload('large.txt', large)).toMatchObject({ status: 413, body: { code: 'file.too_large' } })
    expect(await count()).toBe(before)
    expect((await visitor.upload('just.txt', large.subarray(1))).status).toBe(201)
  })

  test('needs multipart and a token', async () => {
    const visitor = await visit()
    const answer = await visitor.caller.post('/widget/v1/upload', { file: 'x' })
    expect(answer).toMatchObject({ status: 415, body: { code: 'request.unsupported_media_type' } })
    expect((await fetch(`${app.url}/widget/v1/upload`, { method: 'POST', body: new FormData() })).status).toBe(401)
  })
})

describe('a link', () => {
  test('opens one file only, unchanged only', async () => {
    const visitor = await visit()
    const [a, b] = [(await visitor.upload('a.txt', 'A')).body, (await visitor.upload('b.txt', 'B')).body]
    const ticket = new URL(app.url + a.url).searchParams.get('ticket')!
    const [workspace, expires, seal] = ticket.split('.')
    for (const url of [
      `/files/${b.id}?ticket=${ticket}`,
      `/files/${a.id}`,
      `/files/${a.id}?ticket=`,
      `/files/${a.id}?ticket=${app.south.id}.${expires}.${seal}`,
      `/files/${a.id}?ticket=${workspace}.${expires}zz.${seal}`,
    ]) {
      expect((await fetch(app.url + url)).status).toBe(404)
    }
    expect((await fetch(app.url + a.url)).status).toBe(200)
  })
})

test('operators attach their own uploads; uploads that no message names are removed after a day', async () => {
  const { ana, ben } = app.north.people
  const visitor = await visit()
  const { body } = await visitor.say('Hello')
  const id = body.conversation.id
  await ana.caller.put(`/api/v1/conversations/${id}/control`, { control: 'operator' })
  const upload = async (who: typeof ana): Promise<{ id: string; url: string }> => {
    const form = new FormData()
    form.append('file', new Blob(['offer']), 'offer.txt')
    const answer = await fetch(`${app.url}/api/v1/files`, { method: 'POST', headers: who.caller.headers, body: form })
    return (await answer.json()) as { id: string; url: string }
  }
  const [used, unused, foreign] = [await upload(ana), await upload(ana), await upload(ben)]
  const refused = await ana.caller.post(`/api/v1/conversations/${id}/messages`, {
    text: 'Here',
    attachmentIds: [foreign.id],
  })
  expect(refused).toMatchObject({ status: 404, body: { code: 'file.not_found' } })
  const said = await ana.caller.post(`/api/v1/conversations/${id}/messages`, { text: 'Here', attachmentIds: [used.id] })
  expect(said.status).toBe(201)
  await app.database.owner.query(`update file set created_at = now() - interval '2 days'`)
  await sweepUnattachedFiles(app.app.node.services)
  expect((await ana.caller.get(used.url)).status).toBe(200)
  expect((await ana.caller.get(unused.url)).status).toBe(404)
})
