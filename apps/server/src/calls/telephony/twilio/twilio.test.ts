/** Calls by Twilio against a strict stand-in and the real hub: in, lost and found again, transferred, ended; and what is refused. */
import { MULAW_TO_LINEAR } from '@earshot/voice'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../../test/app.ts'
import { Carrier } from '../../../test/carrier/carrier.ts'
import { HubProcess } from '../../../test/carrier/hub-process.ts'
import type { PhoneCall } from '../../../test/carrier/phone-call.ts'
import { shareOf, ToneBot, tone } from '../../../test/carrier/tone-bot.ts'
import { until } from '../../../test/until.ts'
import { isFromTwilio, signTwilio } from './signature.ts'

const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`
const TOKEN = 'a-token-of-twilio'
const AGENT_HZ = 500
const CALLER_HZ = 800
const OTHER_HZ = 1200
const CALLER = '+4915112345678'

let app: TestApp
let carrier: Carrier
let bot: ToneBot
let home: string
const hub = new HubProcess()
let line: { id: string; number: string; voiceUrl: string; statusUrl: string }

beforeAll(async () => {
  bot = await ToneBot.start(AGENT_HZ)
  carrier = await Carrier.start({ accountSid: ACCOUNT, authToken: TOKEN, origin: 'http://127.0.0.1', home: () => home })
  await hub.start()
  const config = { twilioUrl: carrier.url, hubUrl: hub.url, allowPrivateAddresses: ['127.0.0.1/32'] }
  app = await startTestApp({ config })
  enter(app.app)
  const owner = app.north.people.owner.caller
  const settings = (await owner.get('/api/v1/voice/settings')).body
  await owner.put('/api/v1/voice/settings', { ...settings, announcement: '' })
  const agentId = (await owner.get('/api/v1/agents')).body.items[0].id
  const draft = {
    kind: 'twilio',
    name: 'Hotline',
    number: '+4930901820',
    accountSid: ACCOUNT,
    authToken: TOKEN,
    agentId,
  }
  const made = (await owner.post('/api/v1/voice/lines', draft)).body
  line = { id: made.id, number: made.number, ...made.twilio }
})
afterAll(async () => {
  await carrier?.stop()
  await app?.stop()
  await hub.stop()
  await bot?.stop()
})

/** A node as Twilio reaches it, with a bot for an agent. */
function enter({ url, node }: TestApp['app']): void {
  home = url
  node.services.calls.agentPlanOf = async () => ({
    url: bot.url,
    headers: {},
    params: {},
    outbound: false,
    listensOnHold: true,
  })
}

interface Seen {
  id: string
  conversationId: string
  version: number
  state: string
  endReason: string | null
  transfer: { state: string } | null
  from: { number: string | null }
}
const operator = () => app.north.people.owner.caller.at(home)
const running = async (): Promise<Seen[]> => (await operator().get('/api/v1/calls')).body.items
const seen = async (conversationId: string): Promise<Seen> =>
  (await operator().get(`/api/v1/conversations/${conversationId}/call`)).body
const when = (conversationId: string, holds: (call: Seen) => boolean, what: string) =>
  until(async () => holds(await seen(conversationId)), what)
const command = async (conversationId: string, action: string, body: object = {}) => {
  const { version } = await seen(conversationId)
  const asked = { opId: crypto.randomUUID(), version, ...body }
  return operator().post(`/api/v1/conversations/${conversationId}/call/${action}`, asked)
}

const hears = (frames: Uint8Array[] | undefined, hertz: number): boolean => {
  const last = Buffer.concat((frames ?? []).slice(-20))
  return last.length >= 3200 && shareOf(hertz, last, (byte) => MULAW_TO_LINEAR[byte] ?? 0) > 0.9
}

/** Rings, is answered by the agent, and both hear each other. */
async function ring(): Promise<{ phone: PhoneCall; id: string }> {
  const phone = carrier.ring(line, CALLER)
  await until(() => hears(phone.stream?.heard, AGENT_HZ), 'the caller hears the agent')
  const key = phone.parts.sid
  const { rows } = await app.database.owner.query('select conversation_id from call where key = $1', [key])
  return { phone, id: rows[0].conversation_id }
}

test('the signature is the one of Twilio’s documentation, of the address as Twilio knows it', () => {
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2'
  const of = (number: string) => ({
    CallSid: 'CA1234567890ABCDE',
    Caller: number,
    Digits: '1234',
    From: number,
    To: '+18005551212',
  })
  expect(signTwilio('12345', url, of('+12349013030'))).toBe('0/KCTR6DLpKmkAf8muzZqo1nDgQ=')
  expect(signTwilio('12345', url, of('+14158675309'))).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=')
  const ported = signTwilio('12345', url.replace('.com', '.com:443'), of('+12349013030'))
  expect(isFromTwilio('12345', url, of('+12349013030'), ported)).toBe(true)
  expect(isFromTwilio('12345', url.replace('https', 'http'), of('+12349013030'), ported)).toBe(false)
})

test('a call comes in, both hear each other, repeats change nothing, and the caller hangs up', async () => {
  const { phone, id } = await ring()
  phone.stream?.say(tone(CALLER_HZ, 1500))
  await until(() => hears(bot.heard, CALLER_HZ), 'the agent hears the caller')
  expect((await seen(id)).from.number).toBe(CALLER)
  const [first] = phone.hooks as [PhoneCall['hooks'][0]]
  const signature = signTwilio(TOKEN, first.url, first.params)
  expect(await phone.post(first.url, first.params, signature)).toContain('<Stream')
  await expect(phone.post(first.url, { ...first.params, From: '+4915100000000' }, signature)).rejects.toThrow('403')
  await expect(phone.post(`${first.url}?n=1`, first.params, signature)).rejects.toThrow('403')
  const elsewhere = first.url.replace(line.id, crypto.randomUUID())
  await expect(phone.post(elsewhere, first.params, signature)).rejects.toThrow('404')
  expect(await running()).toHaveLength(1)

  await phone.hangUp()
  await when(id, ({ state }) => state === 'ended', 'the call has ended')
  expect((await seen(id)).endReason).toBe('contact_hung_up')
  // Late ones: a stream that was lost, and a status told twice.
  for (const { url, params } of phone.hooks.slice(1)) await phone.post(url, params, signTwilio(TOKEN, url, params))
  const late = await phone.request(line.voiceUrl.replace(/voice$/, 'voice/resume'), { CallStatus: 'in-progress' })
  expect(late).toContain('<Hangup/>')
  const { rows } = await app.database.owner.query('select count(*)::int as n from call where key = $1', [
    phone.parts.sid,
  ])
  expect(rows[0].n).toBe(1)
  expect([...phone.errors, ...phone.streams.flatMap(({ errors }) => errors)]).toEqual([])
})

test('a hub that is killed loses no call: the next TwiML brings the same one back', async () => {
  const { phone, id } = await ring()
  await hub.kill()
  await until(() => phone.streams.length >= 1 && phone.hooks.length >= 2, 'Twilio has asked what to do')
  await hub.start()
  await until(
    () => phone.streams.length >= 2 && hears(phone.stream?.heard, AGENT_HZ),
    'the caller hears the agent again',
  )
  expect((await seen(id)).state).toBe('ai')
  expect((await command(id, 'end')).status).toBe(200)
  await phone.over
  expect((await seen(id)).endReason).toBe('supervisor_ended')
  expect(phone.errors).toEqual([])
})

test('a transfer that fails gives the caller back to the agent, each with its own reason', async () => {
  const to = '+4930901899'
  const reasons = { busy: 'busy', decline: 'rejected', 'no-answer': 'no_answer', refuse: 'failed' } as const
  const { phone, id } = await ring()
  for (const outcome of ['busy', 'decline', 'no-answer', 'refuse'] as const) {
    carrier.outcomes[to] = outcome
    expect((await command(id, 'transfer', { to })).status).toBe(200)
    const isBack = (call: Seen) => call.state === 'ai' && call.transfer?.state === reasons[outcome]
    await when(id, isBack, `the transfer has failed: ${outcome}`)
  }
  phone.stream?.heard.splice(0)
  await until(() => hears(phone.stream?.heard, AGENT_HZ), 'the caller hears the agent again')
  await phone.hangUp()
  await when(id, (call) => call.state === 'ended', 'the call has ended')
  expect([...phone.errors, ...carrier.made.flatMap(({ errors }) => errors)]).toEqual([])
})

test('a transfer that is answered joins both; who was called hangs up, and the call is over', async () => {
  const to = '+4930901888'
  carrier.outcomes[to] = 'answer'
  const { phone, id } = await ring()
  await command(id, 'transfer', { to })
  await when(id, ({ state }) => state === 'transferred', 'the call is transferred')
  const other = carrier.made.at(-1)
  expect(other?.parts.from).toBe(line.number)
  other?.stream?.say(tone(OTHER_HZ, 3000))
  phone.stream?.say(tone(CALLER_HZ, 3000))
  await until(() => hears(phone.stream?.heard, OTHER_HZ), 'the caller hears who was called')
  await until(() => hears(other?.stream?.heard, CALLER_HZ), 'who was called hears the caller')
  await other?.hangUp()
  await phone.over
  expect(await seen(id)).toMatchObject({ state: 'ended', endReason: 'external_hung_up' })
  expect([...phone.errors, ...(other?.errors ?? [])]).toEqual([])
})

test('a caller who leaves while it rings takes the ringing along', async () => {
  const to = '+4930901877'
  carrier.outcomes[to] = 'ring'
  const { phone, id } = await ring()
  await command(id, 'transfer', { to })
  await until(() => carrier.made.at(-1)?.parts.to === to, 'Twilio was asked to call')
  await phone.hangUp()
  await when(id, ({ state }) => state === 'ended', 'the call has ended')
  await carrier.made.at(-1)?.over
  expect(carrier.made.at(-1)?.status).toBe('canceled')
})

test('the server restarts in the middle of a call, and can end it afterwards', async () => {
  const { phone, id } = await ring()
  const second = await app.startSecondNode()
  enter(second)
  await app.app.stop()
  phone.stream?.heard.splice(0)
  await until(() => hears(phone.stream?.heard, AGENT_HZ), 'the caller hears the agent still')
  expect(phone.streams).toHaveLength(1)
  expect((await command(id, 'end')).status).toBe(200)
  await phone.over
  const { rows } = await app.database.owner.query('select state, end_reason from call where key = $1', [
    phone.parts.sid,
  ])
  expect(rows).toEqual([{ state: 'ended', end_reason: 'supervisor_ended' }])
})
