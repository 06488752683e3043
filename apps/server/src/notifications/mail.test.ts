/** Mail: after the commit, once, in words and never in markup; tried again, given up, taken back, and said plainly when there is none. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transact } from '../platform/context.ts'
import { composeMail, openMail, sendDueMails, sendMail } from '../platform/mail/index.ts'
import { type MailStandIn, startMailStandIn } from '../platform/mail/smtp-stand-in.fixture.ts'
import { startTestApp, type TestApp } from '../test/app.ts'
import { until } from '../test/until.ts'
import { TestVisitor } from '../test/visitor.ts'

let app: TestApp
let smtp: MailStandIn
beforeAll(async () => {
  smtp = await startMailStandIn()
  app = await startTestApp({ config: { mail: smtp.settings } })
})
afterAll(async () => {
  await app?.stop()
  await smtp?.stop()
})

const MAIL = '/api/v1/notifications/mail'
const HOSTILE = '<img src=x onerror=alert(1)> "A"\u202E & \r\nBcc: all@evil.example'
const content = (subject: string) => ({
  subject,
  heading: subject,
  paragraphs: ['Words'],
  button: { label: 'Open', url: 'https://earshot.example/x?a=1&b=2' },
  footer: 'Why',
})
const send = (key: string, to = 'ana@north.example', subject = key) =>
  transact(app.north.ctx, (tx) => sendMail(tx, app.north.ctx, { key, to, content: content(subject) }))
const withSubject = (subject: string) => smtp.taken.filter(({ raw }) => raw.includes(`Subject: ${subject}`))
const row = async (key: string) =>
  (await app.database.owner.query('select * from earshot.mail where key = $1', [key])).rows[0]

test('a mail goes out after the commit, once for its key, and leaves no words behind', async () => {
  await expect(
    transact(app.north.ctx, async (tx) => {
      await sendMail(tx, app.north.ctx, { key: 'undone', to: 'ana@north.example', content: content('undone') })
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  expect([await send('one'), await send('one')]).toEqual([true, false])
  await until(() => withSubject('one').length > 0, 'the mail arrives')
  await until(async () => (await row('one')).sent_at !== null, 'it is noted')
  expect((await row('one')).content).toBeNull()
  expect(await send('one')).toBe(false)
  expect([await send('to nobody', 'nobody'), await send('to two', 'a@x.example,b@x.example')]).toEqual([false, false])
  // What was sent after it has arrived: nothing of the others is behind.
  await send('two')
  await until(() => withSubject('two').length > 0, 'the next one arrives')
  expect([withSubject('one').length, withSubject('undone').length]).toEqual([1, 0])
  expect(withSubject('one')[0]).toMatchObject({ from: 'earshot@north.example', to: ['ana@north.example'] })
})

test('words are never markup, a header or a link', () => {
  const { subject, html, text } = composeMail({
    ...content(HOSTILE),
    paragraphs: [HOSTILE],
    facts: [{ name: HOSTILE, value: '</table><script>' }],
  })
  expect(subject).not.toMatch(/[\r\n\u202E]/)
  expect(html).not.toMatch(/<img|<script|\u202E/)
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(html).toContain('href="https://earshot.example/x?a=1&amp;b=2"')
  expect(text).toContain('<img src=x')
  expect(() => composeMail({ ...content('x'), button: { label: 'x', url: 'javascript:alert(1)' } })).toThrow()
})

test('what is refused for now is tried again, what is refused for good is given up, and what a dead node held is sent', async () => {
  smtp.refusals.push(451)
  await send('later')
  await until(async () => (await row('later')).problem !== null, 'it was refused')
  expect((await row('later')).problem).toMatch(/451|not now/)
  const due = (key: string) => app.database.owner.query('update earshot.mail set due_at = now() where key = $1', [key])
  await due('later')
  await until(() => withSubject('later').length === 1, 'it arrives')
  smtp.refusals.push(554)
  await send('never')
  await until(async () => (await row('never')).failed_at !== null, 'it is given up')
  // As a node that was killed after it took it: nobody touches it until the lease is over.
  await app.database.owner.query(
    `insert into earshot.mail (workspace_id, key, to_address, content, attempts, due_at)
     values ($1, 'held', 'ana@north.example', $2, 1, now() + interval '2 minutes')`,
    [app.north.id, JSON.stringify(content('held'))],
  )
  await sendDueMails(app.app.node.services)
  expect(withSubject('held')).toHaveLength(0)
  await due('held')
  const second = await app.startSecondNode()
  await Promise.all([app.app, second].map(({ node }) => sendDueMails(node.services)))
  await until(async () => (await row('held')).sent_at !== null, 'it is sent')
  expect(withSubject('held')).toHaveLength(1)
})

test('who wants mail for a mention gets one without words of the conversation, and none when they looked', async () => {
  const { ana, ben } = app.north.people
  const { body } = await ben.caller.get('/api/v1/notifications/choices')
  const mention = { ...body.kinds.mention, mail: true }
  await ben.caller.put('/api/v1/notifications/choices', { ...body, kinds: { ...body.kinds, mention } })
  const key = (await app.north.people.owner.caller.get('/api/v1/channels')).body.items[0].key
  await (await TestVisitor.start(app.url, key, { name: '<b>Nora</b>' })).say('Hello')
  const [{ id }] = (await ben.caller.get('/api/v1/conversations?limit=20')).body.items
  const note = (text: string) =>
    ana.caller.post(`/api/v1/conversations/${id}/notes`, { text, mentions: [ben.memberId], clientKey: text })
  const waiting = async () =>
    (await app.database.owner.query("select key from earshot.mail where key like 'notification:%' and sent_at is null"))
      .rows
  await note('secret words')
  await until(async () => (await waiting()).length === 1, 'the mail waits')
  await ben.caller.post('/api/v1/notifications/read', { all: true })
  expect(await waiting()).toEqual([])
  await note('secret words again')
  await until(async () => (await waiting()).length === 1, 'the mail waits')
  await app.database.owner.query("update earshot.mail set due_at = now() where key like 'notification:%'")
  await until(() => smtp.taken.some(({ to }) => to.includes('ben@north.example')), 'Ben gets it')
  const { raw } = smtp.taken.find(({ to }) => to.includes('ben@north.example'))!
  expect(raw).not.toContain('secret')
  expect(raw).toContain('Ana mentioned you')
})

test('a test says what the server said; a server without mail says so', async () => {
  const { ana } = app.north.people
  expect((await ana.caller.get(MAIL)).body).toMatchObject({ from: smtp.settings.from, to: 'ana@north.example' })
  expect((await ana.caller.post(`${MAIL}/test`)).body).toEqual({ sent: true, problem: null })
  smtp.refusals.push(554)
  expect((await ana.caller.post(`${MAIL}/test`)).body).toMatchObject({
    sent: false,
    problem: expect.stringMatching(/not now/),
  })
  const none = openMail(undefined)
  expect(
    await transact(app.north.ctx, (tx) =>
      sendMail(tx, { ...app.north.ctx, mail: none }, { key: 'none', to: 'a@b.example', content: content('none') }),
    ),
  ).toBe(false)
  const wrong = openMail({ ...smtp.settings, url: smtp.settings.url.replace('earshot:', 'nobody:') })
  const composed = { ...composeMail(content('x')), to: 'a@b.example', messageId: 'x' }
  await expect(wrong.deliver(composed)).rejects.toThrow('refused the name and password')
  wrong.close()
})
