/** A zip that is written while it is sent: entries are stored as they are, so its size is known before it begins. */
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'

export interface ZipEntry {
  /** ASCII or UTF-8; unique in the archive. */
  name: string
  size: number
  at: Date
  open(): Promise<AsyncIterable<Uint8Array>>
}

/** Beyond, other tools would need another format. */
export const MAX_ZIP_BYTES = 2 ** 31
export const MAX_ZIP_ENTRIES = 1000

const LOCAL = 30
const CENTRAL = 46
const DESCRIPTOR = 16
const END = 22
/** Sizes follow the bytes; names are UTF-8. */
const FLAGS = 0x0808

export const zipSize = (entries: readonly ZipEntry[]): number =>
  entries.reduce((sum, { name, size }) => sum + LOCAL + CENTRAL + DESCRIPTOR + 2 * Buffer.byteLength(name) + size, END)

export const zip = (entries: readonly ZipEntry[]): Readable => Readable.from(write(entries), { objectMode: false })

async function* write(entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const [date, time] = dosTime(entry.at)
    yield Buffer.concat([
      record(LOCAL, 0x04034b50, [
        [4, 20],
        [6, FLAGS],
        [10, time],
        [12, date],
        [26, name.length],
      ]),
      name,
    ])
    let sum = 0
    let size = 0
    for await (const piece of await entry.open()) {
      sum = crc32(piece, sum)
      size += piece.length
      yield piece
    }
    // The length has been promised already.
    if (size !== entry.size) throw new Error('a file is not as long as it was')
    const descriptor = Buffer.alloc(DESCRIPTOR)
    for (const [i, value] of [0x08074b50, sum, size, size].entries()) descriptor.writeUInt32LE(value, i * 4)
    yield descriptor
    const central = record(CENTRAL, 0x02014b50, [
      [4, 20],
      [6, 20],
      [8, FLAGS],
      [12, time],
      [14, date],
      [28, name.length],
    ])
    for (const [where, value] of [
      [16, sum],
      [20, size],
      [24, size],
      [42, at],
    ] as const)
      central.writeUInt32LE(value, where)
    directory.push(central, name)
    at += LOCAL + name.length + size + DESCRIPTOR
  }
  const body = Buffer.concat(directory)
  const end = record(END, 0x06054b50, [
    [8, entries.length],
    [10, entries.length],
  ])
  end.writeUInt32LE(body.length, 12)
  end.writeUInt32LE(at, 16)
  yield Buffer.concat([body, end])
}

function record(length: number, signature: number, shorts: [at: number, value: number][]): Buffer {
  const bytes = Buffer.alloc(length)
  bytes.writeUInt32LE(signature, 0)
  for (const [at, value] of shorts) bytes.writeUInt16LE(value, at)
  return bytes
}

/** Two seconds fine, from 1980 on, in UTC. */
function dosTime(at: Date): [date: number, time: number] {
  const year = Math.min(2107, Math.max(1980, at.getUTCFullYear()))
  const date = ((year - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  return [date, (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)]
}
