/** Takes out of a JPEG what its camera wrote into it: place, time, owner, previews. Only which way is up stays. */

const SOI = 0xd8
const SOS = 0xda
const APP1 = 0xe1
/** EXIF and XMP, and what photo programs add: Photoshop's and IPTC's, comments. */
const PRIVATE = new Set([APP1, 0xed, 0xfe])
/** A head that is longer than this is no camera's; it is kept as it is. */
const MAX_HEAD = 4 * 1024 * 1024
const ORIENTATION = 0x0112

/** Everything but a JPEG passes through unchanged. */
export async function* withoutPrivateParts(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const piece of source) {
    if (!head) {
      yield piece
      continue
    }
    head = Buffer.concat([head, piece])
    const cleaned = cleanHead(head)
    if (cleaned === 'more' && head.length < MAX_HEAD) continue
    yield cleaned === 'more' || cleaned === 'other' ? head : cleaned
    head = undefined
  }
  if (head && head.length > 0) yield head
}

/** Segment by segment up to the picture itself. */
function cleanHead(head: Buffer): Buffer | 'more' | 'other' {
  if (head.length < 2) return 'more'
  if (head[0] !== 0xff || head[1] !== SOI) return 'other'
  const kept: Buffer[] = [head.subarray(0, 2)]
  let orientation = 1
  for (let at = 2; ; ) {
    if (at + 4 > head.length) return 'more'
    if (head[at] !== 0xff) return 'other'
    const marker = head[at + 1]!
    if (marker === 0xff) {
      at++ // a fill byte
      continue
    }
    if (marker === SOS) return Buffer.concat([kept[0]!, upright(orientation), ...kept.slice(1), head.subarray(at)])
    const end = at + 2 + head.readUInt16BE(at + 2)
    if (end < at + 4) return 'other'
    if (end > head.length) return 'more'
    if (marker === APP1) orientation = orientationIn(head.subarray(at + 4, end)) ?? orientation
    if (!PRIVATE.has(marker)) kept.push(head.subarray(at, end))
    at = end
  }
}

function orientationIn(body: Buffer): number | undefined {
  if (body.length < 20 || body.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined
  const tiff = body.subarray(6)
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const start = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let i = 0; i < Math.min(short(start), 200); i++) {
    const at = start + 2 + i * 12
    if (short(at) === ORIENTATION) return short(at + 8)
  }
  return undefined
}

/** A segment that says which way is up and nothing else; none where it is up already. */
function upright(orientation: number): Buffer {
  if (orientation < 2 || orientation > 8) return Buffer.alloc(0)
  const tiff = Buffer.from('4d4d002a00000008' + '0001' + '0112000300000001' + '0000' + '0000' + '00000000', 'hex')
  tiff.writeUInt16BE(orientation, 18)
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const marker = Buffer.from([0xff, APP1, 0, 0])
  marker.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([marker, body])
}
