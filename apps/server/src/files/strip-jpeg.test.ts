/** What cameras write into pictures stays with their owners. */
import { describe, expect, test } from 'vitest'
import { withoutPrivateParts } from './strip-jpeg.ts'

const segment = (marker: number, body: Buffer | string): Buffer => {
  const bytes = Buffer.from(body as string, 'latin1')
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(bytes.length + 2, 2)
  return Buffer.concat([head, bytes])
}
const exif = (orientation: number, little: boolean) => {
  const tiff = Buffer.alloc(8 + 2 + 12 + 4)
  tiff.write(little ? 'II' : 'MM', 'latin1')
  const [short, long] = little
    ? [(v: number, at: number) => tiff.writeUInt16LE(v, at), (v: number, at: number) => tiff.writeUInt32LE(v, at)]
    : [(v: number, at: number) => tiff.writeUInt16BE(v, at), (v: number, at: number) => tiff.writeUInt32BE(v, at)]
  short(42, 2)
  long(8, 4)
  short(1, 8)
  short(0x0112, 10)
  short(3, 12)
  long(1, 14)
  short(orientation, 18)
  return segment(0xe1, `Exif\0\0${tiff.toString('latin1')}GPS 52.5N 13.4E`)
}
const SOI = Buffer.from([0xff, 0xd8])
const TABLES = segment(0xdb, 'quantisation')
const PICTURE = Buffer.concat([segment(0xda, 'scan'), Buffer.from([1, 2, 0xff, 0, 0xff, 0xe1, 9, 0xff, 0xd9])])
const photo = (...more: Buffer[]) => Buffer.concat([SOI, segment(0xe0, 'JFIF'), ...more, TABLES, PICTURE])

async function cleaned(file: Buffer, size = file.length): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < file.length; at += size) pieces.push(file.subarray(at, at + size))
  const out: Uint8Array[] = []
  const source = async function* () {
    yield* pieces
  }
  for await (const piece of withoutPrivateParts(source())) out.push(piece)
  return Buffer.concat(out)
}

describe('a photo', () => {
  test.each([
    [6, true],
    [8, false],
  ])('loses place and owner; that it is turned (%i) stays', async (orientation, little) => {
    const secret = [exif(orientation, little), segment(0xe1, 'http://ns.adobe.com/xap/1.0/ owner'), segment(0xfe, 'me')]
    for (const size of [1, 7, 10_000]) {
      const clean = await cleaned(photo(...secret), size)
      expect(clean.toString('latin1')).not.toMatch(/GPS|owner|me/)
      expect(clean.includes(PICTURE)).toBe(true)
      expect(clean.includes(TABLES)).toBe(true)
      const at = clean.indexOf('Exif')
      expect(clean.readUInt16BE(at + 6 + 18)).toBe(orientation)
      expect(await cleaned(clean)).toEqual(clean)
    }
  })

  test('that stands upright has no EXIF at all afterwards', async () => {
    expect(await cleaned(photo(exif(1, true)))).toEqual(photo())
  })
})

test.each<[string, Buffer]>([
  ['another file', Buffer.from('%PDF-1.7 Exif')],
  ['a JPEG without a picture', Buffer.concat([SOI, TABLES])],
  ['a JPEG with a broken segment', Buffer.concat([SOI, Buffer.from([0xff, 0xe1, 0, 0, 1, 2, 3])])],
  ['something that only begins like one', Buffer.from([0xff, 0xd8, 0, 1, 2, 3, 4])],
  ['one byte', Buffer.from([0xff])],
])('%s stays as it is', async (_, file) => {
  expect(await cleaned(file, 3)).toEqual(file)
})
