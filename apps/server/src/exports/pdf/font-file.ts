/** A TrueType font file as PDF needs it: which glyph a character has, how wide it is, and where its outline lies. */

export interface FontFile {
  name: string
  bytes: Buffer
  tables: Map<string, { start: number; length: number }>
  unitsPerEm: number
  ascent: number
  descent: number
  box: [number, number, number, number]
  glyphCount: number
  /** 0 when the font has no such character. */
  glyphOf(codePoint: number): number
  advanceOf(glyph: number): number
  /** Where the outline of a glyph lies in the table `glyf`. */
  outlineOf(glyph: number): { start: number; length: number }
}

export function readFont(name: string, bytes: Buffer): FontFile {
  const tables = readTables(bytes)
  const at = (tag: string): number => {
    const table = tables.get(tag)
    if (!table) throw new Error(`the font ${name} has no table ${tag}`)
    return table.start
  }
  const [head, hhea, hmtx, loca] = [at('head'), at('hhea'), at('hmtx'), at('loca')]
  const wideOffsets = bytes.readInt16BE(head + 50) === 1
  const metrics = bytes.readUInt16BE(hhea + 34)
  const offset = (glyph: number) =>
    wideOffsets ? bytes.readUInt32BE(loca + glyph * 4) : bytes.readUInt16BE(loca + glyph * 2) * 2
  const word = (start: number, i: number) => bytes.readInt16BE(start + i * 2)
  const box = head + 36
  return {
    name,
    bytes,
    tables,
    unitsPerEm: bytes.readUInt16BE(head + 18),
    ascent: bytes.readInt16BE(hhea + 4),
    descent: bytes.readInt16BE(hhea + 6),
    box: [word(box, 0), word(box, 1), word(box, 2), word(box, 3)],
    glyphCount: bytes.readUInt16BE(at('maxp') + 4),
    glyphOf: readCharacters(bytes, at('cmap')),
    advanceOf: (glyph) => bytes.readUInt16BE(hmtx + Math.min(glyph, metrics - 1) * 4),
    outlineOf: (glyph) => ({ start: offset(glyph), length: offset(glyph + 1) - offset(glyph) }),
  }
}

function readTables(bytes: Buffer): FontFile['tables'] {
  const count = bytes.readUInt16BE(4)
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const at = 12 + i * 16
      const place = { start: bytes.readUInt32BE(at + 8), length: bytes.readUInt32BE(at + 12) }
      return [bytes.toString('latin1', at, at + 4), place]
    }),
  )
}

/** The Unicode table of the font; the one that reaches beyond the basic plane is better. */
function readCharacters(bytes: Buffer, cmap: number): (codePoint: number) => number {
  const count = bytes.readUInt16BE(cmap + 2)
  const found = Array.from({ length: count }, (_, i) => cmap + bytes.readUInt32BE(cmap + 4 + i * 8 + 4))
  const wide = found.find((at) => bytes.readUInt16BE(at) === 12)
  const basic = found.find((at) => bytes.readUInt16BE(at) === 4)
  if (wide !== undefined) return readGroups(bytes, wide)
  if (basic !== undefined) return readSegments(bytes, basic)
  throw new Error('the font has no table of Unicode characters')
}

function readGroups(bytes: Buffer, at: number): (codePoint: number) => number {
  const count = bytes.readUInt32BE(at + 12)
  return (codePoint) => {
    for (let low = 0, high = count - 1; low <= high; ) {
      const middle = (low + high) >> 1
      const group = at + 16 + middle * 12
      if (codePoint < bytes.readUInt32BE(group)) high = middle - 1
      else if (codePoint > bytes.readUInt32BE(group + 4)) low = middle + 1
      else return bytes.readUInt32BE(group + 8) + codePoint - bytes.readUInt32BE(group)
    }
    return 0
  }
}

function readSegments(bytes: Buffer, at: number): (codePoint: number) => number {
  const count = bytes.readUInt16BE(at + 6) / 2
  const [ends, starts] = [at + 14, at + 16 + count * 2]
  const [deltas, ranges] = [starts + count * 2, starts + count * 4]
  return (codePoint) => {
    if (codePoint > 0xffff) return 0
    for (let low = 0, high = count - 1; low <= high; ) {
      const middle = (low + high) >> 1
      if (codePoint > bytes.readUInt16BE(ends + middle * 2)) low = middle + 1
      else if (codePoint < bytes.readUInt16BE(starts + middle * 2)) high = middle - 1
      else {
        const delta = bytes.readUInt16BE(deltas + middle * 2)
        const range = bytes.readUInt16BE(ranges + middle * 2)
        if (range === 0) return (codePoint + delta) & 0xffff
        const place = ranges + middle * 2 + range + (codePoint - bytes.readUInt16BE(starts + middle * 2)) * 2
        const glyph = bytes.readUInt16BE(place)
        return glyph === 0 ? 0 : (glyph + delta) & 0xffff
      }
    }
    return 0
  }
}
