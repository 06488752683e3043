/** Which conversations a file holds: their ids, sixteen bytes each, in a second file beside it. */
import type { FileStore } from '../platform/files.ts'

const BYTES = 16
export const membersKey = (storageKey: string): string => `${storageKey}.members`

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')

/** Packs lines of hexadecimal digits. */
export async function* packed(pieces: AsyncIterable<{ bytes: Buffer }>): AsyncGenerator<Buffer> {
  let rest = ''
  for await (const { bytes } of pieces) {
    const text = rest + bytes.toString('latin1')
    const end = text.lastIndexOf('\n') + 1
    rest = text.slice(end)
    if (end > 0) yield Buffer.from(text.slice(0, end).replaceAll('\n', ''), 'hex')
  }
}

/** True when one of the ids is in the file; what cannot be read is taken to hold them. */
export async function holdsAny(files: FileStore, storageKey: string, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return false
  const stream = await files.read(membersKey(storageKey))
  if (!stream) return true
  const sought = new Set(ids.map((id) => bytesOf(id).toString('latin1')))
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const end = bytes.length - (bytes.length % BYTES)
    for (let at = 0; at < end; at += BYTES) if (sought.has(bytes.toString('latin1', at, at + BYTES))) return true
    rest = bytes.subarray(end)
  }
  return false
}
