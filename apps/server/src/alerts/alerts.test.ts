/** Alerts: told once whoever looks, told again when it is over, signed for others, hushed, and nobody else's. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../app.ts'
import { asSystem } from '../platform/context.ts'
import { type MailStandIn, startMailStandIn } from '../platform/mail/smtp-stand-in.fixture.ts'
import { startTestApp, type TestApp } from '../test/app.ts'
import { until } from '../test/until.ts'
import { lookAtAlerts } from './index.ts'
import { lookAt } from './look.ts'

let app: TestApp
let smtp: MailStandIn
let hooks: Server
let hookUrl: string
const calls: { headers: IncomingHttpHeaders; body: string }[] = []
const answers: number[] = []
beforeAll(async () => {
  smtp = await startMailStandIn()
  app = await startTestApp({ config: { mail: smtp.settings, allowPrivateAddresses: ['127.0.0.1/32'] } })
  hooks = createServer((request, reply) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      calls.push({ headers: request.headers, body })
      reply.writeHead(answers.shift() ?? 200).end()
    })
  })
  await new Promise<void>((resolve) => hooks.listen(0, '127.0.0.1', resolve))
  hookUrl = `http://127.0.0.1:${(hooks.address() as AddressInfo).port}/hook`
})
afterAll(async () => {
  await app?.stop()
  await smtp?.stop()
  hooks?.close()
})

const ALERTS = '/api/v1/alerts'
const owner = () => app.north.people.owner.caller
const DRAFT = {
  name: 'Many conversations',
  watch: { kind: 'metric', metric: 'conversations' },
  compare: 'over',
  warnAt: 2,
  alertAt: 4,
  windowMinutes: 60,
}
let made = 0
async function talk(count: number, whose = app.north): Promise<void> {
  const items = Array.from({ length: count }, () => ({
    externalId: `alert ${++made}`,
    messages: [{ externalId: 'm', author: 'contact', text: 'Hello, is anybody there?', at: new Date().toISOString() }],
  }))
  await whose.machine.post('/api/v1/ingest/conversations', { items })
}
const due = () => app.database.owner.query('update earshot.alert set due_at = now()')
async function look(...nodes: App[]): Promise<void> {
  await due()
  await Promise.all((nodes.length > 0 ? nodes : [app.app]).map(({ node }) => lookAtAlerts(node.services)))
}
const changes = async (id: string) =>
  (await owner().get(`${ALERTS}/${id}/changes`)).body.items.map((one: { to: string; told: boolean }) => [
    one.to,
    one.told,
  ])
const standing = async (id: string) =>
  (await owner().get(ALERTS)).body.items.find((one: { id: string }) => one.id === id)
const toldOf = async (id: string, caller = owner()) =>
  (await caller.get('/api/v1/notifications?limit=100')).body.items.filter(
    (one: { alert: { id: string } | null }) => one.alert?.id === id,
  )
const callsOf = (id: string) => calls.filter(({ body }) => JSON.parse(body).data.alert.id === id)
const mailsTo = (who: string, subject: string) =>
  smtp.taken.filter(({ to, raw }) => to.includes(`${who}@north.example`) && raw.includes(`Subject: ${subject}`))

test('each change is told once, to the app, by mail and to the webhook, whichever and however many nodes look', async () => {
  const { alert, secret } = (await owner().post(ALERTS, { ...DRAFT, webhookUrl: hookUrl })).body
  expect([alert.state, secret]).toEqual(['ok', expect.stringMatching(/^whsec_/)])
  const second = await app.startSecondNode()
  const nodes = [app.app, second, app.app, second]
  // By turns, as the sweep does, and all at once, as after a lease that was over too early.
  const lookAll = async () => {
    await look(...nodes)
    await Promise.all(nodes.map(({ node }) => lookAt(asSystem(node.services, app.north.id), alert.id)))
  }
  await lookAll()
  expect([await changes(alert.id), (await standing(alert.id)).value]).toEqual([[], 0])
  await talk(3)
  for (let round = 0; round < 3; round++) await Promise.all([lookAll(), lookAll()])
  await talk(3)
  for (let round = 0; round < 3; round++) await Promise.all([lookAll(), lookAll()])
  // As after half of a look: a node that died before its commit has told nobody.
  expect(await changes(alert.id)).toEqual([
    ['alert', true],
    ['warn', true],
  ])
  await app.database.owner.query("update earshot.conversation set started_at = now() - interval '2 hours'")
  for (let round = 0; round < 3; round++) await Promise.all([lookAll(), lookAll()])
  expect((await changes(alert.id)).map(([to]: [string]) => to)).toEqual(['ok', 'alert', 'warn'])
  await until(() => callsOf(alert.id).length === 3, 'the webhook hears of all three')
  await until(() => mailsTo('ana', 'Many conversations').length === 3, 'Ana has three mails')
  expect(await toldOf(alert.id)).toHaveLength(3)
  expect((await toldOf(alert.id))[0].alert.says).toBe('Conversations is fine again: 0 in 1 h, threshold over 4.')
  // One more thing to wait for: what was sent after it has arrived, so that no second copy is on its way.
  await owner().post(`${ALERTS}/${alert.id}/test`)
  expect(callsOf(alert.id)).toHaveLength(4)
  expect(mailsTo('ana', 'Many conversations')).toHaveLength(3)
  // Sent side by side, so the first to arrive may be any of them.
  const { headers, body } = callsOf(alert.id).find((call) => JSON.parse(call.body).data.state === 'warn')!
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
  expect(JSON.parse(body)).toMatchObject({ type: 'alert.changed', data: { from: 'ok', state: 'warn', value: 3 } })
  await owner().delete(`${ALERTS}/${alert.id}`)
})

test('a webhook that fails is called again under the same id; one that may not be called is refused', async () => {
  answers.push(500)
  const draft = { ...DRAFT, name: 'Hook', warnAt: null, alertAt: 0, tellApp: false, webhookUrl: hookUrl }
  const { alert } = (await owner().post(ALERTS, draft)).body
  await talk(1)
  await look()
  await until(() => callsOf(alert.id).length === 1, 'it is called')
  await until(async () => (await standing(alert.id)).webhook.problem === 'It answered 500.', 'the problem is shown')
  await app.database.owner.query('update earshot.alert_call set due_at = now()')
  await until(() => callsOf(alert.id).length === 2, 'it is called again')
  expect(new Set(callsOf(alert.id).map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  const refused = await owner().post(ALERTS, { ...draft, webhookUrl: 'http://10.1.2.3/hook' })
  expect([refused.status, refused.body.code]).toEqual([400, 'alert.webhook_refused'])
  expect(await toldOf(alert.id)).toEqual([])
  await owner().delete(`${ALERTS}/${alert.id}`)
})

test('what happens while it is hushed is noted; told afterwards if it still stands, and not when it is over', async () => {
  const still = (await owner().post(ALERTS, { ...DRAFT, name: 'Still', warnAt: null, alertAt: 0 })).body.alert
  const over = (await owner().post(ALERTS, { ...DRAFT, name: 'Over', warnAt: null, alertAt: 0, windowMinutes: 30 }))
    .body.alert
  const hush = (id: string, body: object) => app.north.people.ana.caller.put(`${ALERTS}/${id}/quiet`, body)
  for (const { id } of [still, over]) expect((await hush(id, { muted: false, snoozeMinutes: 60 })).status).toBe(200)
  await talk(1)
  await look()
  expect([await changes(still.id), await changes(over.id)]).toEqual([[['alert', false]], [['alert', false]]])
  expect([await toldOf(still.id), await toldOf(over.id)]).toEqual([[], []])
  await app.database.owner.query(
    "update earshot.conversation set started_at = now() - interval '45 minutes' where started_at > now() - interval '40 minutes'",
  )
  await look()
  await hush(still.id, { muted: false, snoozeMinutes: null })
  await hush(over.id, { muted: false, snoozeMinutes: null })
  await look()
  await look()
  expect([(await toldOf(still.id)).length, (await toldOf(over.id)).length]).toEqual([1, 0])
  for (const { id } of [still, over]) await owner().delete(`${ALERTS}/${id}`)
})

test('too few conversations are no data, and a quiet night is no news', async () => {
  const draft = {
    ...DRAFT,
    name: 'Rate',
    watch: { kind: 'metric', metric: 'handoff_rate' },
    warnAt: null,
    alertAt: 10,
    least: 3,
    windowMinutes: 5,
  }
  await app.database.owner.query("update earshot.conversation set started_at = now() - interval '2 hours'")
  const { alert } = (await owner().post(ALERTS, draft)).body
  await look()
  await talk(1)
  expect((await owner().post(`${ALERTS}/look`, draft)).body).toMatchObject({ seen: 1, state: 'no_data' })
  await talk(3)
  expect((await owner().post(`${ALERTS}/look`, draft)).body).toEqual({ value: 0, seen: 4, state: 'ok' })
  await look()
  expect(await changes(alert.id)).toEqual([
    ['ok', false],
    ['no_data', false],
  ])
  await owner().delete(`${ALERTS}/${alert.id}`)
})

test('the average quality is the one people see: with what they overruled', async () => {
  const at = new Date().toISOString()
  const lines = [
    ['contact', 'Do you ship the blue kettle to Norway, and what does it cost?'],
    ['agent', 'Yes, we ship to Norway. Delivery costs 9 euros and takes four days.'],
    ['contact', 'Great, that is all I wanted to know, thank you very much!'],
    ['agent', 'You are welcome.'],
  ]
  const messages = lines.map(([author, text], i) => ({ externalId: `m${i}`, author, text, at }))
  const stored = await app.north.machine.post('/api/v1/ingest/conversations', {
    items: [{ externalId: 'alert quality', messages }],
  })
  const path = `/api/v1/conversations/${stored.body.results[0].id}`
  const review = (await owner().post(`${path}/review`)).body
  const watch = { kind: 'metric', metric: 'average_quality' }
  const read = async () => (await owner().post(`${ALERTS}/look`, { ...DRAFT, watch })).body.value
  expect(await read()).toBe(review.quality.score)
  const part = review.quality.parts.find(({ key }: { key: string }) => key === 'care')
  const points = part.points > 5 ? 0 : part.max
  const wish = { reviewId: review.id, field: 'part', part: 'care', value: points, reason: 'Seen otherwise.' }
  const done = await owner().post(`${path}/review/overrides`, wish)
  expect(done.status, JSON.stringify(done.body)).toBe(201)
  const { quality } = (await owner().get(path)).body
  expect(quality).not.toBe(review.quality.score)
  expect(await read()).toBe(quality)
})

test('every metric and a flag can be read; an alert is of its workspace, its agents and channels; only admins change it', async () => {
  const metrics = [
    'conversations',
    'handoff_rate',
    'could_not_help_rate',
    'negative_share',
    'average_quality',
    'waiting_seconds',
    'unanswered',
    'function_failures',
    'cost_usd',
  ]
  await app.database.owner.query("update earshot.conversation set started_at = now() - interval '2 hours'")
  await talk(2)
  await talk(5, app.south)
  const watches = [...metrics.map((metric) => ({ kind: 'metric', metric })), { kind: 'flag', code: 'no_reply' }]
  for (const watch of watches) {
    const { status, body } = await owner().post(`${ALERTS}/look`, { ...DRAFT, watch })
    expect(status, JSON.stringify([watch, body])).toBe(200)
    if ('metric' in watch && watch.metric === 'conversations') expect(body.value).toBe(2)
  }
  const { items } = (await owner().get('/api/v1/channels')).body
  const elsewhere = (await app.south.people.owner.caller.get('/api/v1/channels')).body.items
  const narrowed = { ...DRAFT, channelIds: [items.find((one: { kind: string }) => one.kind === 'widget').id] }
  expect((await owner().post(`${ALERTS}/look`, narrowed)).body.value).toBe(0)
  expect((await owner().post(ALERTS, { ...DRAFT, channelIds: [elsewhere[0].id] })).status).toBe(400)
  const { alert } = (await owner().post(ALERTS, DRAFT)).body
  const south = app.south.people.owner.caller
  expect((await south.get(ALERTS)).body.items).toEqual([])
  expect((await south.put(`${ALERTS}/${alert.id}/quiet`, { muted: true, snoozeMinutes: null })).status).toBe(404)
  const { ana, viewer } = app.north.people
  expect((await ana.caller.put(`${ALERTS}/${alert.id}`, DRAFT)).status).toBe(403)
  expect((await ana.caller.post(ALERTS, DRAFT)).status).toBe(403)
  expect((await viewer.caller.put(`${ALERTS}/${alert.id}/quiet`, { muted: true, snoozeMinutes: null })).status).toBe(
    403,
  )
})
