/** Delete one conversation for good. */
import type { DeletionContents, Tombstone } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { bury, readContents } from './bury.ts'
import { finishSoon } from './finish-deletion.ts'
import { viewTombstone } from './view.ts'

export function previewDeletion(ctx: Context, id: string): Promise<DeletionContents> {
  return transact(ctx, (tx) => readContents(tx, ctx, id))
}

export async function deleteConversation(ctx: Context, id: string, reason: string | null): Promise<Tombstone> {
  const tombstone = await transact(ctx, (tx) => bury(tx, ctx, id, reason))
  await finishSoon(ctx, id)
  return viewTombstone(tombstone)
}
