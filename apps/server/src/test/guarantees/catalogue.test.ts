/** The walls in the database's own catalogue, so that a new table or function cannot stand outside them. */
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'

let database: TestDatabase
let owner: pg.Pool
beforeAll(async () => {
  database = await createTestDatabase()
  owner = database.owner
})
afterAll(() => database?.drop())

/** Hold nothing of a workspace. */
const WITHOUT_WORKSPACE = ['feed_cursor', 'feed_floor', 'hub_cursor', 'migration']
/** The feed is read in commit order over all workspaces by a narrow function; counts are only ever added to. */
const OTHER_KEYS = ['conversation_cell', 'counter_delta', 'event']

async function names(query: string, ...values: unknown[]): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(query, values)
  return rows.map(({ name }) => name)
}
const OURS = `c.relnamespace = 'earshot'::regnamespace and c.relkind in ('r', 'p')`
const HAS_WORKSPACE = `exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and a.attnum > 0)`

test('every table belongs to workspaces, or is known not to', async () => {
  const without = `select c.relname as name from pg_class c where ${OURS} and not ${HAS_WORKSPACE} order by 1`
  expect(await names(without)).toEqual(WITHOUT_WORKSPACE)
  const nullable = `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where ${OURS} and a.attname = 'workspace_id' and not (a.attnotnull and a.atttypid = 'uuid'::regtype)`
  expect(await names(nullable)).toEqual([])
})

test('every table of workspaces has forced row level security with exactly the two policies', async () => {
  const { rows } = await owner.query(
    `select c.relname, c.relrowsecurity and c.relforcerowsecurity as forced, array(
        select r.rolname || ' ' || p.polcmd::text || ' ' || p.polpermissive || ' ' || pg_get_expr(p.polqual, p.polrelid) ||
          coalesce(' check ' || pg_get_expr(p.polwithcheck, p.polrelid), '')
        from pg_policy p, unnest(p.polroles) o join pg_roles r on r.oid = o where p.polrelid = c.oid order by 1) as policies
      from pg_class c where ${OURS} and ${HAS_WORKSPACE}`,
  )
  expect(rows.length).toBeGreaterThan(20)
  for (const { relname, forced, policies } of rows) {
    expect({ relname, forced, policies }).toEqual({
      relname,
      forced: true,
      policies: [
        `earshot_app * true (workspace_id = (( SELECT current_setting('earshot.workspace_id'::text) AS current_setting))::uuid)`,
        'earshot_log * true true check true',
      ],
    })
  }
})

test('every key and every foreign key between such tables leads with the workspace', async () => {
  const keys = `select c.relname as name from pg_class c where ${OURS} and ${HAS_WORKSPACE} and not exists (
      select from pg_constraint k join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
       where k.conrelid = c.oid and k.contype = 'p' and a.attname = 'workspace_id') order by 1`
  expect(await names(keys)).toEqual(OTHER_KEYS)
  const foreign = `select k.conname as name from pg_constraint k join pg_class c on c.oid = k.conrelid
     join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
     join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
    where k.contype = 'f' and ${OURS} and not (a.attname = 'workspace_id' and b.attname = 'workspace_id')`
  expect(await names(foreign)).toEqual([])
})

test('every foreign key has the type of what it points to, and every id is 64 bits or a uuid', async () => {
  const differing = `select k.conname as name from pg_constraint k, unnest(k.conkey, k.confkey) as p (here, there),
      pg_attribute a, pg_attribute b
    where k.contype = 'f' and a.attrelid = k.conrelid and a.attnum = p.here and b.attrelid = k.confrelid and b.attnum = p.there
      and (a.atttypid, a.atttypmod, a.attcollation) <> (b.atttypid, b.atttypmod, b.attcollation)`
  expect(await names(differing)).toEqual([])
  const narrow = `select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where ${OURS} and (a.attname = 'id' or a.attidentity <> '') and a.atttypid not in ('uuid'::regtype, 'int8'::regtype)`
  expect(await names(narrow)).toEqual([])
})

test('the role of the service owns nothing, passes no wall, and may become nobody else', async () => {
  const { rows } = await owner.query(
    `select rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, array(
        select o.rolname::text from pg_roles o where o.oid <> r.oid and pg_has_role(r.oid, o.oid, 'member') order by 1) as roles
       from pg_roles r where rolname in ('earshot_app', 'earshot_log', 'earshot_auth') order by 1`,
  )
  const plain = { rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false, roles: [] }
  expect(rows).toEqual(['earshot_app', 'earshot_auth', 'earshot_log'].map((rolname) => ({ rolname, ...plain })))
  const owned = `select c.relname as name from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'earshot_app'
    union all select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname = 'earshot_app'
    union all select n.nspname from pg_namespace n where n.nspname in ('earshot', 'auth', 'public') and has_schema_privilege('earshot_app', n.oid, 'create')`
  expect(await names(owned)).toEqual([])
})

test('the log is written by its functions only, and accounts are out of reach', async () => {
  const privileges = `select c.relname || ' ' || p as name from pg_class c, unnest(array['insert', 'update', 'delete', 'truncate']) p
    where ${OURS} and c.relname in ('entry', 'suppressed_draft', 'counter_delta', 'migration') and has_table_privilege('earshot_app', c.oid, p)
    union all select c.relname || ' ' || p from pg_class c, unnest(array['select', 'insert', 'update', 'delete']) p
    where c.relnamespace = 'auth'::regnamespace and c.relkind = 'r' and has_table_privilege('earshot_app', c.oid, p)
    union all select c.relname || ' ' || p from pg_class c, unnest(array['update', 'delete', 'truncate']) p
    where ${OURS} and c.relname in ('audit_row', 'event') and has_table_privilege('earshot_app', c.oid, p)`
  expect(await names(privileges)).toEqual([])
})

test('every function that passes the walls has a fixed search path, one owner, and is closed to the public', async () => {
  const { rows } = await owner.query(
    `select p.proname, r.rolname, p.proconfig && array['search_path=pg_catalog, pg_temp'] as fixed,
        has_function_privilege('public', p.oid, 'execute') as open
       from pg_proc p join pg_roles r on r.oid = p.proowner
      where p.prosecdef and p.pronamespace in ('earshot'::regnamespace, 'auth'::regnamespace)`,
  )
  expect(rows.length).toBeGreaterThan(15)
  for (const row of rows)
    expect(row).toEqual({ proname: row.proname, rolname: 'earshot_log', fixed: true, open: false })
})
