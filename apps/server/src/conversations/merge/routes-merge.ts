/** HTTP edge of merging and splitting. */
import * as api from '@earshot/contracts'
import type { Bind } from '../../platform/bind.ts'
import { mergeContacts, unmergeContacts } from './merge-contacts.ts'
import { mergeConversations } from './merge-conversations.ts'
import { splitConversation } from './split-conversation.ts'
import { listMerges, undoMerge } from './undo-merge.ts'

export function mergeRoutes(bind: Bind): void {
  bind(api.mergeConversations, (ctx, { params, body }) => mergeConversations(ctx, params.id, body.conversationId))
  bind(api.splitConversation, (ctx, { params, body }) => splitConversation(ctx, params.id, body.position))
  bind(api.listMerges, async (ctx, { params }) => ({ items: await listMerges(ctx, params.id), nextCursor: null }))
  bind(api.mergeContacts, (ctx, { params, body }) => mergeContacts(ctx, params.id, body))
  bind(api.unmergeContacts, (ctx, { params, body }) => unmergeContacts(ctx, params.id, body.mergeId))
  bind(api.undoMerge, (ctx, { params }) => undoMerge(ctx, params.id, params.mergeId))
}
