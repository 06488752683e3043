/** The part of a font that a document uses: the numbers of the glyphs stay, the outlines of all others are left out. */
import type { FontFile } from './font-file.ts'

const KEPT = ['cvt ', 'fpgm', 'head', 'hhea', 'maxp', 'prep']
const ARGUMENTS_ARE_WORDS = 1
const HAS_SCALE = 8
const MORE_COMPONENTS = 32
const HAS_TWO_SCALES = 64
const HAS_MATRIX = 128

export function subsetFont(font: FontFile, used: Iterable<number>): Buffer {
  const glyphs = withParts(font, used)
  const { glyf, loca } = outlines(font, glyphs)
  const tables = new Map<string, Buffer>()
  for (const tag of KEPT) {
    const table = font.tables.get(tag)
    if (table) tables.set(tag, Buffer.from(font.bytes.subarray(table.start, table.start + table.length)))
  }
  tables.get('head')!.writeInt16BE(1, 50) // four-byte offsets
  tables.set('glyf', glyf)
  tables.set('loca', loca)
  tables.set('hmtx', widths(font, glyphs))
  return joined(tables)
}

/** Glyphs made of others need those too. */
function withParts(font: FontFile, used: Iterable<number>): Set<number> {
  const all = new Set<number>([0])
  const waiting = [...used]
  for (let glyph = waiting.pop(); glyph !== undefined; glyph = waiting.pop()) {
    if (all.has(glyph)) continue
    all.add(glyph)
    waiting.push(...partsOf(font, glyph))
  }
  return all
}

function partsOf(font: FontFile, glyph: number): number[] {
  const { start, length } = font.outlineOf(glyph)
  const at = font.tables.get('glyf')!.start + start
  const parts: number[] = []
  if (length === 0 || font.bytes.readInt16BE(at) >= 0) return parts
  for (let place = at + 10, flags = MORE_COMPONENTS; flags & MORE_COMPONENTS; ) {
    flags = font.bytes.readUInt16BE(place)
    parts.push(font.bytes.readUInt16BE(place + 2))
    place += 4 + (flags & ARGUMENTS_ARE_WORDS ? 4 : 2)
    if (flags & HAS_SCALE) place += 2
    else if (flags & HAS_TWO_SCALES) place += 4
    else if (flags & HAS_MATRIX) place += 8
  }
  return parts
}

function outlines(font: FontFile, glyphs: Set<number>): { glyf: Buffer; loca: Buffer } {
  const loca = Buffer.alloc((font.glyphCount + 1) * 4)
  const pieces: Buffer[] = []
  const base = font.tables.get('glyf')!.start
  let end = 0
  for (let glyph = 0; glyph < font.glyphCount; glyph++) {
    loca.writeUInt32BE(end, glyph * 4)
    if (!glyphs.has(glyph)) continue
    const { start, length } = font.outlineOf(glyph)
    const padded = Buffer.alloc((length + 3) & ~3)
    font.bytes.copy(padded, 0, base + start, base + start + length)
    pieces.push(padded)
    end += padded.length
  }
  loca.writeUInt32BE(end, font.glyphCount * 4)
  return { glyf: Buffer.concat(pieces), loca }
}

/** What is not used is zero, which packs into nothing. */
function widths(font: FontFile, glyphs: Set<number>): Buffer {
  const { start, length } = font.tables.get('hmtx')!
  const metrics = font.bytes.readUInt16BE(font.tables.get('hhea')!.start + 34)
  const kept = Buffer.alloc(length)
  for (const glyph of [...glyphs, metrics - 1]) {
    const at = glyph < metrics ? glyph * 4 : metrics * 4 + (glyph - metrics) * 2
    font.bytes.copy(kept, at, start + at, start + at + (glyph < metrics ? 4 : 2))
  }
  return kept
}

function joined(tables: Map<string, Buffer>): Buffer {
  const tags = [...tables.keys()].sort()
  const power = 2 ** Math.floor(Math.log2(tags.length))
  const head = Buffer.alloc(12 + tags.length * 16)
  head.writeUInt32BE(0x00010000, 0)
  head.writeUInt16BE(tags.length, 4)
  head.writeUInt16BE(power * 16, 6)
  head.writeUInt16BE(Math.log2(power), 8)
  head.writeUInt16BE((tags.length - power) * 16, 10)
  const pieces = [head]
  let end = head.length
  for (const [i, tag] of tags.entries()) {
    const table = tables.get(tag)!
    const at = 12 + i * 16
    head.write(tag, at, 'latin1')
    head.writeUInt32BE(checksum(table), at + 4)
    head.writeUInt32BE(end, at + 8)
    head.writeUInt32BE(table.length, at + 12)
    const padded = Buffer.alloc((table.length + 3) & ~3)
    table.copy(padded)
    pieces.push(padded)
    end += padded.length
  }
  return Buffer.concat(pieces)
}

function checksum(table: Buffer): number {
  let sum = 0
  for (let at = 0; at + 4 <= table.length; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0
  return sum
}
