/** Rows → what a visitor sees. Nothing else of a conversation leaves by these doors. */
import type { VisitorConversation, VisitorEntry, VisitorHandler } from '@earshot/contracts'
import type { Context } from '../../platform/context.ts'
import type { VisibleEntryRow, VisitorConversationRow } from './queries.ts'

export function viewConversation(row: VisitorConversationRow): VisitorConversation {
  return {
    id: row.id,
    status: row.status === 'active' ? 'active' : 'closed',
    epoch: row.epoch,
    handler: viewHandler(row),
    lastPosition: row.lastPosition,
    log: row.log,
    rating: row.rating === null ? null : { stars: row.rating, comment: row.ratingComment },
  }
}

/** Paused means that a person may write: the one who has it, or somebody who is being found. */
function viewHandler({ control, agentName, assigneeName }: VisitorConversationRow): VisitorHandler {
  if (control === 'agent') return { kind: 'agent', name: agentName }
  if (control !== 'queue' && assigneeName !== null) return { kind: 'operator', name: assigneeName }
  return { kind: 'queue', name: null }
}

export function viewEntry(ctx: Pick<Context, 'workspaceId' | 'fileLinks'>, row: VisibleEntryRow): VisitorEntry {
  const { data } = row
  const isMessage = row.kind === 'message'
  return {
    position: row.position,
    author: isMessage ? { kind: row.authorKind, name: row.authorName } : { kind: 'system', name: null },
    text: (isMessage ? row.text : data?.announcement) ?? '',
    attachments: (data?.attachments ?? []).map(({ id, name, mediaType, size, externalUrl, durationMs }) => ({
      id,
      name,
      mediaType,
      size,
      url: externalUrl ?? ctx.fileLinks.sign(ctx.workspaceId, id),
      ...(durationMs !== undefined && { durationMs }),
    })),
    citations: isMessage ? (data?.citations ?? []) : [],
    at: row.at.toISOString(),
    clientKey: row.authorKind === 'contact' && !row.clientKey?.startsWith('~') ? row.clientKey : null,
    turnId: isMessage ? (data?.turnId ?? null) : null,
  }
}
