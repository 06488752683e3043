/** Ingest many conversations: each is checked and kept for itself, and a refused one says why. */
import { IngestConversation, type IngestResult } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { ingestConversation } from './ingest-conversation.ts'

/** New conversations of a workspace take their number one after the other; more than a few at once would only wait in line. */
const AT_ONCE = 4

/** Results stand in the order of the items. */
export async function ingestConversations(ctx: Context, items: unknown[]): Promise<IngestResult[]> {
  const results: IngestResult[] = Array.from({ length: items.length })
  let next = 0
  const work = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await ingestOne(ctx, items[i])
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work))
  return results
}

async function ingestOne(ctx: Context, item: unknown): Promise<IngestResult> {
  const parsed = IngestConversation.safeParse(item)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    const message = `${issue.path.join('.') || 'the conversation'}: ${issue.message}`
    return { externalId: externalIdOf(item), id: null, status: 'refused', error: { code: 'request.invalid', message } }
  }
  try {
    return await ingestConversation(ctx, parsed.data)
  } catch (error) {
    if (isUnknownStage(error)) {
      return refusedItem(parsed.data.externalId, 'request.invalid', 'stage: there is no such stage')
    }
    if (!(error instanceof AppError) || error.code === 'unavailable' || error.code === 'append.overloaded') throw error
    return refusedItem(parsed.data.externalId, error.code, error.message)
  }
}

const refusedItem = (externalId: string, code: string, message: string): IngestResult => ({
  externalId,
  id: null,
  status: 'refused',
  error: { code, message },
})

const isUnknownStage = (error: unknown): boolean =>
  (error as { constraint?: string } | null)?.constraint === 'conversation_workspace_id_stage_key_fkey'

function externalIdOf(item: unknown): string | null {
  const id = typeof item === 'object' && item !== null ? (item as { externalId?: unknown }).externalId : undefined
  return typeof id === 'string' ? id.slice(0, 200) : null
}
