/** Reads a recording as one stream: files in order, silence of the right length wherever nothing was written. */
import { createReadStream } from 'node:fs'
import { MULAW_SILENCE } from '@earshot/voice'
import { layOut, type RecordingIndex, segmentPath, TICK_BYTES } from './index-file.ts'

const QUIET = Buffer.alloc(64 * 1024, MULAW_SILENCE)

/** Up to `endTick`; never more and never less. */
export async function* readRecording(
  folder: string,
  index: RecordingIndex,
  endTick: number,
): AsyncGenerator<Uint8Array, void> {
  let at = 0
  for (const { n, from, to } of layOut(folder, index)) {
    const until = Math.min(to, endTick)
    if (until <= from) continue
    yield* silence(from - at)
    const bytes = (until - from) * TICK_BYTES
    yield* createReadStream(segmentPath(folder, n), { end: bytes - 1 }) as AsyncIterable<Buffer>
    at = until
  }
  yield* silence(endTick - at)
}

function* silence(ticks: number): Generator<Uint8Array, void> {
  for (let left = ticks * TICK_BYTES; left > 0; left -= QUIET.length)
    yield QUIET.subarray(0, Math.min(left, QUIET.length))
}
