/** The fonts of our PDFs, in the order they are asked: each is read only when those before it lack a character. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type FontFile, readFont } from './font-file.ts'

const FOLDER = new URL('../../../fonts/', import.meta.url)
/** Latin, Greek, Cyrillic, Hebrew, Arabic and signs; Han and kana; Hangul. */
const NAMES = ['DejaVuSans', 'DroidSansFallbackFull', 'NotoSansHangul'] as const
export type FontName = (typeof NAMES)[number]

const opened = new Map<FontName, FontFile>()

export function openFont(name: FontName): FontFile {
  const found = opened.get(name)
  if (found) return found
  const font = readFont(name, gunzipSync(readFileSync(new URL(`${name}.ttf.gz`, FOLDER))))
  opened.set(name, font)
  return font
}

export interface Glyph {
  font: FontName
  id: number
  /** In thousandths of the size. */
  width: number
}

const UNKNOWN = 0xfffd

/** The glyph of a character; what no font has is drawn as the replacement character. */
export function glyphFor(codePoint: number): Glyph {
  for (const name of NAMES) {
    const font = openFont(name)
    const id = font.glyphOf(codePoint)
    if (id > 0) return { font: name, id, width: (font.advanceOf(id) * 1000) / font.unitsPerEm }
  }
  return codePoint === UNKNOWN ? { font: 'DejaVuSans', id: 0, width: 600 } : glyphFor(UNKNOWN)
}
