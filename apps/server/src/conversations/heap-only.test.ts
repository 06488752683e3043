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
  const seen: { updated: number; hot: number }[] = [{ updated: 0, hot: 0 }]
  const client = await app.database.owner.connect()
  try {
    for (let i = 0; i < 4; i++) {
      await client.query('begin')
      // All within the same ten minutes, whatever the clock says.
      await client.query(
        `select append_entry($1, $2, 'message', 'contact', null, null, 'more', null, $3, null, 'live', date_bin('10 minutes', x.last_message_at, '2000-01-01') + '9 minutes'::interval, null)
           from conversation x where x.id = $2`,
        [app.north.id, body.conversationId, `hot ${i}`],
      )
      const { rows } = await client.query(
        `select pg_stat_get_xact_tuples_updated(r)::int as updated, pg_stat_get_xact_tuples_hot_updated(r)::int as hot from to_regclass('conversation') r`,
      )
      await client.query('commit')
      seen.push(rows[0])
    }
  } finally {
    client.release()
  }
  // What the connection has counted so far. Not all: the search's indexer marks the conversation between them, once in a while.
  expect(seen.at(-1)!.updated).toBeGreaterThanOrEqual(4)
  expect(seen.at(-1)!.hot).toBeGreaterThan(0)
})
