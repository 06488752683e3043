/** A stretch of one channel of the original: the very bytes that were recorded, with a head in front. */
import { BYTES_PER_MS } from '@earshot/voice/g711'
import type { ByteRange } from '../../../platform/files-driver.ts'
import { WAV_HEAD, wavHead } from './wav.ts'

export interface Slice {
  /** 0: the caller; 1: whoever had the floor. */
  channel: 0 | 1
  fromMs: number
  toMs: number
}

/** Even, so that nothing has to be padded. */
export const sliceBytes = ({ fromMs, toMs }: Slice): number => WAV_HEAD + (toMs - fromMs) * BYTES_PER_MS

/** Opens the part `range` of the slice as a file of its own; `read` gives bytes of the original, its own head included. */
export async function* readSlice(
  slice: Slice,
  range: ByteRange,
  read: (range: ByteRange) => Promise<AsyncIterable<Uint8Array>>,
): AsyncGenerator<Uint8Array> {
  if (range.start < WAV_HEAD)
    yield wavHead(1, sliceBytes(slice) - WAV_HEAD).subarray(range.start, Math.min(WAV_HEAD, range.end + 1))
  const from = Math.max(0, range.start - WAV_HEAD)
  const to = range.end + 1 - WAV_HEAD
  if (to <= from) return
  const first = WAV_HEAD + slice.fromMs * BYTES_PER_MS * 2
  yield* oneChannel(await read({ start: first + from * 2, end: first + to * 2 - 1 }), slice.channel)
}

/** Every second byte. */
export async function* oneChannel(sound: AsyncIterable<Uint8Array>, channel: 0 | 1): AsyncGenerator<Uint8Array> {
  let at = channel
  for await (const piece of sound) {
    const taken = Buffer.alloc(Math.max(0, Math.ceil((piece.length - at) / 2)))
    for (let i = 0; i < taken.length; i++) taken[i] = piece[at + 2 * i]!
    at = at + 2 * taken.length - piece.length
    if (taken.length > 0) yield taken
  }
}
