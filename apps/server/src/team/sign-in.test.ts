/** Signing in and out, sessions and passwords, as a browser meets them. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { BASE_URL, Browser, OWNER, startTeam, type TestTeam } from '../test/team.ts'
import { makeSignInLink } from './index.ts'

let database: TestDatabase
let node: TestTeam
const { email, password } = OWNER

beforeAll(async () => {
  database = await createTestDatabase()
  node = await startTeam({ url: database.url })
  expect((await new Browser(node.app).send('POST', '/api/v1/setup', OWNER)).status).toBe(201)
})
afterAll(async () => {
  await node?.stop()
  await database?.drop()
})
beforeEach(() => node.owner.query('delete from auth.attempt'))

const signIn = (browser: Browser, body: object = { email, password }, headers = {}) =>
  browser.send('POST', '/api/auth/sign-in/email', body, headers)

async function signedIn(): Promise<Browser> {
  const browser = new Browser(node.app)
  expect((await signIn(browser)).status).toBe(200)
  return browser
}

test('who signs in is known, until they sign out', async () => {
  const browser = await signedIn()
  expect((await browser.send('GET', '/api/v1/me')).body.user).toMatchObject({ email })
  const [name, value] = [...browser.cookies][0]!
  expect((await browser.send('POST', '/api/auth/sign-out', {})).status).toBe(200)
  expect((await browser.send('GET', '/api/v1/me')).status).toBe(401)
  browser.cookies.set(name, value)
  expect((await browser.send('GET', '/api/v1/me')).status).toBe(401)
})

test('the cookie is bound to our https host and out of reach of scripts and other sites', async () => {
  const { cookies } = await signIn(new Browser(node.app))
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatchObject({
    name: '__Host-earshot.session_token',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
  })
  expect(cookies[0]).not.toHaveProperty('domain')
})

test('over plain http the cookie works too', async () => {
  const plain = await startTeam({ url: database.url, baseUrl: 'http://127.0.0.1:4310' })
  try {
    const local = { host: 'localhost:4310', origin: 'http://localhost:4310' }
    const browser = new Browser(plain.app, local)
    const { cookies } = await signIn(browser)
    expect(cookies[0]).toMatchObject({ name: 'earshot.session_token', httpOnly: true })
    expect(cookies[0]).not.toHaveProperty('secure')
    expect((await browser.send('GET', '/api/v1/me')).status).toBe(200)
  } finally {
    await plain.stop()
  }
})

test('a wrong password and an unknown address are answered alike', async () => {
  const wrong = await signIn(new Browser(node.app), { email, password: 'not this one' })
  const unknown = await signIn(new Browser(node.app), { email: 'nobody@example.com', password })
  expect(wrong.status).toBe(401)
  expect(wrong.body.code).toBe('INVALID_EMAIL_OR_PASSWORD')
  expect({ status: unknown.status, body: unknown.body }).toEqual({ status: wrong.status, body: wrong.body })
  expect(wrong.cookies).toEqual([])
})

test('a forged or altered cookie is nobody', async () => {
  const browser = await signedIn()
  const [name, value] = [...browser.cookies][0]!
  const [token] = decodeURIComponent(value).split('.')
  for (const forged of [
    token!,
    `${token}.AAAA`,
    `${encodeURIComponent(`${token}.${Buffer.alloc(32).toString('base64')}`)}`,
  ]) {
    browser.cookies.set(name, forged)
    expect((await browser.send('GET', '/api/v1/me')).status).toBe(401)
  }
})

test('sessions are listed, and a revoked one ends at once', async () => {
  const laptop = await signedIn()
  const phone = new Browser(node.app, { 'user-agent': 'Phone' })
  await signIn(phone)
  const sessions: { token: string; userAgent: string }[] = (await laptop.send('GET', '/api/auth/list-sessions')).body
  const { token } = sessions.find((session) => session.userAgent === 'Phone')!
  expect((await laptop.send('POST', '/api/auth/revoke-session', { token })).status).toBe(200)
  expect((await phone.send('GET', '/api/v1/me')).status).toBe(401)
  expect((await laptop.send('GET', '/api/v1/me')).status).toBe(200)
})

test('changing the password ends the other sessions and the old password', async () => {
  const laptop = await signedIn()
  const phone = await signedIn()
  const change = { currentPassword: password, newPassword: 'a brand new password' }
  expect((await laptop.send('POST', '/api/auth/change-password', { ...change, currentPassword: 'wrong' })).status).toBe(
    400,
  )
  expect((await laptop.send('POST', '/api/auth/change-password', { ...change, newPassword: 'short' })).status).toBe(400)
  expect((await laptop.send('POST', '/api/auth/change-password', change)).status).toBe(200)
  expect((await phone.send('GET', '/api/v1/me')).status).toBe(401)
  expect((await laptop.send('GET', '/api/v1/me')).status).toBe(200)
  expect((await signIn(new Browser(node.app))).status).toBe(401)
  const back = { currentPassword: change.newPassword, newPassword: password }
  expect((await laptop.send('POST', '/api/auth/change-password', back)).status).toBe(200)
})

test('a changed name is the name colleagues see', async () => {
  const browser = await signedIn()
  expect((await browser.send('POST', '/api/auth/update-user', { name: 'Olga Renamed' })).status).toBe(200)
  expect((await browser.send('GET', '/api/v1/members')).body.items).toMatchObject([{ name: 'Olga Renamed' }])
  expect(
    (await browser.send('POST', '/api/auth/update-user', { name: 'X', image: 'https://evil.example/x' })).status,
  ).toBe(400)
})

test('doors that are not open do not exist: nobody signs up, deletes users or resets passwords', async () => {
  const browser = await signedIn()
  const body = { name: 'Eve', email: 'eve@example.com', password: 'eves own password' }
  for (const path of [
    'sign-up/email',
    'delete-user',
    'request-password-reset',
    'change-email',
    'api-key/create',
    'update-session',
  ]) {
    expect((await browser.send('POST', `/api/auth/${path}`, body)).status).toBe(404)
  }
})

test('bodies are strict: unknown fields and wrong kinds are refused', async () => {
  for (const body of [{ email, password, role: 'owner' }, { email: { $ne: '' }, password }, { email }, []]) {
    expect((await signIn(new Browser(node.app), body)).status).toBe(400)
  }
})

test('another site can neither sign somebody in nor out', async () => {
  const browser = await signedIn()
  const evil = { origin: 'https://evil.example' }
  expect((await signIn(new Browser(node.app), { email, password }, evil)).body.code).toBe('auth.origin')
  expect((await browser.send('POST', '/api/auth/sign-out', {}, evil)).body.code).toBe('auth.origin')
  expect((await browser.send('GET', '/api/v1/me')).status).toBe(200)
})

test('an account whose password was tried ten times waits, from wherever the eleventh comes', async () => {
  const from = (n: number) => ({ 'x-forwarded-for': `203.0.113.${n}` })
  const proxied = await startTeam({ url: database.url, trustProxy: true })
  try {
    for (let n = 1; n <= 10; n++) {
      expect((await signIn(new Browser(proxied.app, from(n)), { email, password: `guess ${n}` })).status).toBe(401)
    }
    const reply = await signIn(new Browser(proxied.app, from(99)), { email: email.toUpperCase(), password })
    expect(reply).toMatchObject({ status: 429, body: { code: 'request.rate_limited' } })
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(60)
  } finally {
    await proxied.stop()
  }
})

test('a network is limited as a whole: an IPv6 /64 however it is written, on all nodes together', async () => {
  const [one, two] = await Promise.all([1, 2].map(() => startTeam({ url: database.url, trustProxy: true })))
  const addresses = ['2001:db8::1', '2001:DB8:0:0:ffff::9', '2001:0db8:0000:0000:0000:0000:0000:0abc']
  try {
    for (let n = 0; n < 10; n++) {
      const browser = new Browser((n % 2 ? one! : two!).app, { 'x-forwarded-for': addresses[n % 3]! })
      expect((await signIn(browser, { email: `user${n}@example.com`, password: 'a guess' })).status).toBe(401)
    }
    const same = new Browser(one!.app, { 'x-forwarded-for': '2001:db8::dead:beef' })
    expect((await signIn(same)).status).toBe(429)
    const other = new Browser(one!.app, { 'x-forwarded-for': '2001:db8:0:1::1' })
    expect((await signIn(other)).status).toBe(200)
  } finally {
    await Promise.all([one!.stop(), two!.stop()])
  }
})

test('a session shows where it was begun, not what its browser claims', async () => {
  const browser = new Browser(node.app, { 'x-forwarded-for': '203.0.113.7', 'x-earshot-address': '203.0.113.8' })
  await signIn(browser)
  const { session } = (await browser.send('GET', '/api/auth/get-session')).body
  expect(session.ipAddress).toBe('127.0.0.1')
})

test('without a trusted proxy nobody escapes the limit by inventing addresses', async () => {
  for (let n = 0; n < 10; n++) {
    await signIn(new Browser(node.app, { 'x-forwarded-for': `198.51.100.${n}` }), {
      email: `u${n}@example.com`,
      password: 'guess',
    })
  }
  expect((await signIn(new Browser(node.app, { 'x-forwarded-for': '198.51.100.200' }))).status).toBe(429)
})

test('guesses sent all at once are counted too', async () => {
  const replies = await Promise.all(
    Array.from({ length: 30 }, (_, n) => signIn(new Browser(node.app), { email, password: `guess ${n}` })),
  )
  expect(replies.filter((reply) => reply.status === 401).length).toBeLessThanOrEqual(10)
})

test('signing in rightly, however often, locks nobody out', async () => {
  for (let n = 0; n < 12; n++) expect((await signIn(new Browser(node.app))).status).toBe(200)
})

test('a sign-in link works once, within a day, and is not kept in the clear', async () => {
  const { auth } = node.services.team
  const user = (await auth.findUserByEmail(email))!
  const link = await makeSignInLink(node.services.team, user.id)
  const path = link.slice(BASE_URL.length)
  const { rows } = await node.owner.query('select * from auth.verification')
  expect(JSON.stringify(rows)).not.toContain(path.split('/').at(-1))
  const browser = new Browser(node.app)
  const twice = await Promise.all([browser.send('GET', path), browser.send('GET', path)])
  expect(twice.map((reply) => reply.headers.location).sort()).toEqual(['/', '/sign-in'])
  expect((await browser.send('GET', '/api/v1/me')).body.user).toMatchObject({ email })
  const late = await makeSignInLink(node.services.team, user.id)
  await node.owner.query(`update auth.verification set "expiresAt" = now() - interval '1 second'`)
  const other = new Browser(node.app)
  expect((await other.send('GET', late.slice(BASE_URL.length))).headers.location).toBe('/sign-in')
  expect(other.cookies.size).toBe(0)
})
