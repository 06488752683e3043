/** RTP packets (RFC 3550) and the keys in them (RFC 4733). */

export interface RtpPacket {
  payload: number
  marker: boolean
  seq: number
  timestamp: number
  ssrc: number
  data: Buffer
}

export const SEQ_MASK = 0xffff

/** Null for what is no RTP: too short, another version, RTCP, lengths that do not add up. */
export function readRtp(bytes: Buffer): RtpPacket | null {
  if (bytes.length < 12 || bytes.length > 1500) return null
  const first = bytes.readUInt8(0)
  if (first >> 6 !== 2) return null
  const second = bytes.readUInt8(1)
  if (second >= 192 && second <= 223) return null
  let from = 12 + 4 * (first & 0x0f)
  if (first & 0x10) {
    if (bytes.length < from + 4) return null
    from += 4 + 4 * bytes.readUInt16BE(from + 2)
  }
  const padding = first & 0x20 ? bytes.readUInt8(bytes.length - 1) : 0
  const to = bytes.length - padding
  if (from > to) return null
  return {
    payload: second & 0x7f,
    marker: second > 127,
    seq: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    data: bytes.subarray(from, to),
  }
}

export function writeRtp({ payload, marker, seq, timestamp, ssrc, data }: RtpPacket): Buffer {
  const bytes = Buffer.allocUnsafe(12 + data.length)
  bytes.writeUInt8(0x80, 0)
  bytes.writeUInt8(payload | (marker ? 0x80 : 0), 1)
  bytes.writeUInt16BE(seq & SEQ_MASK, 2)
  bytes.writeUInt32BE(timestamp >>> 0, 4)
  bytes.writeUInt32BE(ssrc >>> 0, 8)
  data.copy(bytes, 12)
  return bytes
}

const KEYS = '0123456789*#ABCD'

/** Which key, and whether it is up again. */
export function readKey(data: Buffer): { key: string; end: boolean } | null {
  const key = data.length >= 4 ? KEYS[data.readUInt8(0)] : undefined
  return key === undefined ? null : { key, end: (data.readUInt8(1) & 0x80) !== 0 }
}

export function writeKey(key: string, duration: number, end: boolean): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt8(KEYS.indexOf(key), 0)
  bytes.writeUInt8((end ? 0x80 : 0) | 10, 1)
  bytes.writeUInt16BE(Math.min(duration, 0xffff), 2)
  return bytes
}

export const isKey = (key: string): boolean => key.length === 1 && KEYS.includes(key)
