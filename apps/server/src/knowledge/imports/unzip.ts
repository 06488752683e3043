/** Takes one file out of a ZIP archive, by its directory, never more than it may be: what claims to be small and is not is refused. */
import { inflateRawSync } from 'node:zlib'

const END = 0x06054b50
const ENTRY = 0x02014b50
const MOST_ENTRIES = 5000

export class BrokenArchive extends Error {}

/** Undefined when the archive has no such file. */
export function unzip(archive: Buffer, name: string, mostBytes: number): Buffer | undefined {
  try {
    return find(archive, name, mostBytes)
  } catch {
    throw new BrokenArchive()
  }
}

function find(archive: Buffer, name: string, mostBytes: number): Buffer | undefined {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || archive.readUInt32LE(end) !== END) throw new BrokenArchive()
  const count = archive.readUInt16LE(end + 10)
  if (count > MOST_ENTRIES) throw new BrokenArchive()
  let at = archive.readUInt32LE(end + 16)
  for (let i = 0; i < count; i++) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new BrokenArchive()
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset))
    const own = archive.toString('utf8', at + 46, at + 46 + nameSize!)
    if (own === name) return take(archive, at, mostBytes)
    at += 46 + nameSize! + extraSize! + commentSize!
  }
  return undefined
}

function take(archive: Buffer, entry: number, mostBytes: number): Buffer {
  const method = archive.readUInt16LE(entry + 10)
  const packedSize = archive.readUInt32LE(entry + 20)
  const header = archive.readUInt32LE(entry + 42)
  const isEncrypted = (archive.readUInt16LE(entry + 8) & 1) === 1
  if (isEncrypted || packedSize > archive.length) throw new BrokenArchive()
  const from = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28)
  const packed = archive.subarray(from, from + packedSize)
  if (method === 0) {
    if (packed.length > mostBytes) throw new BrokenArchive()
    return packed
  }
  if (method !== 8) throw new BrokenArchive()
  return inflateRawSync(packed, { maxOutputLength: mostBytes })
}
