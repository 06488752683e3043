/** SQL of briefs: one of each conversation, the latest. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'
import type { StoredBrief } from './content.ts'

export type BriefRow = Omit<Selectable<Tables['brief']>, 'content'> & { content: StoredBrief }
export type NewBrief = Omit<Insertable<Tables['brief']>, 'content' | 'refineDue'> & { content: StoredBrief }

export async function findBrief(tx: Tx, workspaceId: string, conversationId: string): Promise<BriefRow | undefined> {
  return (await tx
    .selectFrom('brief')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .executeTakeFirst()) as BriefRow | undefined
}

/** Replaces the one before. What models have cost stays counted. `refine`: a model is to be asked at once. */
export async function upsertBrief(tx: Tx, brief: NewBrief, refine: boolean): Promise<void> {
  const values = {
    ...brief,
    content: JSON.stringify(brief.content),
    model: null,
    refineTries: 0,
    refineDue: refine ? sql<Date>`now()` : null,
    // As exact as a Date is: it names the writing when a refinement comes back.
    writtenAt: sql<Date>`date_trunc('milliseconds', clock_timestamp())`,
  }
  await tx
    .insertInto('brief')
    .values(values)
    .onConflict((on) => on.columns(['workspaceId', 'conversationId']).doUpdateSet(values))
    .execute()
}

export interface Refinement {
  content: StoredBrief
  model: string
  usage: { inputTokens: number; outputTokens: number; costUsd: number }
}

/** Refused (false) when the brief was written again meanwhile: the new one is refined by itself. */
export async function saveRefinement(tx: Tx, row: BriefRow, { content, model, usage }: Refinement): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('brief')
    .set({ content: JSON.stringify(content), model, refineDue: null, ...spend(usage) })
    .where('workspaceId', '=', row.workspaceId)
    .where('conversationId', '=', row.conversationId)
    .where('throughPosition', '=', row.throughPosition)
    .where('writtenAt', '=', row.writtenAt)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** The embedded words stand; with `again` a model is asked once more when the claim runs out. */
export async function endRefinement(
  tx: Tx,
  row: BriefRow,
  usage: Refinement['usage'] | null,
  again: boolean,
): Promise<void> {
  await tx
    .updateTable('brief')
    .set({ ...(usage && spend(usage)), ...(!again && { refineDue: null }) })
    .where('workspaceId', '=', row.workspaceId)
    .where('conversationId', '=', row.conversationId)
    .where('writtenAt', '=', row.writtenAt)
    .execute()
}

const spend = ({ inputTokens, outputTokens, costUsd }: Refinement['usage']) => ({
  tokensIn: sql<number>`tokens_in + ${inputTokens}`,
  tokensOut: sql<number>`tokens_out + ${outputTokens}`,
  costUsd: sql<number>`cost_usd + ${costUsd}`,
})

export interface DueBrief {
  workspaceId: string
  conversationId: string
  tries: number
}

/** Across workspaces; the caller refines each inside its own. A claim that nobody ends is due again after the lease. */
export async function claimDueBriefs(db: Db, limit: number, lease: string): Promise<DueBrief[]> {
  const { rows } =
    await sql<DueBrief>`select workspace_id, conversation_id, tries from claim_due_briefs(${limit}, ${lease}::interval)`.execute(
      db,
    )
  return rows
}

/** Of the contact, this one included. */
export async function countOfContact(tx: Tx, workspaceId: string, contactId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('conversation')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspaceId', '=', workspaceId)
    .where('contactId', '=', contactId)
    .executeTakeFirstOrThrow()
  return Number(count)
}
