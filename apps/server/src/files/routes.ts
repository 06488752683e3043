/** HTTP edge of files: operators upload and download; signed links open a file for whoever was given one. */
import * as api from '@earshot/contracts'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Bind, parse } from '../platform/bind.ts'
import type { Services } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { sendFile } from './send.ts'
import { accessFile, type StoredFile, storeUpload, type Uploader, uploaderOf } from './store.ts'

/** Registers multipart for the whole app (the visitors' upload uses it too), then the routes. */
export async function fileRoutes(app: FastifyInstance, bind: Bind, services: Services): Promise<void> {
  // One byte more than is taken, so that the store itself sees and refuses what is too large.
  const limits = { files: 1, parts: 3, fields: 2, fieldSize: 1000, headerPairs: 20, fileSize: api.MAX_FILE_BYTES + 1 }
  await app.register(multipart, { limits, throwFileSizeLimit: false })

  bind(api.uploadFile, async (ctx, { request, reply }) => {
    const stored = await receiveUpload(request, reply, ctx, uploaderOf(ctx))
    return { ...stored, url: `/api/v1/files/${stored.id}` }
  })
  bind(api.downloadFile, async (ctx, { params, request, reply }) => {
    // On an origin of its own, a file can never act as the dashboard, whatever a browser makes of it.
    if (services.fileLinks.origin) {
      reply.code(302).header('location', services.fileLinks.sign(ctx.workspaceId, params.id))
      return null
    }
    return sendFile(services, { request, reply }, await accessFile(ctx, params.id), 'same-origin')
  })

  const access = { raw: 'the ticket in the link is signed by us' }
  app.get('/files/:id', { config: { access } }, async (request, reply) => {
    const { id } = parse(api.IdParams, request.params)
    const { ticket } = request.query as { ticket?: unknown }
    const workspaceId = typeof ticket === 'string' ? services.fileLinks.verify(id, ticket) : undefined
    if (!workspaceId) throw new AppError('file.not_found')
    return sendFile(services, { request, reply }, await accessFile({ ...services, workspaceId }, id), 'cross-origin')
  })
}

/** Reads the one file of a multipart request into the store. */
export async function receiveUpload(
  request: FastifyRequest,
  reply: FastifyReply,
  ctx: Parameters<typeof storeUpload>[0],
  by: Uploader,
): Promise<StoredFile> {
  if (!request.isMultipart()) throw new AppError('request.unsupported_media_type', { expected: 'multipart/form-data' })
  try {
    const part = await request.file().catch(refuseBroken)
    if (!part) throw new AppError('file.empty')
    return await storeUpload(ctx, by, { name: part.filename ?? '', source: whole(part.file) })
  } catch (error) {
    reply.header('connection', 'close') // what is still coming is not read
    throw error
  }
}

/** What ended early, or has no parts, is the sender's mistake; limits are told by the parser itself. */
function refuseBroken(error: unknown): never {
  if ((error as { statusCode?: number } | null)?.statusCode) throw error
  throw new AppError('request.invalid', { issues: [{ path: ['file'], message: 'The upload is broken.' }] })
}

async function* whole(file: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  try {
    yield* file
  } catch (error) {
    refuseBroken(error)
  }
}
