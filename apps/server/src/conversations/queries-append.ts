/** The statements behind append: one for a batch, one for a single item, and the same inside a command's transaction. */
import { sql } from 'kysely'
import type { QueryArrayConfig } from 'pg'
import type { Tx } from '../platform/db.ts'
import type { Appended, AppendItem, AppendOutcome } from './append.ts'

const columnsOf = (item: AppendItem) => [
  item.workspaceId,
  item.conversationId,
  item.kind,
  item.author.kind,
  item.author.id,
  item.author.name,
  item.text,
  item.data ? JSON.stringify(item.data) : null,
  item.clientKey ?? null,
  item.epoch ?? null,
  item.origin ?? 'live',
  item.at ?? null,
  item.usage ? JSON.stringify(item.usage) : null,
]
const COLUMNS = 13

/** For the connection of a lane, which runs the append functions and nothing else: planning them costs more than running them. */
export const LANE_SETTINGS = 'set plan_cache_mode = force_generic_plan; set enable_seqscan = off'

export function singleStatement(item: AppendItem): QueryArrayConfig {
  return {
    name: 'append_entry',
    rowMode: 'array',
    text: 'select outcome, position, epoch, at from append_entry($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)',
    values: columnsOf(item),
  }
}

/** Column by column, each conversation named once: arrays cost less to read than JSON or many parameters. */
function batchColumns(items: AppendItem[]): unknown[][] {
  const refs = new Map<string, number>()
  const workspaces: string[] = []
  for (const { conversationId, workspaceId } of items) {
    const before = refs.size
    const id = `${workspaceId} ${conversationId}`
    if (!refs.has(id)) refs.set(id, before + 1)
    if (refs.size > before) workspaces.push(workspaceId)
  }
  const rows = items.map(columnsOf)
  const said = Array.from({ length: COLUMNS - 2 }, (_, i) => rows.map((row) => row[i + 2]))
  const conversations = [...refs.keys()].map((id) => id.slice(37))
  const ref = items.map((item) => refs.get(`${item.workspaceId} ${item.conversationId}`))
  return [workspaces, conversations, ref, ...said]
}

export function batchStatement(items: AppendItem[], wait: boolean): QueryArrayConfig {
  return {
    name: 'append_entries',
    rowMode: 'array',
    text: 'select outcome, position, epoch, at from append_entries($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)',
    values: [...batchColumns(items), wait],
  }
}

export function readSingle(row: unknown[]): Appended {
  const [outcome, position, epoch, at] = row as [AppendOutcome, number | null, number | null, Date | null]
  return { outcome, position, epoch, at }
}
export const readBatch = (rows: unknown[][]): Appended[] => rows.map(readSingle)

/** Appends inside a command's own transaction, which must hold the conversation's lock already. */
export async function appendInside(tx: Tx, item: AppendItem): Promise<Appended> {
  const [
    workspaceId,
    conversationId,
    kind,
    authorKind,
    authorId,
    authorName,
    text,
    data,
    key,
    epoch,
    origin,
    at,
    usage,
  ] = columnsOf(item)
  const { rows } = await sql<Appended>`select outcome, position, epoch, at from append_entry(
    ${workspaceId}::uuid, ${conversationId}::uuid, ${kind}, ${authorKind}, ${authorId}::uuid, ${authorName}, ${text}, ${data}, ${key},
    ${epoch}::bigint, ${origin}, ${at}::timestamptz, ${usage})`.execute(tx)
  return rows[0]!
}

/** The same for many items of conversations that this transaction has locked or made, in one statement. */
export async function appendAllInside(tx: Tx, items: AppendItem[]): Promise<Appended[]> {
  const columns = batchColumns(items)
  const column = (i: number) => sql.val(columns[i])
  const { rows: results } = await sql<Appended>`select outcome, position, epoch, at from append_entries(
    ${column(0)}::uuid[], ${column(1)}::uuid[], ${column(2)}::int[], ${column(3)}::text[], ${column(4)}::text[], ${column(5)}::uuid[],
    ${column(6)}::text[], ${column(7)}::text[], ${column(8)}::text[], ${column(9)}::text[], ${column(10)}::bigint[], ${column(11)}::text[],
    ${column(12)}::timestamptz[], ${column(13)}::text[], true)`.execute(tx)
  return results
}

const TRANSIENT = new Set([
  '40001',
  '40P01',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  '08001',
  '53300',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
])

/** True after errors that say nothing about the data: the connection or the server went away, or a lock was lost. */
export function isTransient(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: string; message?: string }
  return TRANSIENT.has(code ?? '') || /terminated|Connection ended|not queryable|timeout expired/i.test(message ?? '')
}
