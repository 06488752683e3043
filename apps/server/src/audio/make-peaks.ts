/** Outlines of sound files: made by a sweep, kept beside the file, read by players. */

import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type AudioPeaks, MAX_FILE_BYTES } from '@earshot/contracts'
import { outlineFile } from '../platform/audio/index.ts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import { decode, hasDecoder } from './decode.ts'
import { type AudioFile, countTry, findPeaks, findWithoutPeaks, setPeaks, type WithoutPeaks } from './queries.ts'

/** Read by ourselves; the rest needs the machine's decoder. */
const OWN_TYPES = ['audio/wav', 'audio/mpeg']
const DECODED_TYPES = ['audio/ogg', 'audio/webm', 'audio/mp4', 'audio/flac']
const MAX_TRIES = 3
const AT_ONCE = 20

const possibleTypes = async (): Promise<string[]> => [...OWN_TYPES, ...((await hasDecoder()) ? DECODED_TYPES : [])]

export async function readPeaks(ctx: Context, file: AudioFile): Promise<AudioPeaks> {
  const durationMs = file.durationMs ?? 0
  const peaks = await transact(ctx, (tx) => findPeaks(tx, ctx.workspaceId, file.id))
  if (peaks) return { state: 'ready', peaks: [...peaks], durationMs }
  const isComing =
    file.durationMs !== null && file.peaksTries < MAX_TRIES && (await possibleTypes()).includes(file.mediaType)
  return { state: isComing ? 'waiting' : 'none', peaks: [], durationMs }
}

/** Makes the outlines that are missing; answers how many. What a crash leaves undone is found again. */
export async function makePeaks(services: Services): Promise<number> {
  let made = 0
  for (const file of await findWithoutPeaks(services.db, await possibleTypes(), AT_ONCE)) {
    if (await makeOne(services, file)) made++
  }
  return made
}

async function makeOne(services: Services, { workspaceId, id, storageKey, mediaType }: WithoutPeaks): Promise<boolean> {
  const ctx = asSystem(services, workspaceId)
  await transact(ctx, (tx) => countTry(tx, workspaceId, id))
  const folder = await mkdtemp(join(tmpdir(), 'earshot-audio-'))
  try {
    const path = join(folder, 'sound')
    const body = await ctx.files.read(storageKey)
    if (!body) return false
    await pipeline(body, createWriteStream(path, { mode: 0o600 }))
    const peaks = OWN_TYPES.includes(mediaType)
      ? await outlineFile(path, mediaType, MAX_FILE_BYTES)
      : await decode(path)
    if (!peaks) return false
    await transact(ctx, (tx) => setPeaks(tx, workspaceId, id, Buffer.from(peaks)))
    return true
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
