/** New sessions are limited by network, however its addresses are written; known visitors are not held up by strangers next door. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { TestVisitor } from '../../test/visitor.ts'

let app: TestApp
let key: string
beforeAll(async () => {
  app = await startTestApp({ config: { trustProxy: 1 } })
  const { body } = await app.north.machine.get('/api/v1/channels')
  key = body.items[0].key
})
afterAll(() => app?.stop())

const from = (address: string, token?: string) =>
  TestVisitor.start(app.url, key, token === undefined ? {} : { token }, { 'x-forwarded-for': address })

test('the 121st new session of one /64 within a minute waits; another network and a known visitor do not', async () => {
  const known = await from('2001:db8:1:2::1')
  for (let i = 1; i < 120; i++) expect((await from(`2001:db8:1:2::${i.toString(16)}`)).session.status).toBe(200)
  const refused = await from('2001:0DB8:0001:0002:ffff::9')
  expect(refused.session).toMatchObject({ status: 429, body: { code: 'request.rate_limited' } })
  expect(Number(refused.session.headers.get('retry-after'))).toBeGreaterThan(1)
  expect((await from('2001:db8:1:3::1')).session.status).toBe(200)
  expect((await from('2001:db8:1:2::1', known.token)).session.status).toBe(200)
})
