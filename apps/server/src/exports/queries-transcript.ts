/** SQL of transcripts: what was said in one conversation, in order. */
import type { EntryKind } from '@earshot/contracts'
import type { Selectable } from 'kysely'
import type { EntryData } from '../conversations/index.ts'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type SpokenRow = Pick<
  Selectable<Tables['entry']>,
  'position' | 'at' | 'kind' | 'authorKind' | 'authorName' | 'text'
> & { data: EntryData | null }

export async function findSpoken(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  kinds: EntryKind[],
): Promise<SpokenRow[]> {
  const rows = await tx
    .selectFrom('entry')
    .select(['position', 'at', 'kind', 'authorKind', 'authorName', 'text', 'data'])
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('kind', 'in', kinds)
    .orderBy('position')
    .execute()
  return rows as SpokenRow[]
}
