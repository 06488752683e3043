/** HTTP edge of ingest. */
import * as api from '@earshot/contracts'
import { receiveUpload, uploaderOf } from '../files/index.ts'
import type { Bind } from '../platform/bind.ts'
import { ingestConversations } from './ingest-conversations.ts'
import { ingestMessage } from './ingest-message.ts'

export function ingestRoutes(bind: Bind): void {
  bind(api.ingestFile, async (ctx, { request, reply }) => {
    const stored = await receiveUpload(request, reply, ctx, uploaderOf(ctx))
    return { ...stored, url: `/api/v1/files/${stored.id}` }
  })
  bind(api.ingestMessage, async (ctx, { body, reply }) => {
    const ingested = await ingestMessage(ctx, body)
    if (ingested.duplicate) reply.code(200)
    return ingested
  })
  bind(api.ingestConversations, async (ctx, { body }) => ({ results: await ingestConversations(ctx, body.items) }))
}
