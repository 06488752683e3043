/** Bring one recording from the engine into the file store, encoded and outlined; under a lease, and from the beginning after any crash. */
import { randomUUID } from 'node:crypto'
import { type CallEngine, EngineRefusal, type RecordingInfo } from '@earshot/voice'
import { BYTES_PER_MS } from '@earshot/voice/g711'
import { asSystem, type Context, type Services, transact } from '../../platform/context.ts'
import { record } from '../../platform/events.ts'
import { holdLease, type Lease, LeaseLost } from './hold-lease.ts'
import {
  type Claim,
  findCallPlace,
  findRecording,
  markCall,
  nameFiles,
  type RecordingRow,
  type RecordingUpdate,
  recountAudio,
  saveRecording,
} from './queries.ts'
import { encode } from './sound/encode.ts'
import { WAV_HEAD, wavHead } from './sound/wav.ts'
import { type WordsParts, writeWords } from './write-words.ts'

/** Twelve hours of two channels, and a little. */
const MAX_BYTES = 800 * 1024 * 1024
const MAX_TRIES = 8
/** A hub that is away may come back with what it has on its disk. */
const MAX_TRIES_AWAY = 40

export const BYTES_OF_MS = BYTES_PER_MS * 2

export type Recordings = Pick<CallEngine, 'recording' | 'forgetRecording'>

export interface KeepParts extends WordsParts {
  services: Services
  engine: Recordings
}

type Reason = 'unreachable' | 'lost' | 'incomplete' | 'store' | 'encoding' | 'switched_off' | 'not_answered'

/** It cannot be kept, for now or for good. */
class NotKept extends Error {
  readonly reason: Reason
  constructor(reason: Reason, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}
/** The next step of one recording: bring it, have the engine forget it, or write down what it says. */
export async function keepRecording(parts: KeepParts, claim: Claim): Promise<void> {
  const ctx = asSystem(parts.services, claim.workspaceId)
  const row = await transact(ctx, (tx) => findRecording(tx, claim.workspaceId, claim.callId))
  if (row?.lease !== claim.lease) return
  try {
    if (row.state === 'processing') await bring(parts, ctx, claim, row)
    else if (row.forgottenAt === null) await forget(parts, ctx, claim)
    else await writeWords(parts, ctx, claim, row)
  } catch (error) {
    if (error instanceof LeaseLost) return
    await putOff(ctx, claim, row, error)
  }
}

async function forget({ engine }: KeepParts, ctx: Context, claim: Claim): Promise<void> {
  try {
    await engine.forgetRecording(claim.callId)
  } catch (error) {
    throw new NotKept('unreachable', error)
  }
  await transact(ctx, (tx) => saveRecording(tx, claim, { forgottenAt: new Date() }, 0))
}

async function bring(parts: KeepParts, ctx: Context, claim: Claim, row: RecordingRow): Promise<void> {
  const found = await parts.engine.recording(claim.callId).catch((error: unknown) => {
    if (error instanceof EngineRefusal && error.code === 'call.not_found') return null
    throw new NotKept('unreachable', error)
  })
  if (!found || found.info.bytes === 0) return settleNothing(ctx, claim)
  const { info, sound } = found
  if (!info.complete && row.attempts < MAX_TRIES) {
    await transact(ctx, (tx) => saveRecording(tx, claim, {}, 1000))
    return
  }
  if (info.bytes !== info.durationMs * BYTES_OF_MS || info.bytes > MAX_BYTES) throw new NotKept('incomplete')
  const base = `${claim.workspaceId}/calls/${randomUUID()}`
  const keys = {
    originalKey: row.originalKey ?? `${base}.wav`,
    mp3Key: row.mp3Key ?? `${base}.mp3`,
    peaksKey: row.peaksKey ?? `${base}.peaks`,
  }
  if (!(await transact(ctx, (tx) => nameFiles(tx, claim, keys)))) throw new LeaseLost()
  const lease = holdLease(parts.leaseMs, ctx, claim)
  try {
    const written = await write(ctx, keys, info, sound, lease)
    await finish(ctx, claim, info, { ...keys, ...written })
  } catch (error) {
    if (error instanceof LeaseLost) await removeOrphans(ctx, claim, Object.values(keys))
    throw error
  } finally {
    lease.stop()
  }
}

/** Nothing was recorded; whether something should have been is told apart. */
async function settleNothing(ctx: Context, claim: Claim): Promise<void> {
  await transact(ctx, async (tx) => {
    const call = await findCallPlace(tx, claim.workspaceId, claim.callId)
    if (!call) return
    const reason = call.recording === 'off' ? 'switched_off' : call.answeredAt === null ? 'not_answered' : null
    if (!reason) throw new NotKept('lost')
    await saveRecording(tx, claim, { state: 'none', reason, progress: 0, words: 'spoken' }, null)
    await markCall(tx, claim.workspaceId, claim.callId, 'off')
    await tell(tx, claim, call.conversationId)
  })
}

type Keys = { originalKey: string; mp3Key: string; peaksKey: string }
type Written = Pick<RecordingUpdate, 'originalBytes' | 'originalSha' | 'mp3Bytes' | 'mp3Sha'>

async function write(
  { files }: Context,
  keys: Keys,
  info: RecordingInfo,
  sound: AsyncIterable<Uint8Array>,
  lease: Lease,
): Promise<Written> {
  const limit = MAX_BYTES + 10_000
  const frames = info.bytes / 2
  const original = await files
    .write(keys.originalKey, asWav(sound, info.bytes, lease), { limit })
    .catch((error: unknown) => {
      throw error instanceof NotKept || error instanceof LeaseLost ? error : new NotKept('store', error)
    })
  const back = await files.read(keys.originalKey, { start: WAV_HEAD, end: WAV_HEAD + info.bytes - 1 })
  if (!back) throw new NotKept('store')
  const encoding = encode(back, frames, (share) => {
    lease.check()
    lease.at(30 + share * 65)
  })
  const mp3 = await files.write(keys.mp3Key, encoding.mp3, { limit }).catch((error: unknown) => {
    throw error instanceof LeaseLost ? error : new NotKept('encoding', error)
  })
  await files.write(keys.peaksKey, once(encoding.peaks()), { limit })
  lease.check()
  return { originalBytes: original.size, originalSha: original.sha256, mp3Bytes: mp3.size, mp3Sha: mp3.sha256 }
}

/** As many bytes as were promised, or none. */
async function* asWav(sound: AsyncIterable<Uint8Array>, bytes: number, lease: Lease): AsyncGenerator<Uint8Array> {
  yield wavHead(2, bytes / 2)
  let seen = 0
  try {
    for await (const piece of sound) {
      lease.check()
      seen += piece.length
      lease.at((seen / bytes) * 30)
      yield piece
    }
  } catch (error) {
    throw error instanceof LeaseLost ? error : new NotKept('unreachable', error)
  }
  if (seen !== bytes) throw new NotKept('incomplete')
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function finish(ctx: Context, claim: Claim, info: RecordingInfo, written: Written & Keys): Promise<void> {
  await transact(ctx, async (tx) => {
    const call = await findCallPlace(tx, claim.workspaceId, claim.callId)
    const change: RecordingUpdate = {
      ...written,
      state: 'ready',
      reason: null,
      progress: 100,
      attempts: 0,
      durationMs: info.durationMs,
      recordedAt: new Date(info.startedAt),
      speakers: info.speakers,
      gaps: info.gaps,
      readyAt: new Date(),
    }
    // Once more, at once: the engine's copy is not needed any longer.
    if (!call || !(await saveRecording(tx, claim, change, 0))) throw new LeaseLost()
    await markCall(tx, claim.workspaceId, claim.callId, 'ready')
    await recountAudio(tx, claim.workspaceId, call.conversationId)
    await record(tx, claim.workspaceId, {
      type: 'conversation.changed',
      conversationId: call.conversationId,
      fields: ['hasAudio'],
    })
    await tell(tx, claim, call.conversationId)
  })
}

const tell = (tx: Parameters<typeof record>[0], { workspaceId, callId }: Claim, conversationId: string) =>
  record(tx, workspaceId, { type: 'call.changed', conversationId, callId })

/** What was written for a row that is gone; another node's files have the same names, and stay. */
async function removeOrphans(ctx: Context, claim: Claim, keys: string[]): Promise<void> {
  const row = await transact(ctx, (tx) => findRecording(tx, claim.workspaceId, claim.callId))
  if (row?.originalKey) return
  for (const key of keys) await ctx.files.remove(key)
}

/** Tried again with growing pauses; given up when it is no use, which a person may undo. */
async function putOff(ctx: Context, claim: Claim, row: RecordingRow, error: unknown): Promise<void> {
  const reason = error instanceof NotKept ? error.reason : 'store'
  const cause = error instanceof NotKept ? error.cause : error
  ctx.log.warn({ err: cause, callId: claim.callId, reason, attempt: row.attempts }, 'a recording is not kept yet')
  const most = reason === 'unreachable' ? MAX_TRIES_AWAY : MAX_TRIES
  const isOver = row.state === 'processing' && row.attempts >= most
  const againMs = Math.min(60_000, 500 * 2 ** Math.min(row.attempts, 10))
  await transact(ctx, async (tx) => {
    const change: RecordingUpdate = row.state !== 'processing' ? {} : isOver ? { state: 'failed', reason } : { reason }
    if (!(await saveRecording(tx, claim, change, isOver ? null : againMs)) || row.state !== 'processing') return
    const call = await findCallPlace(tx, claim.workspaceId, claim.callId)
    if (!call) return
    if (isOver) await markCall(tx, claim.workspaceId, claim.callId, 'failed')
    await tell(tx, claim, call.conversationId)
  })
}
