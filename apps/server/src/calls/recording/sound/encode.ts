/** Makes the MP3 and the outline on a thread of its own, piece by piece: however long the call, little of it is in memory. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { FromThread } from './encode-thread.ts'
import { infoFrame, mp3Bytes } from './info-frame.ts'

/** About four seconds of sound. */
const PIECE = 64_000
const MEMORY_MB = 128
/** Of one piece, on a machine that has other things to do. */
const PIECE_MS = 60_000

export interface Encoding {
  /** To be read to its end; only then is the outline there. */
  mp3: AsyncIterable<Uint8Array>
  peaks(): Buffer
}

/** `frames`: samples of each channel at 8 kHz, which the file's first bytes have to say. */
export function encode(
  sound: AsyncIterable<Uint8Array>,
  frames: number,
  onProgress: (share: number) => void,
): Encoding {
  let peaks: Buffer | undefined
  return {
    mp3: run(sound, frames, onProgress, (made) => {
      peaks = made
    }),
    peaks() {
      if (!peaks) throw new Error('the outline is made with the sound, and that has not been read')
      return peaks
    },
  }
}

async function* run(
  sound: AsyncIterable<Uint8Array>,
  frames: number,
  onProgress: (share: number) => void,
  onPeaks: (peaks: Buffer) => void,
): AsyncGenerator<Uint8Array> {
  const worker = new Worker(new URL('./encode-thread.ts', import.meta.url), {
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  })
  const ask = async (piece: Uint8Array | null): Promise<FromThread> => {
    worker.postMessage(piece)
    const [answer] = await once(worker, 'message', { signal: AbortSignal.timeout(PIECE_MS) })
    return answer
  }
  try {
    let bytes = 0
    let taken = 0
    const head = infoFrame(frames * 2)
    bytes += head.length
    yield head
    for await (const piece of inPieces(sound)) {
      const { mp3 } = await ask(piece)
      taken += piece.length
      onProgress(taken / Math.max(1, frames * 2))
      bytes += mp3.length
      if (mp3.length > 0) yield mp3
    }
    const { mp3, peaks } = await ask(null)
    bytes += mp3.length
    if (taken !== frames * 2 || bytes !== mp3Bytes(frames * 2))
      throw new Error('the sound is not as long as it should be')
    onPeaks(Buffer.from(peaks!))
    yield mp3
  } finally {
    await worker.terminate()
  }
}

async function* inPieces(sound: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const piece of sound) {
    held.push(piece)
    size += piece.length
    if (size < PIECE) continue
    yield Buffer.concat(held)
    held = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(held)
}
