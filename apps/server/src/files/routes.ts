/** HTTP edge of files: operators upload and download; signed links open a file for whoever was given one. */
import type { Readable } from 'node:stream'
import * as api from '@earshot/contracts'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Bind, parse } from '../platform/bind.ts'
import type { Services } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { type OpenFile, openFile, type StoredFile, storeUpload, type Uploader, uploaderOf } from './store.ts'

/** Registers multipart for the whole app (the visitors' upload uses it too), then the routes. */
export async function fileRoutes(app: FastifyInstance, bind: Bind, services: Services): Promise<void> {
  // One byte more than is taken, so that the store itself sees and refuses what is too large.
  const limits = { files: 1, parts: 3, fields: 2, fieldSize: 1000, headerPairs: 20, fileSize: api.MAX_FILE_BYTES + 1 }
  await app.register(multipart, { limits, throwFileSizeLimit: false })

  bind(api.uploadFile, async (ctx, { request, reply }) => {
    const stored = await receiveUpload(request, reply, ctx, uploaderOf(ctx))
    return { ...stored, url: `/api/v1/files/${stored.id}` }
  })
  bind(api.downloadFile, async (ctx, { params, reply }) => {
    // On an origin of its own, a file can never act as the dashboard, whatever a browser makes of it.
    if (services.fileLinks.origin) {
      reply.code(302).header('location', services.fileLinks.sign(ctx.workspaceId, params.id))
      return null
    }
    return describe(reply, await openFile(ctx, params.id), 'same-origin')
  })

  const access = { raw: 'the ticket in the link is signed by us' }
  app.get('/files/:id', { config: { access } }, async (request, reply) => {
    const { id } = parse(api.IdParams, request.params)
    const { ticket } = request.query as { ticket?: unknown }
    const workspaceId = typeof ticket === 'string' ? services.fileLinks.verify(id, ticket) : undefined
    if (!workspaceId) throw new AppError('file.not_found')
    return describe(reply, await openFile({ ...services, workspaceId }, id), 'cross-origin')
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

/** Sets the headers of a download (never shown by the browser, never guessed at, never run) and gives the bytes to send. */
function describe(
  reply: FastifyReply,
  { row, body }: OpenFile,
  resourcePolicy: 'same-origin' | 'cross-origin',
): Readable {
  const plain = row.name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  reply
    .type(row.mediaType)
    .header('content-length', row.size)
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeRfc5987(row.name)}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
    .header('cross-origin-resource-policy', resourcePolicy)
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'private, max-age=3600')
  return body
}

const encodeRfc5987 = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
