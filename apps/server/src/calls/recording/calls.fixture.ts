/** Calls that are over, for tests of what they leave: a row, words with times, a recording at the engine. */
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { TestApp } from '../../test/app.ts'
import { until } from '../../test/until.ts'
import { EngineOnDisk } from './engine.fixture.ts'
import { recordingOf } from './sound/tones.fixture.ts'

export interface Line {
  role: 'caller' | 'ai' | 'supervisor'
  startMs: number
  endMs: number
  text: string
}

const asMessage = (text: string, i: number) => ({
  externalId: `w${i}`,
  author: i % 2 === 0 ? 'contact' : 'agent',
  text,
})

/** A conversation in which something was written and then these words were said in a call; the call ends when `end` is called. */
export async function makeCall(
  app: TestApp,
  lines: Line[],
  written: string[] = [],
): Promise<{ id: string; callId: string; end(): Promise<void> }> {
  const { machine, id: workspaceId } = app.north
  const { body } = await machine.post('/api/v1/ingest/conversations', {
    items: [{ externalId: randomUUID(), agent: 'Freya', messages: written.map(asMessage) }],
  })
  const id: string = body.results[0].id
  const callId = randomUUID()
  await app.database.owner.query(
    `insert into call (workspace_id, id, conversation_id, state, direction, way, key, caller_leg, floor, answered_at)
     values ($1, $2::uuid, $3, 'ai', 'inbound', 'demo', 'call ' || $2::uuid, gen_random_uuid(), 'ai', now())`,
    [workspaceId, callId, id],
  )
  for (const [i, { role, startMs, endMs, text }] of lines.entries())
    await app.app.node.services.append({
      workspaceId,
      conversationId: id,
      kind: 'message',
      author: { kind: role === 'caller' ? 'contact' : role === 'ai' ? 'agent' : 'operator', id: null, name: null },
      text,
      data: { call: { callId, utterance: `u${i}`, role, startMs, endMs, source: 'script' } },
      clientKey: `~call:${callId}:u${i}`,
      origin: 'history',
    })
  return {
    id,
    callId,
    end: async () => {
      await app.database.owner.query(
        `update call set state = 'ended', ended_at = now(), end_reason = 'contact_hung_up', floor = 'hold' where id = $1`,
        [callId],
      )
    },
  }
}

export const LINES: Line[] = [
  { role: 'ai', startMs: 200, endMs: 1800, text: 'Hello, this is Freya.' },
  { role: 'caller', startMs: 2000, endMs: 3460, text: 'I moved house.' },
  { role: 'supervisor', startMs: 4000, endMs: 5000, text: 'Let me take this one.' },
]
export const SOUND = recordingOf(6020, [
  { channel: 1, fromMs: 200, toMs: 1800, hertz: 300 },
  { channel: 0, fromMs: 2000, toMs: 3460, hertz: 500 },
  { channel: 1, fromMs: 4000, toMs: 5000, hertz: 700 },
])

/** What tests of recordings ask of an app, and the engine that it works with from then on. */
export function recordingsIn(app: TestApp) {
  const { services, config } = app.app.node
  const engineDir = join(config.dataDir, 'engine')
  const engine = new EngineOnDisk(engineDir)
  // The node's own sweep works with it, as with any engine.
  Object.assign(services, { calls: { ...services.calls, engine } })
  const owner = app.north.people.owner.caller
  const infoOf = async (id: string) => (await owner.get(`/api/v1/conversations/${id}/call/recording`)).body
  return {
    engine,
    engineDir,
    services,
    infoOf,
    isReady: (id: string) => until(async () => (await infoOf(id)).state === 'ready', 'the recording is ready'),
    stored: () =>
      readdirSync(join(config.dataDir, 'files'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('unfinished'))
        .map((entry) => entry.name),
    get: (path: string, headers: Record<string, string> = {}, caller = owner) =>
      fetch(app.url + path, { headers: { ...caller.headers, ...headers } }),
    /** Until it is let go, the node's sweep waits for the engine. */
    async keepBusy(): Promise<() => void> {
      const call = await makeCall(app, [])
      const { promise, resolve } = Promise.withResolvers<void>()
      const held = { call: call.callId, until: promise, isAsked: false }
      engine.held = held
      await call.end()
      await until(() => held.isAsked, 'the node is busy')
      return () => {
        engine.held = null
        resolve()
      }
    },
  }
}

export const bytesOf = async (answer: Response): Promise<Buffer> => {
  expect(answer.status).toBeLessThan(300)
  return Buffer.from(await answer.arrayBuffer())
}
