/** A digest of every row a workspace has, table by table: what nobody else's request may change. */
import type { TestApp } from '../app.ts'

/** Columns that change by the passing of time. */
const VOLATILE: Record<string, string> = { api_key: 'last_used_at' }

export async function digestOf(app: TestApp, workspaceId: string): Promise<Record<string, string>> {
  const digests: Record<string, string> = {}
  for (const table of await tablesWithWorkspace(app)) {
    // Counts are kept as changes that a sweep folds; their sums are what counts.
    const source =
      table === 'counter_delta' ? '(select workspace_id, key, sum(n) from counter_delta group by 1, 2)' : table
    const { rows } = await app.database.owner.query<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(row, '|' order by row)), '') as digest
         from (select (to_jsonb(t) - $2::text)::text as row from ${source} t where t.workspace_id = $1) r`,
      [workspaceId, VOLATILE[table] ?? ''],
    )
    digests[table] = rows[0]!.digest
  }
  return digests
}

/** From the catalogue, so that a new table cannot be forgotten. */
export async function tablesWithWorkspace(app: TestApp): Promise<string[]> {
  const { rows } = await app.database.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'earshot'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'workspace_id' order by 1`,
  )
  return rows.map(({ name }) => name)
}
