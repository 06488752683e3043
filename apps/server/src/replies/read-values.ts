/** What the variables of a reply stand for in one conversation. */
import { firstNameOf, type ReplyValues } from '@earshot/contracts'
import type { ConversationRow } from '../conversations/index.ts'
import type { Tx } from '../platform/db.ts'
import { findWorkspaceName } from '../team/index.ts'

/** `operator` is who says it; null where nobody does (follow-ups of the agent). */
export async function readValues(tx: Tx, row: ConversationRow, operator: string | null): Promise<ReplyValues> {
  return {
    'contact.name': row.contactName,
    'contact.firstName': firstNameOf(row.contactName),
    'contact.email': row.contactEmail,
    'operator.name': operator,
    'operator.firstName': firstNameOf(operator),
    'agent.name': row.agentName,
    'conversation.title': row.title,
    'conversation.number': String(row.number),
    'channel.name': row.channelName,
    'workspace.name': await findWorkspaceName(tx, row.workspaceId),
  }
}
