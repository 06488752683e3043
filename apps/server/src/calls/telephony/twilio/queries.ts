/** SQL of the calls Twilio makes for us. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { Tables } from '../../../platform/tables.gen.ts'

export type TwilioLegRow = Selectable<Tables['twilioLeg']>
export type LegKey = Pick<TwilioLegRow, 'workspaceId' | 'callId' | 'legId'>

/** False: somebody asked already, or is asking. */
export async function claimDial(tx: Tx, leg: LegKey & { lineId: string }): Promise<boolean> {
  const row = await tx
    .insertInto('twilioLeg')
    .values(leg)
    .onConflict((on) => on.columns(['workspaceId', 'callId', 'legId']).doNothing())
    .returning('legId')
    .executeTakeFirst()
  return row !== undefined
}

/** Answers with the row as it is then: it may have been cancelled meanwhile. */
export async function putSid(tx: Tx, leg: LegKey, sid: string): Promise<TwilioLegRow | undefined> {
  const { rows } = await sql<TwilioLegRow>`
    update twilio_leg set sid = ${sid}
     where workspace_id = ${leg.workspaceId} and call_id = ${leg.callId} and leg_id = ${leg.legId}
    returning *`.execute(tx)
  return rows[0]
}

export async function cancelLeg(tx: Tx, leg: LegKey): Promise<TwilioLegRow | undefined> {
  const { rows } = await sql<TwilioLegRow>`
    update twilio_leg set cancelled = true
     where workspace_id = ${leg.workspaceId} and call_id = ${leg.callId} and leg_id = ${leg.legId}
    returning *`.execute(tx)
  return rows[0]
}

export function findTwilioLeg(tx: Tx, leg: LegKey): Promise<TwilioLegRow | undefined> {
  return tx
    .selectFrom('twilioLeg')
    .selectAll()
    .where('workspaceId', '=', leg.workspaceId)
    .where('callId', '=', leg.callId)
    .where('legId', '=', leg.legId)
    .executeTakeFirst()
}
