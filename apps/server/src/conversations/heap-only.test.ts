/** What a message changes is in no index: appending stays an update that touches the row's page alone (ADR 0021). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.stop())

test('after the first of a burst, a message rewrites no index entry of its conversation', async () => {
  const { body } = await app.north.machine.post('/api/v1/ingest/messages', {
    conversation: { externalId: 'hot' },
    message: { externalId: 'a', author: 'contact', text: 'Hello' },
  })
  const client = await app.database.owner.connect()
  // Both as they stand in this transaction: what the search's indexer writes meanwhile is not in them.
  const count = async () => {
    const { rows } = await client.query<{ updated: number; hot: number }>(
      `select pg_stat_get_xact_tuples_updated(r)::int as updated, pg_stat_get_xact_tuples_hot_updated(r)::int as hot from to_regclass('conversation') r`,
    )
    return rows[0]!
  }
  try {
    await client.query('begin')
    const before = await count()
    for (let i = 0; i < 4; i++)
      // All within the same ten minutes, whatever the clock says.
      await client.query(
        `select append_entry($1, $2, 'message', 'contact', null, null, 'more', null, $3, null, 'live', date_bin('10 minutes', x.last_message_at, '2000-01-01') + '9 minutes'::interval, null)
           from conversation x where x.id = $2`,
        [app.north.id, body.conversationId, `hot ${i}`],
      )
    const after = await count()
    await client.query('commit')
    expect(after.updated - before.updated).toBe(4)
    expect(after.hot - before.hot).toBeGreaterThanOrEqual(3)
  } finally {
    client.release()
  }
})
