/** SQL of the indexer, on a connection of its own: it serves all workspaces, through functions that do this and nothing else. */
import type { Client } from 'pg'

export interface Due {
  workspaceId: string
  id: string
}

/** A conversation as it stands, and what of it is indexed. */
export interface Unindexed {
  id: string
  header: string
  phone: string | null
  headerBody: string | null
  headerPhone: string | null
  headerKeys: number[] | null
  part: number | null
  fromPosition: number | null
  toPosition: number | null
  body: string | null
  keys: number[] | null
  /** The last entry that was read. */
  position: number | null
  texts: string[] | null
  positions: number[] | null
}

export interface Part {
  conversationId: string
  part: number
  from: number
  to: number
  body: string
  phone: string | null
  keys: number[]
}

export interface IndexBatch {
  workspaceId: string
  seen: { id: string; position: number; header: string }[]
  parts: Part[]
  words: { word: string; hash: number; count: number; letters: number[] }[]
}

export async function findUnindexed(client: Client, quiet: string, except: string[], limit: number): Promise<Due[]> {
  const { rows } = await client.query<Due>(
    'select workspace_id as "workspaceId", id from find_unindexed($1::interval, $2::uuid[], $3)',
    [quiet, except, limit],
  )
  return rows
}

export async function countUnindexed(client: Client): Promise<number> {
  const { rows } = await client.query<{ n: number }>('select count_unindexed() as n')
  return rows[0]!.n
}

export async function readUnindexed(
  client: Client,
  workspaceId: string,
  ids: string[],
  entries: number,
): Promise<Unindexed[]> {
  const { rows } = await client.query<Unindexed>({
    name: 'read_unindexed',
    text: `select id, header, phone, header_body as "headerBody", header_phone as "headerPhone", header_keys as "headerKeys", part,
      from_position as "fromPosition", to_position as "toPosition", body, keys, position, texts, positions from read_unindexed($1, $2, $3)`,
    values: [workspaceId, ids, entries],
  })
  return rows
}

const list = (values: number[]): string => `{${values.join(',')}}`

/** False when a conversation is gone meanwhile; then nothing was stored. */
export async function storeIndex(client: Client, { workspaceId, seen, parts, words }: IndexBatch): Promise<boolean> {
  const { rows } = await client.query<{ stored: boolean }>({
    name: 'store_index',
    text: 'select store_index($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) as stored',
    values: [
      workspaceId,
      seen.map((s) => s.id),
      seen.map((s) => s.position),
      seen.map((s) => s.header),
      parts.map((p) => p.conversationId),
      parts.map((p) => p.part),
      parts.map((p) => p.from),
      parts.map((p) => p.to),
      parts.map((p) => p.body),
      parts.map((p) => p.phone),
      parts.map((p) => list(p.keys)),
      words.map((w) => w.word),
      words.map((w) => w.hash),
      words.map((w) => w.count),
      words.map((w) => list(w.letters)),
    ],
  })
  return rows[0]!.stored
}

/** Those that stand for "many": they need not be counted again. */
export async function findCommonWords(client: Client, workspaceId: string, words: string[]): Promise<string[]> {
  const { rows } = await client.query<{ word: string }>('select word from find_common_words($1, $2::text[])', [
    workspaceId,
    words,
  ])
  return rows.map(({ word }) => word)
}

export async function recountWords(client: Client, limit: number): Promise<number> {
  const { rows } = await client.query<{ n: number }>('select recount_words($1) as n', [limit])
  return rows[0]!.n
}
