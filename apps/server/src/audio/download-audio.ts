/** Download: all sound of a conversation as one archive, named by order, time and speaker. */
import type { Readable } from 'node:stream'
import type { AudioMessage } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import type { AudioFile } from './queries.ts'
import { MAX_ZIP_BYTES, MAX_ZIP_ENTRIES, type ZipEntry, zip, zipSize } from './zip.ts'

declare module '../platform/context.ts' {
  interface Services {
    /** What slices above know of sound in a conversation; it goes into the same archive. */
    otherSound: readonly ((ctx: Context, conversationId: string) => Promise<OtherSound[]>)[]
  }
}

/** Sound that is no message: the recording of a call. */
export interface OtherSound {
  name: string
  mediaType: string
  storageKey: string
  size: number
  sha256: Buffer
  at: Date
}

export async function findOther(ctx: Context, conversationId: string): Promise<OtherSound[]> {
  const found = await Promise.all(ctx.otherSound.map((find) => find(ctx, conversationId)))
  return found.flat()
}

export function downloadOf(
  ctx: Context,
  sounds: readonly { file: AudioFile; message: AudioMessage }[],
  others: readonly OtherSound[],
): { body: Readable; size: number } {
  const entryOf = (name: string, at: Date, { size, storageKey }: Pick<AudioFile, 'size' | 'storageKey'>): ZipEntry => ({
    name,
    size,
    at,
    async open() {
      const body = await ctx.files.read(storageKey)
      if (!body) throw new AppError('file.not_found')
      return body
    },
  })
  const entries = [
    ...others.map((sound, i) => entryOf(`call ${i + 1} ${sound.name}`, sound.at, sound)),
    ...sounds.map(({ file, message }, i) =>
      entryOf(`${String(i + 1).padStart(3, '0')} ${message.author.kind} ${file.name}`, new Date(message.at), file),
    ),
  ]
  const size = zipSize(entries)
  if (size > MAX_ZIP_BYTES || entries.length > MAX_ZIP_ENTRIES) throw new AppError('audio.too_much')
  return { body: zip(entries), size }
}
