/** SQL of second reviews. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type SheetRow = Omit<Selectable<Tables['reviewSheet']>, 'points'> & { points: Record<string, number> }

export async function findSheets(tx: Tx, workspaceId: string, reviewId: string): Promise<SheetRow[]> {
  const rows = await tx
    .selectFrom('reviewSheet')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('reviewId', '=', reviewId)
    .orderBy('id')
    .execute()
  return rows as SheetRow[]
}

export type NewSheet = Pick<
  SheetRow,
  'workspaceId' | 'conversationId' | 'reviewId' | 'memberId' | 'memberName' | 'points' | 'resolution' | 'note'
>

/** False when this person has handed one in already. */
export async function insertSheet(tx: Tx, sheet: NewSheet): Promise<boolean> {
  const made = await tx
    .insertInto('reviewSheet')
    .values({ ...sheet, points: JSON.stringify(sheet.points) })
    .onConflict((conflict) => conflict.columns(['workspaceId', 'reviewId', 'memberId']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

/**
 * One of the last 28 days at random, that can be scored and that this person has neither scored, nor overruled, nor checked, nor answered
 * in. Those that somebody else has scored come first: two people are worth more on one conversation.
 */
export async function findForBlind(
  tx: Tx,
  workspaceId: string,
  memberId: string,
  judged: string | null,
): Promise<string | null> {
  const { rows } = await sql<{ conversationId: string }>`
    select r.conversation_id from review r
     where r.workspace_id = ${workspaceId} and r.created_at > now() - interval '28 days' and r.applicable and r.score is not null
       and (${judged}::text is null or r.judged = ${judged})
       and not exists (select from review n where n.workspace_id = r.workspace_id and n.conversation_id = r.conversation_id and n.id > r.id)
       and not exists (select from review_sheet s where s.workspace_id = r.workspace_id and s.review_id = r.id and s.member_id = ${memberId})
       and not exists (select from review_override o where o.workspace_id = r.workspace_id and o.review_id = r.id and o.by_id = ${memberId})
       and not exists (select from review_check k where k.workspace_id = r.workspace_id and k.review_id = r.id and k.member_id = ${memberId}::uuid)
       and not exists (select from entry e where e.workspace_id = r.workspace_id and e.conversation_id = r.conversation_id
                          and e.kind = 'message' and e.author_kind = 'operator' and e.author_id = ${memberId}::uuid)
     order by exists (select from review_sheet s where s.workspace_id = r.workspace_id and s.review_id = r.id) desc, random()
     limit 1`.execute(tx)
  return rows[0]?.conversationId ?? null
}
