/** The function calls of one conversation, newest first: entries of one kind, without the log around them. */
import type { CalledFunction } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import { listEntries } from './access.ts'

export async function listFunctions(
  ctx: Context,
  id: string,
  page: { before?: number | undefined; limit: number },
): Promise<{ items: CalledFunction[]; nextCursor: string | null }> {
  const { items, nextCursor } = await listEntries(ctx, id, { ...page, kinds: ['function_call'] })
  return {
    items: items.flatMap(({ functionCall, position, at }) => (functionCall ? [{ ...functionCall, position, at }] : [])),
    nextCursor,
  }
}
