/** SQL of everything else that names entries of a conversation by position: read from the catalog, so that a table made later comes along. */
import type { JsonValue } from '@earshot/contracts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export interface Step {
  from: number
  to: number
}

/** Tables that hang on a conversation and name an entry in a column `position`. The log itself is woven, and merges keep their own places. */
async function findQuotingTables(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct r.relname as name from pg_constraint f
      join pg_class r on r.oid = f.conrelid
      join pg_attribute p on p.attrelid = f.conrelid and p.attname = 'position' and not p.attisdropped
      join pg_attribute c on c.attrelid = f.conrelid and c.attname = 'conversation_id' and c.attnum = any (f.conkey)
     where f.contype = 'f' and f.confrelid = 'earshot.conversation'::regclass and r.relname not in ('entry', 'conversation_merge')`.execute(
    tx,
  )
  return rows.map(({ name }) => name)
}

/** Twice, over places that no entry has: what is unique by position never meets on the way. */
export async function moveRowsThatQuote(tx: Tx, workspaceId: string, id: string, steps: Step[]): Promise<void> {
  const [from, to] = [steps.map((step) => step.from), steps.map((step) => step.to)]
  for (const name of await findQuotingTables(tx)) {
    const table = sql.table(name)
    await sql`
      update ${table} t set position = -s.new from unnest(${from}::int[], ${to}::int[]) as s (old, new)
       where t.workspace_id = ${workspaceId} and t.conversation_id = ${id} and t.position = s.old`.execute(tx)
    await sql`
      update ${table} t set position = -t.position
       where t.workspace_id = ${workspaceId} and t.conversation_id = ${id} and t.position < 0`.execute(tx)
  }
}

export interface QuotingBrief {
  throughPosition: number
  content: JsonValue
}

export async function findQuotingBrief(tx: Tx, workspaceId: string, id: string): Promise<QuotingBrief | undefined> {
  const { rows } = await sql<QuotingBrief>`
    select through_position, content from brief where workspace_id = ${workspaceId} and conversation_id = ${id}`.execute(
    tx,
  )
  return rows[0]
}

export async function updateQuotingBrief(
  tx: Tx,
  workspaceId: string,
  id: string,
  { throughPosition, content }: QuotingBrief,
): Promise<void> {
  await sql`
    update brief set through_position = ${throughPosition}, content = ${JSON.stringify(content)}::jsonb
     where workspace_id = ${workspaceId} and conversation_id = ${id}`.execute(tx)
}
