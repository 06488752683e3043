/** SQL of who listens and who speaks. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type SpeechRow = Omit<Selectable<Tables['voiceSpeech']>, 'recogniser' | 'synthesizer'> & {
  recogniser: 'none' | 'deepgram' | 'openai'
  synthesizer: 'espeak' | 'deepgram' | 'openai'
}

export async function findSpeech(tx: Tx, workspaceId: string): Promise<SpeechRow | undefined> {
  const row = await tx.selectFrom('voiceSpeech').selectAll().where('workspaceId', '=', workspaceId).executeTakeFirst()
  return row as SpeechRow | undefined
}

export async function putSpeech(tx: Tx, row: Omit<Insertable<Tables['voiceSpeech']>, 'at'>): Promise<void> {
  const { workspaceId: _, ...rest } = row
  await tx
    .insertInto('voiceSpeech')
    .values(row)
    .onConflict((conflict) => conflict.column('workspaceId').doUpdateSet({ ...rest, at: sql<Date>`now()` }))
    .execute()
}
