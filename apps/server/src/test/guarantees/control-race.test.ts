/**
 * Exactly one side speaks: forced races between a pause and an agent's answer, none of which the agent wins late. `TEST_RACES=5000`
 * for the full number.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeOver } from '../../conversations/index.ts'
import { pause } from '../../conversations/pause.ts'
import { startTestApp, type TestApp } from '../app.ts'

const RACES = Number(process.env.TEST_RACES ?? 500)
const AT_ONCE = 12

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.stop())

test(`${RACES} races of a pause or take-over against an agent leave no agent message behind the change of control`, {
  timeout: 300_000,
}, async () => {
  const second = await app.startSecondNode()
  const items = Array.from({ length: RACES }, (_, i) => ({
    externalId: `race-${i}`,
    messages: [{ externalId: 'm1', author: 'contact' as const, text: 'Hello?' }],
  }))
  const ids: string[] = []
  for (let i = 0; i < RACES; i += 1000) {
    const { body } = await app.north.machine.post('/api/v1/ingest/conversations', { items: items.slice(i, i + 1000) })
    ids.push(...body.results.map((r: { id: string }) => r.id))
  }
  const agentSays = (append: typeof app.north.ctx.append, id: string) =>
    append({
      workspaceId: app.north.id,
      conversationId: id,
      kind: 'message',
      author: { kind: 'agent', id: null, name: 'Freya' },
      text: 'An answer',
      clientKey: 'turn',
      epoch: 1,
    })
  let spoke = 0
  let refused = 0
  const race = async (id: string, i: number) => {
    const silence =
      i % 2 === 0 ? () => pause(app.north.ctx, id) : () => takeOver(app.north.ctx, id, { announce: true, force: false })
    const append = i % 3 === 0 ? second.node.services.append : app.north.ctx.append
    // The agent starts a little before, with, or after the pause, so that both sides win often.
    const answer =
      i % 5 < 3
        ? Promise.all([agentSays(append, id), silence()])
        : Promise.all([silence(), agentSays(append, id)]).then(([s, a]) => [a, s] as const)
    const [result] = await answer
    if (result.outcome === 'appended') spoke++
    else if (result.outcome === 'stale') refused++
  }
  let next = 0
  const work = async () => {
    for (let i = next++; i < ids.length; i = next++) await race(ids[i]!, i)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))

  const { rows } = await app.database.owner.query(`
    select count(*)::int as late from entry a join entry c using (workspace_id, conversation_id)
     where a.author_kind = 'agent' and a.kind = 'message' and c.kind = 'activity' and c.data ->> 'type' in ('paused', 'taken_over') and a.position > c.position`)
  expect(rows[0].late).toBe(0)
  expect(spoke + refused).toBe(RACES)
  expect(
    Math.min(spoke, refused),
    `both sides must win sometimes (${spoke} spoke, ${refused} were refused)`,
  ).toBeGreaterThan(50)
  const { rows: drafts } = await app.database.owner.query('select count(*)::int as kept from suppressed_draft')
  expect(drafts[0].kept).toBe(refused)
})
