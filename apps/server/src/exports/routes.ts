/** HTTP edge of exports: the transcript of one conversation, and files of many. */
import * as api from '@earshot/contracts'
import type { FastifyReply } from 'fastify'
import type { Bind } from '../platform/bind.ts'
import { writeTranscript } from './transcript/write-transcript.ts'

export function exportRoutes(bind: Bind): void {
  bind(api.getTranscript, async (ctx, { params, query: { format, notes = false }, reply }) => {
    const { name, mediaType, body } = await writeTranscript(ctx, params.id, { format, withNotes: notes })
    asAttachment(reply, name, mediaType)
    return body
  })
}

/** Never shown by the browser as a page of ours: it holds what customers wrote. */
function asAttachment(reply: FastifyReply, name: string, mediaType: string): void {
  reply
    .type(mediaType)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox")
    .header('cache-control', 'private, no-store')
}
