/** Download: all sound of a conversation as one archive, named by order, time and speaker. */
import type { Readable } from 'node:stream'
import type { AudioMessage } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import type { AudioFile } from './queries.ts'
import { MAX_ZIP_BYTES, MAX_ZIP_ENTRIES, type ZipEntry, zip, zipSize } from './zip.ts'

export function downloadOf(
  ctx: Context,
  sounds: readonly { file: AudioFile; message: AudioMessage }[],
): { body: Readable; size: number } {
  const entries = sounds.map(
    ({ file, message }, i): ZipEntry => ({
      name: `${String(i + 1).padStart(3, '0')} ${message.author.kind} ${file.name}`,
      size: file.size,
      at: new Date(message.at),
      async open() {
        const body = await ctx.files.read(file.storageKey)
        if (!body) throw new AppError('file.not_found')
        return body
      },
    }),
  )
  const size = zipSize(entries)
  if (size > MAX_ZIP_BYTES || entries.length > MAX_ZIP_ENTRIES) throw new AppError('audio.too_much')
  return { body: zip(entries), size }
}
