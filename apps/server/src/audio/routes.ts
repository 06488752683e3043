/** HTTP edge of sound. */
import * as api from '@earshot/contracts'
import { describeFile, sendFile } from '../files/index.ts'
import type { Bind } from '../platform/bind.ts'
import type { Context } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { downloadOf, findOther } from './download-audio.ts'
import { accessSound, findSound } from './list-audio.ts'
import { readPeaks } from './make-peaks.ts'

export function audioRoutes(bind: Bind): void {
  bind(api.listAudio, async (ctx, { params }) => ({
    items: (await findSound(ctx, params.id)).map(({ message }) => message),
  }))
  bind(api.streamAudio, async (ctx, { params, request, reply }) => {
    const file = await accessSound(ctx, params.id, params.audioId)
    const elsewhere = signedElsewhere(ctx, file.id)
    if (elsewhere) {
      reply.code(302).header('location', elsewhere)
      return null
    }
    return sendFile(ctx, { request, reply }, file, 'same-origin')
  })
  bind(api.getAudioPeaks, async (ctx, { params }) => readPeaks(ctx, await accessSound(ctx, params.id, params.audioId)))
  bind(api.downloadAudio, async (ctx, { params, request, reply }) => {
    const files = (await findSound(ctx, params.id)).flatMap(({ file, message }) => (file ? [{ file, message }] : []))
    const others = await findOther(ctx, params.id)
    const [only] = [...others, ...files.map(({ file }) => file)]
    if (!only) throw new AppError('audio.not_found')
    if (files.length + others.length === 1) return sendFile(ctx, { request, reply }, only, 'same-origin')
    const { body, size } = downloadOf(ctx, files, others)
    describeFile(reply, { name: `audio-${params.id.slice(0, 8)}.zip`, mediaType: 'application/zip' }, 'same-origin')
    reply.header('content-length', size)
    return body
  })
}

/** Where files have an origin of their own, they are played from there. */
const signedElsewhere = (ctx: Context, id: string): string | undefined =>
  ctx.fileLinks.origin === undefined ? undefined : ctx.fileLinks.sign(ctx.workspaceId, id)
