/** What is known of a recording, and ways to its bytes: of this workspace and this conversation, or there is none. */
import type { CallRecording, RecordingOutline } from '@earshot/contracts'
import { accessConversation } from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import {
  findMemberNames,
  findRecording,
  findRecordings,
  findSpokenEntry,
  findUtterances,
  type RecordedOrNot,
  type RecordingRow,
  retryRecording,
} from './queries.ts'
import { PEAKS_MOST, reducePeaks } from './sound/peaks.ts'
import type { Slice } from './sound/slice.ts'

async function accessRecorded(
  tx: Tx,
  ctx: Context,
  conversationId: string,
  callId: string | undefined,
): Promise<{ one: RecordedOrNot; all: RecordedOrNot[] }> {
  await accessConversation(tx, ctx, conversationId)
  const all = await findRecordings(tx, ctx.workspaceId, conversationId)
  const one = callId === undefined ? all.at(-1) : all.find((row) => row.callId === callId)
  if (!one) throw new AppError('call.not_found')
  return { one, all }
}

const stateOf = ({ state }: RecordedOrNot): CallRecording['state'] => state ?? 'recording'

export function getRecording(ctx: Context, conversationId: string, callId?: string): Promise<CallRecording> {
  return transact(ctx, (tx) => viewRecording(tx, ctx, conversationId, callId))
}

async function viewRecording(tx: Tx, ctx: Context, conversationId: string, callId?: string): Promise<CallRecording> {
  const { one, all } = await accessRecorded(tx, ctx, conversationId, callId)
  const utterances = await findUtterances(tx, ctx.workspaceId, conversationId, one.callId)
  const state = stateOf(one)
  const speakers = one.speakers ?? []
  const names = await findMemberNames(tx, ctx.workspaceId, [...new Set(speakers.flatMap(({ user }) => user ?? []))])
  return {
    callId: one.callId,
    calls: all
      .filter((row) => row.endedAt !== null)
      .map((row) => ({
        id: row.callId,
        startedAt: row.callStartedAt.toISOString(),
        state: stateOf(row),
        durationMs: row.durationMs ?? 0,
      })),
    state,
    reason: (one.reason as CallRecording['reason']) ?? null,
    progress: state === 'ready' ? 100 : (one.progress ?? 0),
    durationMs: one.durationMs ?? 0,
    recordedAt: one.recordedAt?.toISOString() ?? null,
    removedAt: one.removedAt?.toISOString() ?? null,
    expiresAt: state === 'ready' ? expiryOf(one) : null,
    demo: one.demo,
    sizes: {
      mp3: state === 'ready' ? (one.mp3Bytes ?? 0) : 0,
      original: state === 'ready' ? (one.originalBytes ?? 0) : 0,
    },
    speakers: speakers.map(({ user, ...stretch }) => ({
      ...stretch,
      person: user === null ? null : { id: user, name: names.get(user) ?? '' },
    })),
    gaps: one.gaps ?? [],
    utterances,
    words: one.words ?? (utterances.length > 0 ? 'spoken' : 'none'),
  }
}

function expiryOf({ readyAt, recordingDays }: RecordedOrNot): string | null {
  if (!readyAt || recordingDays === null) return null
  return new Date(readyAt.getTime() + recordingDays * 86_400_000).toISOString()
}

export interface SoundFile {
  callId: string
  storageKey: string
  size: number
  sha256: Buffer
  durationMs: number
  startedAt: Date
}

/** The bytes of one format, once they are there. */
export function accessSound(
  ctx: Context,
  conversationId: string,
  format: 'mp3' | 'original',
  callId?: string,
): Promise<SoundFile> {
  return transact(ctx, async (tx) => {
    const { one } = await accessRecorded(tx, ctx, conversationId, callId)
    return soundOf(one, format)
  })
}

export function soundOf(one: RecordedOrNot, format: 'mp3' | 'original'): SoundFile {
  const [storageKey, size, sha256] =
    format === 'mp3' ? [one.mp3Key, one.mp3Bytes, one.mp3Sha] : [one.originalKey, one.originalBytes, one.originalSha]
  if (one.state !== 'ready' || !storageKey || !size || !sha256) throw new AppError('call.no_recording')
  return { callId: one.callId, storageKey, size, sha256, durationMs: one.durationMs ?? 0, startedAt: one.callStartedAt }
}

export async function readOutline(
  ctx: Context,
  conversationId: string,
  columns: number,
  callId?: string,
): Promise<RecordingOutline> {
  const { one } = await transact(ctx, (tx) => accessRecorded(tx, ctx, conversationId, callId))
  const body = one.state === 'ready' && one.peaksKey ? await ctx.files.read(one.peaksKey) : undefined
  if (!body) throw new AppError('call.no_recording')
  const parts: Buffer[] = []
  let size = 0
  for await (const part of body as AsyncIterable<Buffer>) {
    size += part.length
    if (size > PEAKS_MOST) throw new AppError('call.no_recording')
    parts.push(part)
  }
  const outline = reducePeaks(Buffer.concat(parts), columns)
  if (!outline) throw new AppError('call.no_recording')
  return { durationMs: one.durationMs ?? 0, ...outline }
}

/** The stretch of the original in which one message was said; also where it is told in a conversation that the call came to by a merge. */
export function accessSlice(
  ctx: Context,
  conversationId: string,
  position: number,
): Promise<{ slice: Slice; row: RecordingRow }> {
  return transact(ctx, async (tx) => {
    await accessConversation(tx, ctx, conversationId)
    const entry = await findSpokenEntry(tx, ctx.workspaceId, conversationId, position)
    if (!entry) throw new AppError('entry.not_found')
    const row = entry.callId ? await findRecording(tx, ctx.workspaceId, entry.callId) : undefined
    if (row?.state !== 'ready' || entry.startMs === null || entry.endMs === null || row.durationMs === null)
      throw new AppError('call.no_recording')
    const fromMs = Math.max(0, Math.min(entry.startMs, row.durationMs))
    const toMs = Math.max(fromMs, Math.min(entry.endMs, row.durationMs))
    if (toMs === fromMs) throw new AppError('call.no_recording')
    return { slice: { channel: entry.role === 'caller' ? 0 : 1, fromMs, toMs }, row }
  })
}

/** One that failed is tried again from the beginning. */
export function retry(ctx: Context, conversationId: string, callId?: string): Promise<CallRecording> {
  return transact(ctx, async (tx) => {
    const { one } = await accessRecorded(tx, ctx, conversationId, callId)
    if (await retryRecording(tx, ctx.workspaceId, one.callId))
      await record(tx, ctx.workspaceId, { type: 'call.changed', conversationId, callId: one.callId })
    return viewRecording(tx, ctx, conversationId, one.callId)
  })
}
