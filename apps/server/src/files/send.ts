/** Sends a file: never shown by the browser, never guessed at, never run; whole, or the one range that is asked for. */
import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Services } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import type { FileRow } from './queries.ts'
import { readRange } from './range.ts'

type Sent = Pick<FileRow, 'storageKey' | 'name' | 'mediaType' | 'size' | 'sha256'>

/** Sets the headers and gives the bytes to send. */
export async function sendFile(
  services: Pick<Services, 'files'>,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  row: Sent,
  resourcePolicy: 'same-origin' | 'cross-origin',
): Promise<Readable> {
  const etag = `"${row.sha256.toString('base64url')}"`
  // A part of another file than the one asked about would be put together with what is there: then all of it is sent.
  const condition = request.headers['if-range']
  const isSame = condition === undefined || condition === etag
  const range = isSame ? readRange(request.headers.range, row.size) : undefined
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${row.size}`)
    throw new AppError('file.range')
  }
  const body = await services.files.read(row.storageKey, range)
  if (!body) throw new AppError('file.not_found')
  describe(reply, row, resourcePolicy)
  reply.header('accept-ranges', 'bytes').header('etag', etag)
  if (range) {
    reply
      .code(206)
      .header('content-range', `bytes ${range.start}-${range.end}/${row.size}`)
      .header('content-length', range.end - range.start + 1)
  } else reply.header('content-length', row.size)
  return body
}

/** The headers of everything that strangers have sent us. */
export function describe(
  reply: FastifyReply,
  { name, mediaType }: { name: string; mediaType: string },
  resourcePolicy: 'same-origin' | 'cross-origin',
): void {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  reply
    .type(mediaType)
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeRfc5987(name)}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
    .header('cross-origin-resource-policy', resourcePolicy)
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'private, max-age=3600')
}

const encodeRfc5987 = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
