/** Lines of a stream of bytes, gzipped or not: numbered as an editor numbers them, with flat memory however long the file is. */

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

export interface Line {
  number: number
  /** Absent when the line could not be read; `problem` then says why. */
  text?: string
  problem?: string
}

/** Longest line that is kept in memory; 5,000 messages of ordinary length are a tenth of it. */
export const MAX_LINE_BYTES = 32 * 1024 * 1024
const NEWLINE = 10

/**
 * Yields every line that is not blank. Bytes that are no UTF-8 become U+FFFD, as at every other door. A gzip file that ends early or is
 * damaged yields what can be read of it, then one problem.
 */
export async function* readLines(bytes: AsyncIterable<Buffer>, maxBytes = MAX_LINE_BYTES): AsyncGenerator<Line> {
  const decoder = new TextDecoder()
  const state = { number: 1, parts: [] as Buffer[], size: 0 }
  const finish = (): Line | undefined => {
    const { number, parts, size } = state
    Object.assign(state, { number: number + 1, parts: [], size: 0 })
    if (size > maxBytes) return { number, problem: `the line is longer than ${Math.floor(maxBytes / 1024 / 1024)} MB` }
    const text = decoder.decode(parts.length === 1 ? parts[0] : Buffer.concat(parts)).trim()
    return text === '' ? undefined : { number, text }
  }
  try {
    for await (const chunk of await unzipped(bytes)) {
      let from = 0
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        keep(state, chunk.subarray(from, at), maxBytes)
        const line = finish()
        if (line) yield line
        from = at + 1
      }
      keep(state, chunk.subarray(from), maxBytes)
    }
  } catch (error) {
    if (!isDamage(error)) throw error
    yield { number: state.number, problem: 'the gzip file is damaged or cut off here; nothing behind it can be read' }
    return
  }
  const last = state.size > 0 ? finish() : undefined
  if (last) yield last
}

/** A line that is too long is counted and forgotten, so that it cannot fill the memory. */
function keep(state: { parts: Buffer[]; size: number }, part: Buffer, maxBytes: number): void {
  state.size += part.length
  if (state.size > maxBytes) state.parts = []
  else if (part.length > 0) state.parts.push(part)
}

/** Gzip begins with 1f 8b, which no JSON does; the name of the file says nothing. */
async function unzipped(bytes: AsyncIterable<Buffer>): Promise<AsyncIterable<Buffer>> {
  const source = bytes[Symbol.asyncIterator]()
  const first = await atLeastTwoBytes(source)
  const all = startingWith(first, source)
  if (first[0] !== 0x1f || first[1] !== 0x8b) return all
  const gunzip = createGunzip()
  // A failure reaches the reader as the gunzip's own error.
  pipeline(Readable.from(all, { objectMode: false }), gunzip).catch(() => {})
  return gunzip
}

async function atLeastTwoBytes(source: AsyncIterator<Buffer>): Promise<Buffer> {
  let first = Buffer.alloc(0)
  while (first.length < 2) {
    const { value, done } = await source.next()
    if (done) break
    first = Buffer.concat([first, value])
  }
  return first
}

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield first
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

function isDamage(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR'
}
