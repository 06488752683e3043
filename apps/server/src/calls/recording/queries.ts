/** SQL of recordings: their rows, the leases on them, and what is still to be removed. */
import type { RecordingInfo } from '@earshot/voice'
import { type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type Speakers = RecordingInfo['speakers']
export type Gaps = RecordingInfo['gaps']
type Columns = Selectable<Tables['callRecording']>
export type RecordingRow = Omit<Columns, 'speakers' | 'gaps'> & { speakers: Speakers; gaps: Gaps }

/** A row with what its call says of itself. */
export type Recorded = RecordingRow & {
  conversationId: string
  callState: string
  callStartedAt: Date
  answeredAt: Date | null
  endedAt: Date | null
  recordingOfCall: string
  demo: boolean
  recordingDays: number | null
}

/** Calls of a conversation, oldest first; one that still goes on has no row yet. */
export async function findRecordings(tx: Tx, workspaceId: string, conversationId: string): Promise<RecordedOrNot[]> {
  const { rows } = await sql<RecordedOrNot>`
    select k.id as call_id, k.conversation_id, k.state as call_state, k.started_at as call_started_at, k.answered_at, k.ended_at,
           k.recording as recording_of_call, k.demo, v.recording_days, r.state, r.reason, r.progress, r.attempts, r.original_key, r.mp3_key,
           r.peaks_key, r.original_bytes, r.mp3_bytes, r.original_sha, r.mp3_sha, r.duration_ms, r.recorded_at, r.speakers, r.gaps, r.words,
           r.ready_at, r.removed_at
      from call k
      left join call_recording r on r.workspace_id = k.workspace_id and r.call_id = k.id
      left join voice_settings v on v.workspace_id = k.workspace_id
     where k.workspace_id = ${workspaceId} and k.conversation_id = ${conversationId}
     order by k.started_at, k.id`.execute(tx)
  return rows
}
export type RecordedOrNot = Omit<Recorded, 'state'> & { state: RecordingRow['state'] | null }

export async function findRecording(tx: Tx, workspaceId: string, callId: string): Promise<RecordingRow | undefined> {
  const row = await tx
    .selectFrom('callRecording')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('callId', '=', callId)
    .executeTakeFirst()
  return row as RecordingRow | undefined
}

export interface Claim {
  workspaceId: string
  callId: string
  lease: string
}

/** Of all workspaces; each for itself for so long. */
export async function claimRecordings(db: Db, limit: number, leaseMs: number): Promise<Claim[]> {
  const { rows } = await sql<Claim>`
    select workspace_id, call_id, lease from claim_call_recordings(${limit}, ${leaseMs} * interval '1 millisecond')`.execute(
    db,
  )
  return rows
}

/** False: another node has it now, or it is gone. */
export async function renewLease(tx: Tx, claim: Claim, leaseMs: number, progress: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update call_recording set due_at = clock_timestamp() + ${leaseMs} * interval '1 millisecond', progress = ${progress}
     where workspace_id = ${claim.workspaceId} and call_id = ${claim.callId} and lease = ${claim.lease}`.execute(tx)
  return numAffectedRows === 1n
}

export type RecordingUpdate = Omit<Updateable<Tables['callRecording']>, 'speakers' | 'gaps'> & {
  speakers?: Speakers
  gaps?: Gaps
}

/** Under the lease. `againMs`: looked at again then; null: nothing is left to do. */
export async function saveRecording(
  tx: Tx,
  claim: Claim,
  { speakers, gaps, ...change }: RecordingUpdate,
  againMs: number | null,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('callRecording')
    .set({
      ...change,
      ...(speakers && { speakers: JSON.stringify(speakers) }),
      ...(gaps && { gaps: JSON.stringify(gaps) }),
      dueAt: againMs === null ? null : sql<Date>`clock_timestamp() + ${againMs} * interval '1 millisecond'`,
      lease: null,
    })
    .where('workspaceId', '=', claim.workspaceId)
    .where('callId', '=', claim.callId)
    .where('lease', '=', claim.lease)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Before a byte is written: a deletion then knows where to look. */
export async function nameFiles(
  tx: Tx,
  claim: Claim,
  keys: { originalKey: string; mp3Key: string; peaksKey: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('callRecording')
    .set(keys)
    .where('workspaceId', '=', claim.workspaceId)
    .where('callId', '=', claim.callId)
    .where('lease', '=', claim.lease)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Under the lease, which goes on. */
export async function beginWords(tx: Tx, claim: Claim): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update call_recording set words = 'transcribing', words_tries = words_tries + 1
     where workspace_id = ${claim.workspaceId} and call_id = ${claim.callId} and lease = ${claim.lease}`.execute(tx)
  return numAffectedRows === 1n
}

/** Once more from the beginning, when it had failed. */
export async function retryRecording(tx: Tx, workspaceId: string, callId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update call_recording set state = 'processing', reason = null, progress = 0, attempts = 0, due_at = clock_timestamp(), lease = null
     where workspace_id = ${workspaceId} and call_id = ${callId} and state = 'failed'`.execute(tx)
  return numAffectedRows === 1n
}

export async function markCall(
  tx: Tx,
  workspaceId: string,
  callId: string,
  state: 'ready' | 'failed' | 'off',
): Promise<void> {
  await tx
    .updateTable('call')
    .set({ recording: state })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', callId)
    .execute()
}

export async function findCallPlace(
  tx: Tx,
  workspaceId: string,
  callId: string,
): Promise<{ conversationId: string; answeredAt: Date | null; recording: string } | undefined> {
  return tx
    .selectFrom('call')
    .select(['conversationId', 'answeredAt', 'recording'])
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', callId)
    .executeTakeFirst()
}

export async function recountAudio(tx: Tx, workspaceId: string, conversationId: string): Promise<void> {
  await sql`select recount_audio(${workspaceId}, ${conversationId})`.execute(tx)
}

export interface Utterance {
  position: number
  voice: 'caller' | 'ai' | 'supervisor' | 'human' | 'external'
  startMs: number
  endMs: number
}

/** What was said in a call, by the entries that say it: they know where they stand, also after a merge. */
export async function findUtterances(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  callId: string,
): Promise<Utterance[]> {
  const { rows } = await sql<Utterance>`
    select position, data #>> '{call,role}' as voice, (data #>> '{call,startMs}')::int as start_ms, (data #>> '{call,endMs}')::int as end_ms
      from entry where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and kind = 'message'
       and data #>> '{call,callId}' = ${callId} and data #> '{call,startMs}' is not null
     order by 3, position limit 20000`.execute(tx)
  return rows
}

export interface SpokenEntry {
  callId: string | null
  role: Utterance['voice'] | null
  startMs: number | null
  endMs: number | null
}

export async function findSpokenEntry(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  position: number,
): Promise<SpokenEntry | undefined> {
  const { rows } = await sql<SpokenEntry>`
    select data #>> '{call,callId}' as call_id, data #>> '{call,role}' as role, (data #>> '{call,startMs}')::int as start_ms,
           (data #>> '{call,endMs}')::int as end_ms
      from entry where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and position = ${position}`.execute(
    tx,
  )
  return rows[0]
}

export async function findMemberNames(tx: Tx, workspaceId: string, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from member where workspace_id = ${workspaceId} and id = any (${ids}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Older than the workspace keeps them. */
export async function findExpired(db: Db, limit: number): Promise<{ workspaceId: string; callId: string }[]> {
  const { rows } = await sql<{ workspaceId: string; callId: string }>`
    select workspace_id, call_id from find_expired_recordings(${limit})`.execute(db)
  return rows
}

/** The sound goes, the row stays and says so; where the bytes lie is handed on in the same statement. */
export async function removeSound(tx: Tx, workspaceId: string, callId: string, reason: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    with old as (select workspace_id, call_id, array_remove(array[original_key, mp3_key, peaks_key], null) as keys, forgotten_at
                   from call_recording where workspace_id = ${workspaceId} and call_id = ${callId} and state = 'ready' for update),
         left_over as (insert into call_remains (workspace_id, call_id, storage_keys, engine, due_at)
                       select workspace_id, call_id, keys, forgotten_at is null, clock_timestamp() from old)
    update call_recording r set state = 'removed', reason = ${reason}, removed_at = clock_timestamp(), original_key = null, mp3_key = null,
           peaks_key = null, original_sha = null, mp3_sha = null, due_at = null, lease = null
      from old where r.workspace_id = old.workspace_id and r.call_id = old.call_id`.execute(tx)
  return numAffectedRows === 1n
}

export interface Remains {
  workspaceId: string
  callId: string
  id: string
  storageKeys: string[]
  engine: boolean
}

export async function claimRemains(db: Db, limit: number): Promise<Remains[]> {
  const { rows } = await sql<Remains>`
    select workspace_id, call_id, id, storage_keys, engine from claim_call_remains(${limit})`.execute(db)
  return rows
}

export async function endRemains(tx: Tx, { workspaceId, callId, id }: Remains): Promise<void> {
  await tx
    .deleteFrom('callRemains')
    .where('workspaceId', '=', workspaceId)
    .where('callId', '=', callId)
    .where('id', '=', id)
    .execute()
}
