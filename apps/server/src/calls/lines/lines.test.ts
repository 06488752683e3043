/** Lines: their secrets are never read back, their tests say what to do, and transfers pass one door. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transact } from '../../platform/context.ts'
import { AddressStandIn } from '../../test/address-stand-in.ts'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { checkTransfer, findLine, listTrunks, openLineSecret } from './index.ts'

const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`
const TOKEN = 'a-token-of-twilio'
const LINES = '/api/v1/voice/lines'
const TWILIO = {
  kind: 'twilio',
  name: 'Hotline',
  number: '+4930901820',
  accountSid: ACCOUNT,
  authToken: TOKEN,
} as const

let app: TestApp
let twilio: AddressStandIn
beforeAll(async () => {
  twilio = await AddressStandIn.start()
  app = await startTestApp({ config: { twilioUrl: twilio.url, allowPrivateAddresses: ['127.0.0.1/32'] } })
})
afterAll(async () => {
  await app?.stop()
  await twilio?.stop()
})
const owner = () => app.north.people.owner.caller
const add = async (draft: object) => (await owner().post(LINES, draft)).body
const problems = (line: { test: { steps: { step: string; problem: string | null; outcome: string }[] } }) =>
  Object.fromEntries(line.test.steps.map(({ step, outcome, problem }) => [step, problem ?? outcome]))

test('a line gets a channel that its agent answers; its secret goes in and never comes out', async () => {
  const agentId = (await owner().get('/api/v1/agents')).body.items[0].id
  const made = await owner().post(LINES, { ...TWILIO, agentId })
  expect(made.status).toBe(201)
  const line = made.body
  expect(line).toMatchObject({ hasSecret: true, agent: { id: agentId }, twilio: { accountSid: ACCOUNT } })
  expect(line.twilio.voiceUrl).toBe(`http://127.0.0.1/hooks/twilio/${line.id}/voice`)
  const { rows } = await app.database.owner.query('select * from voice_line where id = $1', [line.id])
  for (const seen of [made.body, (await owner().get(LINES)).body, rows])
    expect(JSON.stringify(seen)).not.toContain(TOKEN)
  const channels = (await owner().get('/api/v1/channels')).body.items
  expect(channels.find(({ id }: { id: string }) => id === line.channelId)).toMatchObject({ kind: 'voip', agentId })

  const row = await transact(app.north.ctx, (tx) => findLine(tx, app.north.id, line.id))
  expect(openLineSecret(app.north.ctx, row!)).toBe(TOKEN)
  expect(openLineSecret(app.north.ctx, { ...row!, id: crypto.randomUUID() })).toBeUndefined()

  const { authToken: _, ...keeping } = TWILIO
  expect((await owner().put(`${LINES}/${line.id}`, { ...keeping, name: 'Main line' })).body.hasSecret).toBe(true)
  const elsewhere = { ...keeping, accountSid: `AC${'f'.repeat(32)}` }
  expect((await owner().put(`${LINES}/${line.id}`, elsewhere)).body.code).toBe('line.secret_missing')
  expect((await owner().post(LINES, TWILIO)).body.code).toBe('line.number_taken')
  expect((await owner().post(LINES, { ...TWILIO, number: '+49301' })).body.code).toBe('request.invalid')
  expect((await owner().post(LINES, { ...TWILIO, number: '+49000000000' })).body.code).toBe('call.number_invalid')
  expect((await app.north.people.ana.caller.get(LINES)).status).toBe(403)
  expect((await app.south.people.owner.caller.post(`${LINES}/${line.id}/test`)).status).toBe(404)

  expect((await owner().delete(`${LINES}/${line.id}`)).status).toBe(200)
  const after = await transact(app.north.ctx, (tx) => findLine(tx, app.north.id, line.id))
  expect(after).toMatchObject({ enabled: false, secretSealed: null })
  expect((await owner().get(LINES)).body.items).toEqual([])
})

test('a test of a number says step by step what is wrong there and here', async () => {
  const line = await add(TWILIO)
  const run = async () => (await owner().post(`${LINES}/${line.id}/test`)).body
  twilio.reply = () => ({ status: 401, body: { code: 20003, message: 'Authenticate' } })
  expect(problems(await run())).toMatchObject({ credentials: 'refused', number: 'skipped', webhook: 'skipped' })

  const number = { phone_number: TWILIO.number, voice_url: 'https://old.example.com/voice', voice_method: 'POST' }
  const answers = (own: object[]) => (asked: { url: string }) =>
    asked.url.includes('/IncomingPhoneNumbers')
      ? { body: { incoming_phone_numbers: own } }
      : { body: { status: 'active', friendly_name: 'North' } }
  twilio.reply = answers([])
  expect(problems(await run())).toMatchObject({ credentials: 'passed', number: 'not_owned' })
  twilio.reply = answers([number])
  const met = await run()
  expect(problems(met)).toMatchObject({ number: 'passed', webhook: 'other_address', origin: 'not_public' })
  expect(JSON.stringify(met.test.steps)).toContain('https://old.example.com/voice')
  twilio.reply = answers([{ ...number, voice_url: line.twilio.voiceUrl, voice_method: 'GET' }])
  expect(problems(await run()).webhook).toBe('other_method')
  twilio.reply = answers([{ ...number, voice_url: line.twilio.voiceUrl }])
  expect(problems(await run()).webhook).toBe('passed')
  const sent = String(twilio.asked.at(-1)?.headers.authorization)
  expect(Buffer.from(sent.slice(6), 'base64').toString()).toBe(`${ACCOUNT}:${TOKEN}`)
  await owner().delete(`${LINES}/${line.id}`)
})

test('the edge is given trunks with their passwords; without an edge the test says so', async () => {
  const trunk = { host: 'sip.example.com', user: 'earshot', from: ['198.51.100.0/24'] }
  const line = await add({ kind: 'sip', name: 'PBX', trunk, password: 'open-sesame' })
  expect(line.hasSecret).toBe(true)
  expect(await listTrunks(app.app.node.services)).toEqual([
    expect.objectContaining({ id: line.id, workspace: app.north.id, host: trunk.host, password: 'open-sesame' }),
  ])
  expect(problems((await owner().post(`${LINES}/${line.id}/test`)).body)).toEqual({ trunk: 'no_edge' })
  await owner().delete(`${LINES}/${line.id}`)
  expect(await listTrunks(app.app.node.services)).toEqual([])
})

test('transfers: allowed countries, the day’s cap, no way back to a line of one’s own, saved contacts', async () => {
  const line = await add(TWILIO)
  const check = (wish: { to?: string; contactId?: string }) =>
    transact(app.north.ctx, (tx) => checkTransfer(tx, app.north.ctx, { ...wish, lineId: null })).catch(
      (error: { code?: string }) => error.code,
    )
  const settings = (await owner().get('/api/v1/voice/settings')).body
  const set = (change: object) => owner().put('/api/v1/voice/settings', { ...settings, ...change })

  expect(await check({ to: '+4915112345678' })).toEqual({
    to: '+4915112345678',
    label: null,
    line: { id: line.id, way: 'twilio', callerId: TWILIO.number },
  })
  expect(await check({ to: '+33142685300' })).toBe('call.number_not_allowed')
  expect(await check({ to: TWILIO.number })).toBe('call.number_not_allowed')
  expect(await check({ to: '015112345678' })).toBe('call.number_invalid')
  expect((await set({ countries: ['FR'] })).status).toBe(200)
  expect(await check({ to: '+4915112345678' })).toBe('call.number_not_allowed')
  expect(await check({ to: '+33142685300' })).toMatchObject({ to: '+33142685300' })

  const contact = (await owner().post('/api/v1/voice/contacts', { name: 'Second level', address: '+4930901822' })).body
  expect(await check({ contactId: contact.id })).toMatchObject({ to: '+4930901822', label: 'Second level' })
  const desk = (await owner().post('/api/v1/voice/contacts', { name: 'Desk', address: 'sip:desk@pbx.example.com' }))
    .body
  expect(await check({ contactId: desk.id })).toBe('call.no_line')

  // Three were let through so far; refused ones took nothing from the day.
  await set({ transfersPerDay: 4 })
  const all = await Promise.all(Array.from({ length: 5 }, () => check({ contactId: contact.id })))
  expect(all.filter((one) => one === 'call.transfer_limit')).toHaveLength(4)
  await app.database.owner.query(`update voice_transfer set at = at - interval '25 hours'`)
  expect(await check({ contactId: contact.id })).toMatchObject({ label: 'Second level' })
  expect((await set({ countries: ['XX'] })).body.code).toBe('request.invalid')
})

test('a member’s own phone obeys the allowed countries, and is nobody else’s to see', async () => {
  const ana = app.north.people.ana.caller
  await owner().put('/api/v1/voice/settings', {
    ...(await owner().get('/api/v1/voice/settings')).body,
    countries: ['DE'],
  })
  expect((await ana.put('/api/v1/voice/phone', { number: '+33142685300' })).body.code).toBe('call.number_not_allowed')
  expect((await ana.put('/api/v1/voice/phone', { number: '+4915112345678' })).status).toBe(200)
  expect((await ana.get('/api/v1/voice/phone')).body).toEqual({ number: '+4915112345678' })
  expect((await app.north.people.ben.caller.get('/api/v1/voice/phone')).body).toEqual({ number: null })
})
