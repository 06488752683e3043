/** HTTP edge of deletions. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { deleteConversation, previewDeletion } from './delete-conversation.ts'
import { deleteMany } from './delete-many.ts'
import { listTombstones } from './list-tombstones.ts'

export function deletionRoutes(bind: Bind): void {
  bind(api.previewDeletion, (ctx, { params }) => previewDeletion(ctx, params.id))
  bind(api.deleteConversation, (ctx, { params, body }) => deleteConversation(ctx, params.id, body.reason ?? null))
  bind(api.deleteConversations, (ctx, { body }) => deleteMany(ctx, body.selection, body.reason ?? null))
  bind(api.listTombstones, (ctx, { query }) => listTombstones(ctx, query))
}
