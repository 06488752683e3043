/** A digest of every row a workspace has, table by table: what nobody else's request may change. */
import type { TestApp } from '../app.ts'
import { until } from '../until.ts'

/** Columns that change by the passing of time, or that a sweep fills in. */
const VOLATILE: Record<string, string[]> = {
  api_key: ['last_used_at'],
  // Where an alert stands is looked at as time passes.
  alert: [
    'state',
    'state_since',
    'since',
    'value',
    'seen',
    'due_at',
    'looked_at',
    'last_value',
    'last_seen',
    'told_at',
  ],
  conversation: ['needs_index'],
  // Why one waits and when an answer is due: the queue's sweep says so a moment later.
  queue_item: ['wait_reason', 'first_due', 'next_from', 'next_due', 'counted_for'],
  // The hub is heard of, and who waits is told their place.
  call: ['beat_at', 'queue_step'],
  file: ['duration_ms', 'codec', 'channels', 'peaks', 'peaks_tries'],
}
/** What the indexer and the reader of running talks make of other rows, whenever they come to it; and what people are told, a moment later. */
const DERIVED = new Set(['notification', 'push', 'so_far', 'search_document', 'search_keys', 'search_word'])
/** Counts are kept as changes that a sweep folds; their sums are what counts. What the queue's sweep tells of itself is nobody's doing. */
const FOLDED: Record<string, string> = {
  event: `(select * from event where type not in ('queue.changed', 'operator.changed', 'conversation.observed') and coalesce(payload ->> 'resource', '') not in ('notifications', 'alerts'))`,
  call_command: `(select * from call_command where actor_kind <> 'system')`,
  counter_delta: '(select workspace_id, key, sum(n) from counter_delta group by 1, 2)',
  tag_delta: '(select workspace_id, tag, sum(n) from tag_delta group by 1, 2 having sum(n) <> 0)',
  conversation_cell: `(select workspace_id, to_jsonb(c) - 'n' as cell, sum(n) from conversation_cell c group by 1, 2 having sum(n) <> 0)`,
}

export async function digestOf(app: TestApp, workspaceId: string): Promise<Record<string, string>> {
  // Where a wall is down on purpose, some of it cannot end.
  await until(() => isAtRest(app, workspaceId), 'its jobs are over', 3000).catch(() => {})
  const tables = (await tablesWithWorkspace(app)).filter((table) => !DERIVED.has(table))
  const { rows } = await app.database.owner.query<{ name: string; digest: string }>(
    tables.map(digestOfTable).join(' union all '),
    [workspaceId],
  )
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}

/** How many rows, and the sum of their hashes: no order, so nothing to sort. */
function digestOfTable(table: string): string {
  const volatile = VOLATILE[table]
  const row = volatile ? `(to_jsonb(t) - array[${volatile.map((column) => `'${column}'`)}])::text` : 't::text'
  return `select '${table}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(${row}, 0)::numeric), 0) as digest
            from ${FOLDED[table] ?? table} t where t.workspace_id = $1`
}

/** A job that a sample began may still be at work; one of nobody's kind waits for ever. Who waits for a person, or has one, is given a brief. */
async function isAtRest(app: TestApp, workspaceId: string): Promise<boolean> {
  const { rows } = await app.database.owner.query(
    `select 1 from job where workspace_id = $1 and state in ('queued', 'running') and kind <> 'nobodys'
     union all
     select 1 from queue_item q where q.workspace_id = $1 and q.state <> 'done'
       and not exists (select from brief b where b.workspace_id = q.workspace_id and b.conversation_id = q.conversation_id) limit 1`,
    [workspaceId],
  )
  return rows.length === 0
}

/** From the catalogue, so that a new table cannot be forgotten. */
export async function tablesWithWorkspace(app: TestApp): Promise<string[]> {
  const { rows } = await app.database.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'earshot'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'workspace_id' order by 1`,
  )
  return rows.map(({ name }) => name)
}
