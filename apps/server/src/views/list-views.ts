/** The saved views that the caller sees. A machine sees the shared ones. */
import type { SavedView } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { readViews } from './access.ts'

export async function listViews(ctx: Context): Promise<{ items: SavedView[]; nextCursor: null }> {
  return { items: await transact(ctx, (tx) => readViews(tx, ctx)), nextCursor: null }
}
