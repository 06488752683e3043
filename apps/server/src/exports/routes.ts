/** HTTP edge of exports: the transcript of one conversation, and files of many. */
import * as api from '@earshot/contracts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Bind } from '../platform/bind.ts'
import type { Services } from '../platform/context.ts'
import { createExport, getExport, listExports } from './create-export.ts'
import { type Download, linkExport, openByLink, openExport } from './download-export.ts'
import { writeTranscript } from './transcript/write-transcript.ts'
import { removeExport } from './withdraw.ts'

export function exportRoutes(app: FastifyInstance, bind: Bind, services: Services): void {
  bind(api.getTranscript, async (ctx, { params, query: { format, notes = false }, reply }) => {
    const { name, mediaType, body } = await writeTranscript(ctx, params.id, { format, withNotes: notes })
    asAttachment(reply, name, mediaType)
    return body
  })
  bind(api.createExport, (ctx, { body }) => createExport(ctx, body))
  bind(api.listExports, (ctx, { query }) => listExports(ctx, query))
  bind(api.getExport, (ctx, { params }) => getExport(ctx, params.id))
  bind(api.downloadExport, async (ctx, { params, reply }) => send(reply, await openExport(ctx, params.id)))
  bind(api.linkExport, (ctx, { params }) => linkExport(ctx, params.id))
  bind(api.removeExport, (ctx, { params }) => removeExport(ctx, params.id))

  const access = { raw: 'the ticket in the link is random, and good for one download' }
  app.get<{ Params: { ticket: string } }>('/exports/:ticket', { config: { access } }, async (request, reply) =>
    send(reply, await openByLink(services, request.params.ticket)),
  )
}

function send(reply: FastifyReply, { name, mediaType, size, body }: Download) {
  asAttachment(reply, name, mediaType)
  reply.header('content-length', size)
  return body
}

/** Never shown by the browser as a page of ours: it holds what customers wrote. */
function asAttachment(reply: FastifyReply, name: string, mediaType: string): void {
  reply
    .type(mediaType)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox")
    .header('cache-control', 'private, no-store')
}
