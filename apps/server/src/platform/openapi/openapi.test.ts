/** The API description, as machines and people meet it: through HTTP, and held against what the server really does. */
import type { Endpoint } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { endpoints } from '../../api-description.ts'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { describeApi } from './describe.ts'
import { writePage } from './page.ts'
import { exampleOf } from './page-curl.ts'
import type { Document, Operation } from './types.ts'

let app: TestApp
let document: Document
beforeAll(async () => {
  app = await startTestApp()
  document = (await (await fetch(`${app.url}/api/v1/openapi.json`)).json()) as Document
})
afterAll(() => app.stop())

const operations = () => Object.values(document.paths).flatMap((item) => Object.values(item))
const braces = (path: string) => path.replace(/:(\w+)/g, '{$1}')
const operationOf = ({ path, method }: Endpoint): Operation | undefined =>
  document.paths[braces(path)]?.[method.toLowerCase() as 'get']

test('every operation is described under its own id, and the server answers at its address', () => {
  expect(document.openapi).toBe('3.1.0')
  for (const endpoint of endpoints) {
    expect(operationOf(endpoint)?.operationId, endpoint.id).toBe(endpoint.id)
    expect(app.app.http.hasRoute({ method: endpoint.method, url: endpoint.path }), endpoint.id).toBe(true)
  }
  const ids = operations().map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
})

test('whatever else is described exists too', async () => {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of Object.keys(item)) {
      const url = `${app.url}${path.replace(/\{\w+\}/g, 'x')}`
      const { status } = await fetch(url, { method: method.toUpperCase(), signal: AbortSignal.timeout(20_000) })
      expect([path, method, status === 404 || status === 405]).toEqual([path, method, false])
    }
  }
})

test('who may call is said, for keys and for people', () => {
  const get = (path: string, method: 'get' | 'post') => document.paths[path]?.[method]
  expect(get('/api/v1/conversations', 'get')?.security).toEqual([{ apiKey: ['conversations:read'] }, { session: [] }])
  expect(get('/api/v1/api-keys', 'post')?.security).toEqual([{ session: [] }])
  expect(get('/api/v1/setup', 'get')?.security).toEqual([])
  expect(get('/api/v1/api-keys', 'post')?.description).toBe('Members from the role admin up; API keys may not.')
})

test('every code an operation may refuse with is listed at its status', () => {
  const { responses } = document.paths['/api/v1/conversations/{id}/control']!.put!
  expect(responses['409']?.description).toContain('`conversation.taken`')
  expect(responses['404']?.description).toContain('`conversation.not_found`')
  expect(responses['403']?.description).toContain('`auth.forbidden`')
  expect(responses['409']?.content).toHaveProperty(['application/problem+json'])
})

test('every reference leads to a shape that is there', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name!,
  )
  expect(references.length).toBeGreaterThan(50)
  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining([...new Set(references)]))
  expect(JSON.stringify(document)).not.toContain('$defs')
})

test('the examples are accepted by the operations they stand at', () => {
  for (const endpoint of endpoints) {
    const schema = operationOf(endpoint)?.requestBody?.content['application/json']?.schema
    if (!schema) continue
    expect([endpoint.id, endpoint.body.safeParse(exampleOf(schema, document)).error?.message]).toEqual([
      endpoint.id,
      undefined,
    ])
  }
})

test('the page holds no script and no style of its own, and its policy would not let one run', async () => {
  const response = await fetch(`${app.url}/api/docs`)
  const page = await response.text()
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'/)
  expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=/)
  expect((await fetch(`${app.url}/api/docs/page.css`)).headers.get('content-type')).toMatch(/^text\/css/)
})

test('every operation and shape has an address on the page, and every link on it leads somewhere', async () => {
  const page = await (await fetch(`${app.url}/api/docs`)).text()
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toEqual(expect.arrayContaining(operations().map(({ operationId }) => operationId)))
  const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!)
  expect(ids).toEqual(expect.arrayContaining([...new Set(targets)]))
})

test('an unchanged description is not sent twice', async () => {
  const first = await fetch(`${app.url}/api/docs`)
  const again = await fetch(`${app.url}/api/docs`, { headers: { 'if-none-match': first.headers.get('etag')! } })
  expect(again.status).toBe(304)
})

test('words of a description are text on the page, never HTML', () => {
  const summary = '<img src=x> & "more"'
  const door = {
    id: 'a.b',
    tag: 'a',
    method: 'get',
    path: '/a',
    summary,
    description: '**bold** <b>',
    access: 'public',
  } as const
  const page = writePage(
    describeApi({
      title: summary,
      version: '1',
      summary,
      description: '',
      tags: [{ name: 'a', description: '' }],
      endpoints: [],
      doors: [door],
    }),
  )
  expect(page).not.toMatch(/<img|<b>\s/)
  expect(page).toContain('&lt;img src=x&gt; &amp; &quot;more&quot;')
  expect(page).toContain('<strong>bold</strong> &lt;b&gt;')
})

test('a schema that cannot be described stops the start of the description, not the reader', () => {
  const reply = z.object({ at: z.date() })
  const door = { id: 'a.b', tag: 'a', method: 'get', path: '/a', summary: '', access: 'public', reply } as const
  const api = { title: '', version: '', summary: '', description: '', tags: [], endpoints: [], doors: [door] }
  expect(() => describeApi(api)).toThrow('cannot be described')
})
