/** A deletion whose process is killed, at every step there is: the conversation is whole, or it goes to the end. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'
import { until } from '../test/until.ts'
import { filesWith, tablesWith } from './everywhere.fixture.ts'
import { sweepDeletions } from './index.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.stop())

const FIXTURE = fileURLToPath(new URL('./kill.fixture.ts', import.meta.url))

async function prepare(marker: string): Promise<string> {
  const { machine, people } = app.north
  const owner = people.owner.caller
  const { body } = await machine.post('/api/v1/ingest/conversations', {
    items: [{ externalId: marker, messages: [{ externalId: '1', author: 'contact', text: `Hello ${marker}` }] }],
  })
  const id: string = body.results[0].id
  await owner.put(`/api/v1/conversations/${id}/control`, { control: 'operator', announce: false })
  const attachmentIds: string[] = []
  for (const name of ['a.txt', 'b.txt']) {
    const form = new FormData()
    form.append('file', new Blob([`${name} ${marker}`]), name)
    const answer = await fetch(`${owner.url}/api/v1/files`, { method: 'POST', headers: owner.headers, body: form })
    attachmentIds.push(((await answer.json()) as { id: string }).id)
  }
  await owner.post(`/api/v1/conversations/${id}/messages`, { text: marker, attachmentIds })
  const made = await owner.post('/api/v1/exports', { selection: { ids: [id] }, format: 'jsonl' })
  await until(async () => (await owner.get(`/api/v1/exports/${made.body.id}`)).body.state === 'ready', 'exported')
  return id
}

/** True when it came to its end before the moment it should have died at. */
function deleteAndDie(id: string, number: number): Promise<boolean> {
  const args = [FIXTURE, app.database.url, app.app.node.config.dataDir, app.north.id, id, String(number)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(false)
      else if (code === 0 && said === 'finished') resolve(true)
      else reject(new Error(`the process ended with ${code} ${signal}`))
    })
  })
}

test('killed before every commit and every removed file', { timeout: 300_000 }, async () => {
  const owner = app.north.people.owner.caller
  let [stayed, went] = [0, 0]
  for (let n = 1; ; n++) {
    const marker = `kill${crypto.randomUUID().replaceAll('-', '')}`
    const id = await prepare(marker)
    const finished = await deleteAndDie(id, n)
    // What a node does by itself, every few seconds.
    await sweepDeletions(app.app.node.services)
    if ((await owner.get(`/api/v1/conversations/${id}`)).status === 200) {
      stayed++
      expect((await owner.get(`/api/v1/conversations/${id}/entries`)).body.items.length).toBeGreaterThan(1)
      expect(filesWith(join(app.app.node.config.dataDir, 'files'), marker).length).toBeGreaterThanOrEqual(3)
      expect((await app.database.owner.query('select from tombstone where conversation_id = $1', [id])).rowCount).toBe(
        0,
      )
    } else {
      went++
      expect(await tablesWith(app.database.owner, marker)).toEqual([])
      expect(filesWith(join(app.app.node.config.dataDir, 'files'), marker)).toEqual([])
      const { rows } = await app.database.owner.query('select reason from tombstone where conversation_id = $1', [id])
      expect(rows).toEqual([{ reason: 'killed midway' }])
      expect((await app.database.owner.query('select from deletion')).rowCount).toBe(0)
    }
    if (finished) break
  }
  // Only what died before the first commit was never begun.
  expect(stayed).toBe(1)
  expect(went).toBeGreaterThanOrEqual(8)
})
