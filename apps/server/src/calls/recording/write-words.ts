/** Write down afterwards what nobody wrote down while it was said: stretch by stretch, by the workspace's recogniser. */
import { type Context, transact } from '../../platform/context.ts'
import { record } from '../../platform/events.ts'
import { hearIn } from '../hear.ts'
import { mulawWav, type Stt } from '../speech/index.ts'
import { holdLease, type Lease, LeaseLost } from './hold-lease.ts'
import { beginWords, type Claim, findCallPlace, findUtterances, type RecordingRow, saveRecording } from './queries.ts'
import { type Stretch, stretchesOf } from './sound/peaks.ts'
import { oneChannel } from './sound/slice.ts'
import { WAV_HEAD } from './sound/wav.ts'

const MAX_TRIES = 3
const STRETCH_MS = 60_000
const AGAIN_MS = 60_000
const BYTES_OF_MS = 16

export interface WordsParts {
  leaseMs: number
  /** Null: the workspace has none. */
  recogniserOf(ctx: Context): Promise<Stt | null>
}

type Words = NonNullable<RecordingRow['words']>

/** Once for each recording; after a crash it goes on behind what it had written. */
export async function writeWords(parts: WordsParts, ctx: Context, claim: Claim, row: RecordingRow): Promise<void> {
  const { workspaceId, callId } = claim
  const place = await transact(ctx, (tx) => findCallPlace(tx, workspaceId, callId))
  if (!place) return
  const said = await transact(ctx, (tx) => findUtterances(tx, workspaceId, place.conversationId, callId))
  if (said.length > 0 && row.words === null) return settle(ctx, claim, place.conversationId, 'spoken')
  const stt = await parts.recogniserOf(ctx).catch(() => null)
  if (!stt) return settle(ctx, claim, place.conversationId, 'none')
  if (!(await transact(ctx, (tx) => beginWords(tx, claim)))) return
  const lease = holdLease(parts.leaseMs, ctx, claim)
  lease.at(100)
  try {
    const known = new Set(said.map(({ voice, startMs }) => `${voice === 'caller' ? 0 : 1} ${startMs}`))
    for (const channel of [0, 1] as const) await hearSide(ctx, claim, row, { stt, lease, known, channel })
    await settle(ctx, claim, place.conversationId, 'transcribed')
  } catch (error) {
    if (error instanceof LeaseLost) return
    ctx.log.warn({ err: error, callId }, 'a recording could not be written down')
    if (row.wordsTries + 1 >= MAX_TRIES) return settle(ctx, claim, place.conversationId, 'failed')
    await transact(ctx, (tx) => saveRecording(tx, claim, {}, AGAIN_MS))
  } finally {
    lease.stop()
  }
}

function settle(ctx: Context, claim: Claim, conversationId: string, words: Words): Promise<void> {
  return transact(ctx, async (tx) => {
    await saveRecording(tx, claim, { words }, null)
    await record(tx, claim.workspaceId, { type: 'call.changed', conversationId, callId: claim.callId })
  })
}

interface Side {
  stt: Stt
  lease: Lease
  known: ReadonlySet<string>
  channel: 0 | 1
}

async function hearSide(ctx: Context, { callId }: Claim, row: RecordingRow, side: Side): Promise<void> {
  const { stt, lease, known, channel } = side
  for (const stretch of stretchesOf(await readAll(ctx, row.peaksKey), channel)) {
    const role = channel === 0 ? 'caller' : speakerAt(row, stretch)
    if (role === 'hold' || known.has(`${channel} ${stretch.fromMs}`)) continue
    lease.check()
    const sound = mulawWav(await soundOf(ctx, row, stretch, channel))
    const segments = await stt.file(sound, { signal: AbortSignal.timeout(STRETCH_MS) })
    const text = segments.map((segment) => segment.text).join(' ')
    const { fromMs: startMs, toMs: endMs } = stretch
    const utterance = `recording:${channel}:${startMs}`
    await hearIn(ctx, callId, { utterance, role, text, final: true, startMs, endMs, source: 'recogniser' })
  }
}

function speakerAt({ speakers }: RecordingRow, { fromMs, toMs }: Stretch) {
  const middle = (fromMs + toMs) / 2
  return speakers.find((stretch) => stretch.fromMs <= middle && middle < stretch.toMs)?.speaker ?? 'ai'
}

async function soundOf(ctx: Context, row: RecordingRow, { fromMs, toMs }: Stretch, channel: 0 | 1): Promise<Buffer> {
  const range = { start: WAV_HEAD + fromMs * BYTES_OF_MS, end: WAV_HEAD + toMs * BYTES_OF_MS - 1 }
  const body = row.originalKey ? await ctx.files.read(row.originalKey, range) : undefined
  if (!body) throw new LeaseLost()
  return gather(oneChannel(body, channel))
}

async function readAll(ctx: Context, key: string | null): Promise<Buffer> {
  const body = key ? await ctx.files.read(key) : undefined
  if (!body) throw new LeaseLost()
  return gather(body)
}

async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece)
  return Buffer.concat(parts)
}
