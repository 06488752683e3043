/** SQL of the rules for calls: settings, contacts to transfer to, the day's transfers, members' own phones. */
import type { VoiceContact, VoiceContactDraft, VoiceSettings } from '@earshot/contracts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export async function findSettings(tx: Tx, workspaceId: string): Promise<VoiceSettings | undefined> {
  return tx
    .selectFrom('voiceSettings')
    .select([
      'record',
      'announcement',
      'listeningNotice',
      'countries',
      'transfersPerDay',
      'queueAfterSeconds',
      'queueThen',
      'maxMinutes',
      'recordingDays',
    ])
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst() as Promise<VoiceSettings | undefined>
}

export async function putSettings(
  tx: Tx,
  workspaceId: string,
  settings: VoiceSettings,
  byName: string | null,
): Promise<void> {
  const row = { ...settings, byName, at: sql<Date>`now()` }
  await tx
    .insertInto('voiceSettings')
    .values({ workspaceId, ...row })
    .onConflict((conflict) => conflict.column('workspaceId').doUpdateSet(row))
    .execute()
}

const shown = ['id', 'name', 'about', 'address', 'lineId'] as const

export function findContacts(tx: Tx, workspaceId: string): Promise<VoiceContact[]> {
  return tx
    .selectFrom('voiceContact')
    .select(shown)
    .where('workspaceId', '=', workspaceId)
    .orderBy(sql`lower(name)`)
    .execute()
}

export function findContact(tx: Tx, workspaceId: string, id: string): Promise<VoiceContact | undefined> {
  return tx
    .selectFrom('voiceContact')
    .select(shown)
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function insertContact(
  tx: Tx,
  workspaceId: string,
  contact: VoiceContactDraft & { byName: string | null },
): Promise<string> {
  const { id } = await tx
    .insertInto('voiceContact')
    .values({ workspaceId, ...contact })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updateContact(
  tx: Tx,
  workspaceId: string,
  id: string,
  contact: VoiceContactDraft & { byName: string | null },
): Promise<void> {
  await tx
    .updateTable('voiceContact')
    .set(contact)
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function deleteContact(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('voiceContact').where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

/** How many were begun within 24 hours; the next one waits here until this transaction has ended. */
export async function countTransfers(tx: Tx, workspaceId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`voice transfers ${workspaceId}`}, 5))`.execute(tx)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from voice_transfer
     where workspace_id = ${workspaceId} and at > clock_timestamp() - interval '24 hours'`.execute(tx)
  return rows[0]?.count ?? 0
}

export async function insertTransfer(
  tx: Tx,
  workspaceId: string,
  transfer: { country: string | null; byId: string | null },
): Promise<void> {
  await sql`delete from voice_transfer where workspace_id = ${workspaceId} and at < clock_timestamp() - interval '48 hours'`.execute(
    tx,
  )
  await tx
    .insertInto('voiceTransfer')
    .values({ workspaceId, ...transfer })
    .execute()
}

export async function findPhone(tx: Tx, workspaceId: string, memberId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('member')
    .select('phone')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', memberId)
    .where('removedAt', 'is', null)
    .executeTakeFirst()
  return row?.phone ?? null
}

export async function putPhone(tx: Tx, workspaceId: string, memberId: string, phone: string | null): Promise<void> {
  await tx
    .updateTable('member')
    .set({ phone })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', memberId)
    .execute()
}
