/** The documents and files of the widget, as browsers load them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handleErrors, requireAccess } from '../../platform/bind.ts'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { pageRoutes } from './pages.ts'

let app: TestApp
let http: FastifyInstance
let separate: FastifyInstance
let dir: string
let key: string
let strict: { id: string; key: string }

beforeAll(async () => {
  app = await startTestApp()
  dir = mkdtempSync(join(tmpdir(), 'earshot-widget-'))
  mkdirSync(join(dir, 'assets'))
  writeFileSync(join(dir, 'widget.js'), '(()=>{})()')
  writeFileSync(join(dir, 'assets', 'app-AbC123.js'), 'let app')
  writeFileSync(join(dir, 'assets', 'app-xYz_-9.css'), 'p{}')
  writeFileSync(join(dir, 'assets', 'tracker-T1.js'), 'export {}')
  http = open(dir)
  separate = open(dir, 'https://chat.example')
  const make = async (body: object) => (await app.north.machine.post('/api/v1/channels', body)).body
  key = (await make({ name: '"><script>alert(1)</script>', kind: 'web', widget: { color: '#123456' } })).key
  strict = await make({
    name: 'Strict',
    kind: 'widget',
    widget: { allowedOrigins: ['https://shop.example', 'http://localhost:3000'] },
  })
  await app.north.people.owner.caller.patch('/api/v1/workspace', { name: 'Solvang <b>"Energy"</b>' })
})
afterAll(async () => {
  await app?.stop()
  rmSync(dir, { recursive: true, force: true })
})

function open(distDir: string, ownOrigin?: string): FastifyInstance {
  const instance = Fastify()
  requireAccess(instance)
  handleErrors(instance)
  pageRoutes(instance, { services: app.app.node.services, distDir, ownOrigin })
  return instance
}

test('the hosted page runs nothing inline, loads nothing from elsewhere, and is in no frame', async () => {
  const answer = await http.inject(`/chat/${key}`)
  expect(answer.statusCode).toBe(200)
  const policy = String(answer.headers['content-security-policy'])
  expect(policy).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe')
  expect(answer.body).not.toMatch(/<script(?![^>]* src=)|<style| on\w+=| style=/i)
  expect(answer.body).toContain('src="/widget/assets/app-AbC123.js"')
  expect(answer.body).toContain('href="/widget/assets/app-xYz_-9.css"')
  expect(answer.body).not.toContain('<b>')
  expect(answer.headers['set-cookie']).toBeUndefined()
})

test('the frame may be held by the pages of its list, or by any where there is none', async () => {
  const policyOf = async (channelKey: string) =>
    (await http.inject(`/widget/frame/${channelKey}`)).headers['content-security-policy']
  expect(await policyOf(strict.key)).toContain("frame-ancestors 'self' https://shop.example http://localhost:3000;")
  expect(await policyOf(key)).toContain('frame-ancestors *;')
})

test.each([['nosuchkey'], ['..%2f..%2fetc'], ['%00'], ['a'.repeat(100)]])('there is no chat at %s', async (unknown) => {
  for (const path of ['/chat/', '/widget/frame/']) {
    const answer = await http.inject(path + unknown)
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  }
  expect((await http.inject(`/widget/v1/look/${unknown}`)).statusCode).toBe(404)
})

test('the launcher asks any channel for its colour, from any page', async () => {
  const answer = await http.inject(`/widget/v1/look/${key}`)
  expect(answer.json()).toEqual({ color: '#123456' })
  expect(answer.headers['access-control-allow-origin']).toBe('*')
})

test('files are kept long under names that change with them, the loader for minutes; compressed where that is read', async () => {
  const script = await http.inject({ url: '/widget/assets/app-AbC123.js', headers: { 'accept-encoding': 'gzip, br' } })
  expect(script.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': expect.stringContaining('javascript'),
  })
  expect(script.headers['cache-control']).toContain('immutable')
  const loader = await http.inject('/widget.js')
  expect(loader.body).toBe('(()=>{})()')
  expect(loader.headers).toMatchObject({
    'cache-control': 'public, max-age=300',
    'cross-origin-resource-policy': 'cross-origin',
  })
  const again = await http.inject({ url: '/widget.js', headers: { 'if-none-match': String(loader.headers.etag) } })
  expect(again.statusCode).toBe(304)
  for (const name of ['app-other.js', '..%2fwidget.js', 'constructor']) {
    expect((await http.inject(`/widget/assets/${name}`)).statusCode).toBe(404)
  }
})

test('with an origin of its own, documents asked for elsewhere are sent there', async () => {
  const answer = await separate.inject({ url: `/chat/${key}`, headers: { host: 'dashboard.example' } })
  expect([answer.statusCode, answer.headers.location]).toEqual([302, `https://chat.example/chat/${key}`])
  expect((await separate.inject({ url: `/chat/${key}`, headers: { host: 'chat.example' } })).statusCode).toBe(200)
})

test('a widget that was not built says what to do', async () => {
  const answer = await open(join(dir, 'nowhere')).inject('/widget.js')
  expect(answer.statusCode).toBe(503)
  expect(answer.json()).toMatchObject({
    code: 'unavailable',
    details: { reason: expect.stringContaining('bin/start') },
  })
})
