/** Reads MaxMind DB files (format 2.0): which record a network address has. The whole file is held in memory. */
import ipaddr from 'ipaddr.js'

type Value = string | number | bigint | boolean | Buffer | Value[] | { [key: string]: Value }

const MARKER = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')
const SEPARATOR = 16
const MAX_DEPTH = 16

export class Mmdb {
  readonly #bytes: Buffer
  readonly #nodeCount: number
  readonly #recordSize: number
  readonly #isV6: boolean
  readonly #data: number

  constructor(bytes: Buffer) {
    const at = bytes.lastIndexOf(MARKER)
    if (at < 0) throw new Error('not a MaxMind DB file')
    const metadata = read(bytes, at + MARKER.length, at + MARKER.length, 0).value as Record<string, number>
    this.#bytes = bytes
    this.#nodeCount = Number(metadata.node_count)
    this.#recordSize = Number(metadata.record_size)
    this.#isV6 = Number(metadata.ip_version) === 6
    if (![24, 28, 32].includes(this.#recordSize)) throw new Error('a MaxMind DB file of an unknown kind')
    this.#data = (this.#nodeCount * this.#recordSize) / 4 + SEPARATOR
  }

  /** Undefined where nothing is known of an address. */
  find(address: string): Record<string, Value> | undefined {
    if (!ipaddr.isValid(address)) return undefined
    const ip = ipaddr.process(address)
    const isV4 = ip.kind() === 'ipv4'
    if (!isV4 && !this.#isV6) return undefined
    // A tree of IPv6 holds IPv4 under 96 zeros.
    const bytes = isV4 && this.#isV6 ? [...new Array<number>(12).fill(0), ...ip.toByteArray()] : ip.toByteArray()
    let node = 0
    for (let bit = 0; bit < bytes.length * 8 && node < this.#nodeCount; bit++) {
      node = this.#child(node, (bytes[bit >> 3]! >> (7 - (bit & 7))) & 1)
    }
    if (node <= this.#nodeCount) return undefined
    const found = read(this.#bytes, this.#data - SEPARATOR + node - this.#nodeCount, this.#data, 0).value
    return typeof found === 'object' && !Array.isArray(found) && !Buffer.isBuffer(found) ? found : undefined
  }

  #child(node: number, side: number): number {
    const bytes = this.#bytes
    const at = (node * this.#recordSize) / 4
    if (this.#recordSize === 24) return bytes.readUIntBE(at + side * 3, 3)
    if (this.#recordSize === 32) return bytes.readUInt32BE(at + side * 4)
    const middle = bytes[at + 3]!
    return side === 0
      ? ((middle & 0xf0) << 20) | bytes.readUIntBE(at, 3)
      : ((middle & 0x0f) << 24) | bytes.readUIntBE(at + 4, 3)
  }
}

interface Read {
  value: Value
  next: number
}

/** One value of the data section; pointers count from `base`. */
function read(bytes: Buffer, at: number, base: number, depth: number): Read {
  if (depth > MAX_DEPTH) throw new Error('a MaxMind DB file that nests too deep')
  const control = bytes[at]!
  let type = control >> 5
  let next = at + 1
  if (type === 1) return follow(bytes, at, base, depth)
  if (type === 0) type = 7 + bytes[next++]!
  let size = control & 31
  if (size >= 29) {
    const extra = size - 28
    size = [29, 285, 65_821][extra - 1]! + bytes.readUIntBE(next, extra)
    next += extra
  }
  return readValue(bytes, type, size, next, base, depth)
}

function follow(bytes: Buffer, at: number, base: number, depth: number): Read {
  const control = bytes[at]!
  const size = (control >> 3) & 3
  const high = control & 7
  const low = bytes.readUIntBE(at + 1, size + 1)
  const target = size === 3 ? low : high * 2 ** (8 * (size + 1)) + low + [0, 2048, 526_336][size]!
  return { value: read(bytes, base + target, base, depth + 1).value, next: at + 2 + size }
}

function readValue(bytes: Buffer, type: number, size: number, at: number, base: number, depth: number): Read {
  const next = at + size
  switch (type) {
    case 2:
      return { value: bytes.toString('utf8', at, next), next }
    case 3:
      return { value: bytes.readDoubleBE(at), next }
    case 4:
      return { value: bytes.subarray(at, next), next }
    case 7:
    case 11:
      return type === 7 ? readMap(bytes, size, at, base, depth) : readList(bytes, size, at, base, depth)
    case 14:
      return { value: size === 1, next: at }
    case 15:
      return { value: bytes.readFloatBE(at), next }
    default:
      return { value: readInteger(bytes, at, size), next }
  }
}

function readInteger(bytes: Buffer, at: number, size: number): number | bigint {
  if (size <= 6) return size === 0 ? 0 : bytes.readUIntBE(at, size)
  return BigInt(`0x${bytes.toString('hex', at, at + size)}`)
}

function readMap(bytes: Buffer, size: number, at: number, base: number, depth: number): Read {
  const value: Record<string, Value> = {}
  let next = at
  for (let i = 0; i < size; i++) {
    const key = read(bytes, next, base, depth + 1)
    const item = read(bytes, key.next, base, depth + 1)
    value[String(key.value)] = item.value
    next = item.next
  }
  return { value, next }
}

function readList(bytes: Buffer, size: number, at: number, base: number, depth: number): Read {
  const value: Value[] = []
  let next = at
  for (let i = 0; i < size; i++) {
    const item = read(bytes, next, base, depth + 1)
    value.push(item.value)
    next = item.next
  }
  return { value, next }
}
