/** Read the brief, or have it written again. Who the contact is comes from the contact's record as it is now. */
import type { Brief } from '@earshot/contracts'
import { accessConversation, type ConversationRow } from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { type BriefRow, countOfContact, findBrief } from './queries-brief.ts'
import { writeBrief } from './write-brief.ts'

export function getBrief(ctx: Context, id: string): Promise<Brief> {
  return transact(ctx, async (tx) => {
    const conversation = await accessConversation(tx, ctx, id)
    const row = await findBrief(tx, ctx.workspaceId, id)
    if (!row) throw new AppError('brief.not_found')
    return view(conversation, row, await countOfContact(tx, ctx.workspaceId, conversation.contactId))
  })
}

export async function rewriteBrief(ctx: Context, id: string): Promise<Brief> {
  await writeBrief(ctx, id, 'request')
  return getBrief(ctx, id)
}

function view(conversation: ConversationRow, row: BriefRow, conversations: number): Brief {
  const { known, ...content } = row.content
  return {
    ...content,
    conversationId: row.conversationId,
    writtenFor: row.writtenFor,
    reason: row.reason,
    writtenBy: { kind: row.model === null ? 'embedded' : 'model', agent: row.agentName, model: row.model },
    refining: row.refineDue !== null,
    throughPosition: row.throughPosition,
    language: row.language,
    who: {
      name: conversation.contactName,
      email: conversation.contactEmail,
      phone: conversation.contactPhone,
      conversations,
      known,
    },
    tokens: { input: row.tokensIn, output: row.tokensOut },
    costUsd: row.costUsd,
    writtenAt: row.writtenAt.toISOString(),
  }
}
