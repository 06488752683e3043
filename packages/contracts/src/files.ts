/** Files that operators attach. The upload itself is multipart and bound by the server's files edge. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Attachment } from './entries.ts'
import { IdParams } from './text.ts'

/** `multipart/form-data` with one part `file`. The reply's id goes into `attachmentIds` of a message. */
export const uploadFile = endpoint({
  id: 'files.upload',
  method: 'POST',
  path: '/api/v1/files',
  summary: 'Upload one file, at most 25 MB, to attach to a message',
  access: { role: 'operator', scope: 'conversations:write' },
  body: z.unknown(),
  bodyType: 'multipart/form-data',
  reply: Attachment,
  status: 201,
  errors: ['file.too_large', 'file.empty', 'request.unsupported_media_type', 'audio.unreadable', 'audio.too_long'],
  repeatsSafely: true,
})
/** Answers with the bytes, always as an attachment; this description serves the docs. */
export const downloadFile = endpoint({
  id: 'files.download',
  method: 'GET',
  path: '/api/v1/files/:id',
  summary: 'Download a file (as an attachment)',
  access: { role: 'viewer', scope: 'conversations:read' },
  params: IdParams,
  reply: z.unknown(),
  replyType: 'application/octet-stream',
  errors: ['file.not_found', 'file.range'],
})
