/** SQL that resolves uploaded files for a message. */
import type { Tx } from '../platform/db.ts'
import type { StoredAttachment } from './entry-data.ts'

export function findFiles(
  tx: Tx,
  workspaceId: string,
  ids: string[],
  uploader?: { kind: 'contact'; id: string },
): Promise<StoredAttachment[]> {
  let query = tx
    .selectFrom('file')
    .select(['id', 'name', 'mediaType', 'size'])
    .where('workspaceId', '=', workspaceId)
    .where('id', 'in', ids)
  if (uploader) query = query.where('byKind', '=', uploader.kind).where('byId', '=', uploader.id)
  return query.execute()
}
