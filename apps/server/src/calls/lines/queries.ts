/** SQL of lines: numbers and trunks, and where each stands. */
import type { LineTest, TrunkAddress } from '@earshot/contracts'
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db.ts'

export interface LineRow {
  workspaceId: string
  id: string
  kind: 'twilio' | 'sip'
  name: string
  number: string | null
  channelId: string
  agentId: string | null
  agentName: string | null
  accountSid: string | null
  trunk: TrunkAddress | null
  secretSealed: string | null
  announce: boolean
  detectMachine: boolean
  enabled: boolean
  test: LineTest | null
  createdAt: Date
  archivedAt: Date | null
}

const columns = sql`
  l.workspace_id, l.id, l.kind, l.name, l.number, l.channel_id, c.agent_id, a.name as agent_name, l.account_sid, l.trunk,
  l.secret_sealed, l.announce, l.detect_machine, l.enabled, l.test, l.created_at, l.archived_at`
const joined = sql`
  voice_line l
  join channel c on c.workspace_id = l.workspace_id and c.id = l.channel_id
  left join agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id and a.archived_at is null`

export async function findLines(tx: Tx, workspaceId: string): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select ${columns} from ${joined}
     where l.workspace_id = ${workspaceId} and l.archived_at is null
     order by l.created_at, l.id`.execute(tx)
  return rows
}

/** Removed ones too: calls that run still name them. */
export async function findLine(tx: Tx, workspaceId: string, id: string): Promise<LineRow | undefined> {
  const { rows } = await sql<LineRow>`
    select ${columns} from ${joined} where l.workspace_id = ${workspaceId} and l.id = ${id}`.execute(tx)
  return rows[0]
}

export async function lockLine(tx: Tx, workspaceId: string, id: string): Promise<LineRow | undefined> {
  await sql`select 1 from voice_line where workspace_id = ${workspaceId} and id = ${id} for update`.execute(tx)
  return findLine(tx, workspaceId, id)
}

export interface LineContent {
  name: string
  number: string | null
  accountSid: string | null
  trunk: TrunkAddress | null
  announce: boolean
  detectMachine: boolean
  enabled: boolean
  byName: string | null
}

const stored = ({ trunk, ...rest }: LineContent) => ({ ...rest, trunk: trunk && JSON.stringify(trunk) })

export async function insertLine(
  tx: Tx,
  workspaceId: string,
  line: LineContent & { kind: LineRow['kind']; channelId: string },
): Promise<string> {
  const { kind, channelId, ...content } = line
  const { id } = await tx
    .insertInto('voiceLine')
    .values({ workspaceId, kind, channelId, ...stored(content) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** What was tested is not what is there now. */
export async function updateLine(tx: Tx, workspaceId: string, id: string, content: LineContent): Promise<void> {
  await tx
    .updateTable('voiceLine')
    .set({ ...stored(content), test: null, testedAt: null })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function putLineSecret(tx: Tx, workspaceId: string, id: string, sealed: string | null): Promise<void> {
  await tx
    .updateTable('voiceLine')
    .set({ secretSealed: sealed })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function putLineTest(tx: Tx, workspaceId: string, id: string, test: LineTest): Promise<void> {
  await tx
    .updateTable('voiceLine')
    .set({ test: JSON.stringify(test), testedAt: new Date(test.at) })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function archiveLine(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx
    .updateTable('voiceLine')
    .set({ archivedAt: sql<Date>`now()`, enabled: false, secretSealed: null })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** Changes of the list of lines happen one after the other. */
export async function lockLines(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`voice lines ${workspaceId}`}, 5))`.execute(tx)
}

export interface LinePlace {
  workspaceId: string
  id: string
}

/** Whose line it is, for those who come from outside and know its id only. */
export async function findLinePlace(db: Db, id: string): Promise<LinePlace | undefined> {
  const { rows } = await sql<LinePlace>`select workspace_id, id from find_voice_line(${id}::uuid)`.execute(db)
  return rows[0]
}

export async function findTrunkPlaces(db: Db): Promise<LinePlace[]> {
  const { rows } = await sql<LinePlace>`select workspace_id, id from list_voice_trunks()`.execute(db)
  return rows
}
