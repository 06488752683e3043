/** Sends sound of calls: rights are asked for every range, nothing is kept by caches, and nothing is shown as a page. */
import type { Readable } from 'node:stream'
import { Readable as Stream } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { describeFile, readRange, sendFile } from '../../files/index.ts'
import type { Context } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import type { RecordingRow } from './queries.ts'
import type { SoundFile } from './read-recording.ts'
import { readSlice, type Slice, sliceBytes } from './sound/slice.ts'

interface Http {
  request: FastifyRequest
  reply: FastifyReply
}

const FORMATS = {
  mp3: { mediaType: 'audio/mpeg', ending: 'mp3' },
  original: { mediaType: 'audio/wav', ending: 'wav' },
} as const

const keepNowhere = (reply: FastifyReply) => reply.header('cache-control', 'private, no-store')

/** "call-2026-11-22-0912.mp3" */
export const nameOf = ({ startedAt }: Pick<SoundFile, 'startedAt'>, format: keyof typeof FORMATS): string =>
  `call-${startedAt.toISOString().slice(0, 16).replace('T', '-').replace(':', '')}.${FORMATS[format].ending}`

export async function sendSound(
  ctx: Context,
  http: Http,
  sound: SoundFile,
  format: keyof typeof FORMATS,
): Promise<Readable> {
  const { storageKey, size, sha256 } = sound
  const file = { storageKey, size, sha256, name: nameOf(sound, format), mediaType: FORMATS[format].mediaType }
  const body = await sendFile(ctx, http, file, 'same-origin')
  keepNowhere(http.reply)
  return body
}

/** A file that is nowhere: made of the original's bytes as they are sent. */
export function sendSlice(
  ctx: Context,
  { request, reply }: Http,
  { slice, row, position }: { slice: Slice; row: RecordingRow; position: number },
): Readable {
  const size = sliceBytes(slice)
  const range = readRange(request.headers.range, size)
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${size}`)
    throw new AppError('file.range')
  }
  describeFile(reply, { name: `message-${position}.wav`, mediaType: 'audio/wav' }, 'same-origin')
  keepNowhere(reply).header('accept-ranges', 'bytes')
  const { start, end } = range ?? { start: 0, end: size - 1 }
  if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`)
  reply.header('content-length', end - start + 1)
  const read = async (part: { start: number; end: number }) => {
    const body = row.originalKey ? await ctx.files.read(row.originalKey, part) : undefined
    if (!body) throw new AppError('call.no_recording')
    return body
  }
  return Stream.from(readSlice(slice, { start, end }, read), { objectMode: false })
}
