/** Versions of an agent: every save is one, nothing new is none, two editors do not overwrite each other, and what was comes back. */
import { randomUUID } from 'node:crypto'
import type { AgentConfig, AgentDocument } from '@earshot/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/app.ts'
import type { Caller } from '../../test/caller.ts'

let app: TestApp
let owner: Caller
let id: string
beforeAll(async () => {
  app = await startTestApp({ config: { allowPrivateAddresses: ['127.0.0.0/8'] } })
  owner = app.north.people.owner.caller
})
afterAll(() => app.stop())
beforeEach(async () => {
  const made = await owner.post('/api/v1/agents', { name: `Ada ${randomUUID()}`, company: 'North' })
  id = made.body.id
})
const read = async (): Promise<AgentDocument> => (await owner.get(`/api/v1/agents/${id}/config`)).body
const save = (config: unknown, baseVersion: number, more: object = {}) =>
  owner.put(`/api/v1/agents/${id}/config`, { config, baseVersion, ...more })
const edit = async (change: Partial<AgentConfig>, more: object = {}) => {
  const { config, version } = await read()
  return save({ ...config, ...change }, version, more)
}
const versions = async () => (await owner.get(`/api/v1/agents/${id}/versions`)).body.items
const flow = (name: string, more: object = {}) => ({
  id: randomUUID(),
  name,
  on: true,
  when: { by: 'rule' as const, words: ['refund'], channels: [] },
  instructions: '',
  functionIds: null,
  ...more,
})

test('a document with nothing but a name is an agent with every default', async () => {
  const saved = await save({ profile: { name: 'Bare' } }, 1)
  expect(saved.status).toBe(200)
  expect(saved.body.config).toMatchObject({
    profile: { mode: 'active', languages: [] },
    model: { provider: 'embedded', fallback: null },
    handoff: { contactAsks: { on: true }, repeatedFailure: { on: true, times: 2 }, turnLimit: { on: false } },
    knowledge: { scope: 'all' },
  })
})

test('every save is a version with who, when and what; saving what is there is none', async () => {
  const first = await edit({ instructions: 'Be brief.' }, { note: 'shorter' })
  expect(first.body).toMatchObject({ version: 2, note: 'shorter', savedBy: app.north.people.owner.name })
  expect((await save(first.body.config, 2)).body.version).toBe(2)
  await edit({ flows: [flow('Refunds')] })
  expect(await versions()).toMatchObject([
    { version: 3, sections: ['flows'] },
    { version: 2, sections: ['instructions'], note: 'shorter' },
    { version: 1, sections: [] },
  ])
  const page = await owner.get(`/api/v1/agents/${id}/versions?limit=2`)
  const next = await owner.get(`/api/v1/agents/${id}/versions?limit=2&cursor=${page.body.nextCursor}`)
  expect([...page.body.items, ...next.body.items].map(({ version }) => version)).toEqual([3, 2, 1])
  expect((await owner.get(`/api/v1/agents/${id}`)).body).toMatchObject({ version: 3, instructions: 'Be brief.' })
})

test('changing a single field is a version too', async () => {
  await owner.patch(`/api/v1/agents/${id}`, { instructions: 'Be kind.' })
  expect((await read()).config.instructions).toBe('Be kind.')
  expect((await versions()).map(({ version }: { version: number }) => version)).toEqual([2, 1])
})

test('of many who edit the same version one is first, and the others read who it was', async () => {
  const { config, version } = await read()
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => save({ ...config, instructions: `Version of editor ${i}` }, version)),
  )
  const [won, ...others] = answers.toSorted((a, b) => a.status - b.status)
  expect([won!.status, won!.body.version]).toEqual([200, 2])
  for (const { status, body } of others) {
    expect([status, body.code]).toEqual([409, 'agent.changed'])
    expect(body.details).toMatchObject({ version: 2, by: app.north.people.owner.name })
  }
  expect(await versions()).toHaveLength(2)
})

test('two versions are compared field by field, items of lists by what they are', async () => {
  const keep = flow('Refunds')
  const goes = flow('Old')
  await edit({ flows: [keep, goes], instructions: 'A' })
  const { config } = await read()
  await save(
    {
      ...config,
      instructions: 'B',
      flows: [{ ...keep, name: 'Money back' }],
      handoff: { ...config.handoff, turnLimit: { on: true, turns: 5 } },
    },
    2,
  )
  const { body } = await owner.get(`/api/v1/agents/${id}/differences?from=2&to=3`)
  expect(body.differences).toEqual([
    { path: ['instructions'], before: 'A', after: 'B', kind: 'changed' },
    { path: ['flows', 'Old'], before: expect.objectContaining({ name: 'Old' }), after: null, kind: 'removed' },
    { path: ['flows', 'Money back', 'name'], before: 'Refunds', after: 'Money back', kind: 'changed' },
    { path: ['handoff', 'turnLimit', 'on'], before: false, after: true, kind: 'changed' },
    { path: ['handoff', 'turnLimit', 'turns'], before: 20, after: 5, kind: 'changed' },
  ])
})

test('an earlier version is put back as a new one, and the history stays', async () => {
  const before = (await read()).config
  await edit({ instructions: 'Worse.', flows: [flow('Refunds')] })
  const stale = await owner.post(`/api/v1/agents/${id}/versions/1/restore`, { baseVersion: 1 })
  expect([stale.status, stale.body.code]).toEqual([409, 'agent.changed'])
  const restored = await owner.post(`/api/v1/agents/${id}/versions/1/restore`, { baseVersion: 2 })
  expect(restored.body).toMatchObject({ version: 3, config: before })
  expect((await versions())[0]).toMatchObject({ version: 3, restoredFrom: 1 })
  expect((await owner.get(`/api/v1/agents/${id}/versions/2`)).body.config.instructions).toBe('Worse.')
})

describe('keys', () => {
  const elsewhere = (baseUrl: string) => ({ provider: 'openai-compatible', model: 'm', baseUrl })

  test('of the model and its fallback are cleared by a restore that brings another address', async () => {
    const { config } = await read()
    const first = elsewhere('http://127.0.0.1:1/v1')
    await save({ ...config, model: { ...first, fallback: first } }, 1, { keys: { model: 'k1', fallback: 'k2' } })
    expect(await read()).toMatchObject({ hasKey: true, hasFallbackKey: true })
    const { body } = await save({ ...config, model: { ...elsewhere('http://127.0.0.1:2/v1'), fallback: first } }, 2)
    expect(body).toMatchObject({ hasKey: false, hasFallbackKey: true })
    await save(body.config, 3, { keys: { model: 'k3' } })
    const back = await owner.post(`/api/v1/agents/${id}/versions/2/restore`, { baseVersion: 3 })
    expect(back.body).toMatchObject({ hasKey: false, hasFallbackKey: true })
    const history = JSON.stringify([await read(), (await owner.get(`/api/v1/agents/${id}/versions/3`)).body])
    for (const key of ['k1', 'k2', 'k3']) expect(history).not.toContain(`"${key}"`)
  })

  test.each(['http://169.254.169.254/latest', 'http://10.0.0.1/v1'])('no address like %s is saved', async (baseUrl) => {
    for (const model of [elsewhere(baseUrl), { fallback: elsewhere(baseUrl) }]) {
      const { status, body } = await save({ profile: { name: 'X' }, model }, 1)
      expect([status, body.code]).toEqual([400, 'agent.address_refused'])
    }
  })
})

describe('flows keep their rows', () => {
  const rows = async () =>
    (await app.database.owner.query('select id, name from flow where agent_id = $1 order by name', [id])).rows

  test('a rename keeps the id, an exchange of names too, and one that is gone stays for its conversations', async () => {
    const [a, b] = [flow('A'), flow('B')]
    await edit({ flows: [a, b] })
    await edit({
      flows: [
        { ...a, name: 'B' },
        { ...b, name: 'A' },
      ],
    })
    expect(await rows()).toEqual([
      { id: b.id, name: 'A' },
      { id: a.id, name: 'B' },
    ])
    await edit({ flows: [] })
    expect(await rows()).toHaveLength(2)
    const again = await edit({ flows: [flow('A')] })
    expect(again.body.config.flows[0].id).toBe(b.id)
  })

  test('another agent’s flow is refused', async () => {
    const own = flow('Mine')
    await edit({ flows: [own] })
    const other = (await owner.post('/api/v1/agents', { name: 'Other' })).body.id
    const answer = await owner.put(`/api/v1/agents/${other}/config`, {
      config: { profile: { name: 'Other' }, flows: [own] },
      baseVersion: 1,
    })
    expect([answer.status, answer.body.code]).toEqual([400, 'request.invalid'])
  })

  test('a copy has flows of its own and no key', async () => {
    const own = flow('Mine')
    await edit(
      {
        flows: [own],
        model: { ...(await read()).config.model, provider: 'anthropic', model: 'm' },
      },
      { keys: { model: 'k' } },
    )
    const copy = await owner.post(`/api/v1/agents/${id}/duplicate`, { name: 'Copy of Ada' })
    expect(copy.status).toBe(201)
    expect(copy.body).toMatchObject({ name: 'Copy of Ada', version: 1, model: { hasKey: false } })
    const { body } = await owner.get(`/api/v1/agents/${copy.body.id}/config`)
    expect(body.config.flows[0]).toMatchObject({ name: 'Mine' })
    expect(body.config.flows[0].id).not.toBe(own.id)
  })
})

test('what contradicts itself is refused with where', async () => {
  const { config } = await read()
  const twice = await save({ ...config, flows: [flow('A'), flow('a')] }, 1)
  expect(twice.body.details.issues[0].path).toEqual(['config', 'flows', 1, 'name'])
  const unknown = await save({ ...config, flows: [flow('A', { functionIds: [randomUUID()] })] }, 1)
  expect(unknown.body.details.issues[0].path).toEqual(['config', 'flows', 0, 'functionIds', 0])
})

test('viewers read versions and change none; other workspaces see nothing', async () => {
  const { viewer, ana } = app.north.people
  expect((await viewer.caller.get(`/api/v1/agents/${id}/versions`)).status).toBe(200)
  const { config } = await read()
  expect((await ana.caller.put(`/api/v1/agents/${id}/config`, { config, baseVersion: 1 })).status).toBe(403)
  const stranger = app.south.people.owner.caller
  for (const answer of [
    await stranger.get(`/api/v1/agents/${id}/config`),
    await stranger.put(`/api/v1/agents/${id}/config`, { config, baseVersion: 1 }),
    await stranger.get(`/api/v1/agents/${id}/versions/1`),
    await stranger.post(`/api/v1/agents/${id}/duplicate`, { name: 'Mine now' }),
  ])
    expect([answer.status, answer.body.code]).toEqual([404, 'agent.not_found'])
})
