/** What lies beside a recording's sound: which file begins when, who spoke, what is missing. Ticks of 20 ms from the call's start. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { FRAME_BYTES, FRAME_MS, type RecordingInfo, SpeakerName } from '@earshot/voice'
import { z } from 'zod'
import { readJson } from '../files.ts'

/** Bytes of one tick: two channels. */
export const TICK_BYTES = 2 * FRAME_BYTES

const Span = z.object({ from: z.int(), to: z.int().nullable() })

export const RecordingIndex = z.object({
  call: z.string(),
  startedAt: z.number(),
  segments: z.array(z.object({ n: z.int(), startTick: z.int() })),
  speakers: z.array(Span.extend({ speaker: SpeakerName, user: z.string().nullable() })),
  gaps: z.array(Span.extend({ why: z.enum(['lost', 'paused', 'disk']) })),
  /** Set when the call is over. */
  endTick: z.int().nullable(),
})
export type RecordingIndex = z.infer<typeof RecordingIndex>

export const indexPath = (folder: string): string => join(folder, 'index.json')
export const segmentPath = (folder: string, n: number): string => join(folder, `${n}.ul2`)

export function readIndex(folder: string): RecordingIndex | null {
  const read = RecordingIndex.safeParse(readJson(indexPath(folder)))
  return read.success ? read.data : null
}

/** The folder of a call's recording, whichever workspace it is of. */
export function findFolder(root: string, call: string): string | null {
  if (!existsSync(root)) return null
  for (const workspace of readdirSync(root)) {
    const folder = join(root, workspace, call)
    if (existsSync(indexPath(folder))) return folder
  }
  return null
}

/** Where each file's sound lies, in ticks; what one holds beyond the next one's beginning does not count. */
export function layOut(folder: string, index: RecordingIndex): { n: number; from: number; to: number }[] {
  return index.segments.map(({ n, startTick }, at) => {
    const path = segmentPath(folder, n)
    const ticks = existsSync(path) ? Math.floor(statSync(path).size / TICK_BYTES) : 0
    const limit = index.segments[at + 1]?.startTick ?? index.endTick ?? Number.POSITIVE_INFINITY
    return { n, from: startTick, to: Math.min(startTick + ticks, limit) }
  })
}

/** `lastTick`: where the call is now; null: it is over, or the hub that knew it is gone. */
export function infoOf(folder: string, index: RecordingIndex, lastTick: number | null): RecordingInfo {
  const placed = layOut(folder, index)
  const end = index.endTick ?? lastTick ?? placed.at(-1)?.to ?? 0
  const spans = <T extends { from: number; to: number | null }>(list: T[]) =>
    list.map(({ from, to, ...rest }) => ({
      fromMs: from * FRAME_MS,
      toMs: Math.max(from, Math.min(to ?? end, end)) * FRAME_MS,
      ...rest,
    }))
  const missing = [...index.gaps]
  for (const [at, { to }] of placed.entries()) {
    const next = placed[at + 1]?.from ?? (index.endTick === null ? to : end)
    const isKnown = missing.some((gap) => gap.why === 'disk' && gap.from <= to && (gap.to ?? end) >= next)
    if (next > to && !isKnown) missing.push({ from: to, to: next, why: 'lost' })
  }
  return {
    call: index.call,
    bytes: end * TICK_BYTES,
    durationMs: end * FRAME_MS,
    startedAt: index.startedAt,
    complete: index.endTick !== null,
    speakers: spans(index.speakers),
    gaps: spans(missing.toSorted((a, b) => a.from - b.from)),
  }
}
