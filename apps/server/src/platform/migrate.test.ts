/** Migrations on a database with rows in it: an upgrade brings along what newer versions count and keep beside them. */
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { dropDatabase, onServer, withDatabase } from '../test/database.ts'
import { listMigrations, migrate } from './migrate.ts'

/** The last migration of the foundation, before lists, tags, queue and versions came. */
const FOUNDATION = '20261121T1420_reviews_due'
const workspaceId = '0192aaaa-0000-7000-8000-000000000001'

const name = `upgrade_${crypto.randomUUID().replaceAll('-', '')}`
let owner: pg.Pool
beforeAll(async () => {
  const server = inject('postgresUrl')
  await onServer(server, `create database ${name}`)
  const url = withDatabase(server, name)
  await migrate(
    url,
    listMigrations().filter((migration) => migration.name <= FOUNDATION),
  )
  owner = new pg.Pool({ connectionString: url, max: 1, options: '-c search_path=earshot' })
  owner.on('error', () => {})
  await owner.query(`set role earshot_log; ${FILLED}; reset role`)
  await migrate(url)
  await owner.query('set role earshot_log')
})
afterAll(async () => {
  await owner?.end()
  await dropDatabase(inject('postgresUrl'), name)
})

const FILLED = `
  insert into workspace (workspace_id, name) values ('${workspaceId}', 'North');
  insert into stage (workspace_id, key, name, category, position) values ('${workspaceId}', 'in_progress', 'New', 'open', 0);
  insert into agent (workspace_id, name) values ('${workspaceId}', 'Freya');
  insert into contact (workspace_id, name) values ('${workspaceId}', 'Maria');
  insert into channel (workspace_id, kind, name, key) values ('${workspaceId}', 'api', 'API', 'api_1');
  insert into article (workspace_id, title, body) values ('${workspaceId}', 'Opening hours', 'From nine to five.');
  insert into conversation (workspace_id, number, session_id, channel_id, channel_kind, contact_id, agent_id, tags, handoff_state, handoff_at)
    select '${workspaceId}', n, 's' || n, ch.id, 'api', c.id, a.id, case when n <= 2 then array['vip'] else '{}' end,
           case when n = 3 then 'queued' else 'none' end, case when n = 3 then now() end
      from generate_series(1, 3) n, channel ch, contact c, agent a;
  insert into review (workspace_id, conversation_id, segment, through_position, reason, applicable, score, analyser, analyser_version, analysis)
    select workspace_id, id, 0, 1, 'idle', true, 80, 'embedded', '0.1.0', '{}' from conversation where number = 1;
  insert into review_flag (workspace_id, review_id, conversation_id, code, severity, reason)
    select workspace_id, id, conversation_id, 'loop', 'review', 'Said three times' from review`

const only = async (sql: string) => (await owner.query(sql)).rows

test('flags, tags and cells are counted for what was there before', async () => {
  expect(await only('select flags from conversation where number = 1')).toEqual([{ flags: ['loop'] }])
  expect(await only('select tag, sum(n)::int as n from tag_delta group by tag')).toEqual([{ tag: 'vip', n: 2 }])
  expect(await only(`select count(*)::int as cells from conversation_cell`)).not.toEqual([{ cells: 0 }])
})

test('articles and agents have their first version, stages a colour, who waits a place in the queue', async () => {
  expect(await only('select title, version from article_version')).toEqual([{ title: 'Opening hours', version: 1 }])
  expect(await only(`select config #>> '{profile,name}' as name from agent_version`)).toEqual([{ name: 'Freya' }])
  expect(await only('select color from stage')).toEqual([{ color: 'auto' }])
  expect(await only('select state from queue_item')).toEqual([{ state: 'waiting' }])
})

test('applied again nothing happens', async () => {
  expect(await migrate(withDatabase(inject('postgresUrl'), name))).toEqual([])
})
