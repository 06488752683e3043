/** Calls that are over, for tests of what they leave: a row, words with times, a recording at the engine. */
import { randomUUID } from 'node:crypto'
import type { TestApp } from '../../test/app.ts'

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
