/** A paragraph of any script as lines of glyphs: shaped, broken to a width, and each line in the order it is drawn. */
import { shapeArabic } from './arabic.ts'
import { isRightToLeft, levelsOf, mirrored, visualOrder } from './bidi.ts'
import { type Glyph, glyphFor } from './fonts.ts'

export interface Drawn extends Glyph {
  /** What it stands for, so that the text of the PDF can be searched and copied. */
  text: string
}

export interface TextLine {
  glyphs: Drawn[]
  /** In thousandths of the size. */
  width: number
  rightToLeft: boolean
}

interface Part extends Drawn {
  level: number
  isSpace: boolean
  /** A line may end after it. */
  mayBreak: boolean
}

/** Han, kana and hangul break between any two signs. */
const FREE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF00-\uFFEF]/u
/** Signs that no line begins with. */
const CLOSING = /[\u3001\u3002\uFF0C\uFF0E\uFF01\uFF1F\uFF1A\uFF1B\u300D\u300F\u3011\uFF09)\]},.!?:;]/
/** Joiners, variation selectors, marks of direction: they steer what is drawn and are not drawn. */
const UNSEEN = /\p{Cf}|\p{Variation_Selector}/gu
const MARK = /\p{Mn}/u

/** `width` in thousandths of the size. */
export function setParagraph(text: string, width: number): TextLine[] {
  const codePoints = [...text.normalize('NFC').replace(UNSEEN, '').replaceAll('\t', '    ')].map(
    (s) => s.codePointAt(0)!,
  )
  const rightToLeft = isRightToLeft(codePoints)
  const parts = partsOf(codePoints, rightToLeft)
  return breakLines(parts, width).map((line) => setLine(line, rightToLeft))
}

function partsOf(codePoints: number[], rightToLeft: boolean): Part[] {
  const levels = levelsOf(codePoints, rightToLeft ? 1 : 0)
  const parts: Part[] = []
  let at = 0
  for (const { codePoint, length } of shapeArabic(codePoints)) {
    const source = String.fromCodePoint(...codePoints.slice(at, at + length))
    const next = codePoints[at + length]
    const following = next === undefined ? '' : String.fromCodePoint(next)
    const level = levels[at]!
    const glyph = glyphFor(level % 2 === 1 ? mirrored(codePoint) : codePoint)
    const isSpace = /\s/.test(source) && source !== '\u00A0'
    const mayBreak =
      isSpace || ((FREE.test(source) || FREE.test(following)) && !CLOSING.test(following)) || source === '-'
    // Marks sit on the letter before them.
    parts.push({ ...glyph, width: MARK.test(source) ? 0 : glyph.width, text: source, level, isSpace, mayBreak })
    at += length
  }
  return parts
}

function breakLines(parts: Part[], width: number): Part[][] {
  const lines: Part[][] = []
  for (let start = 0; start < parts.length; ) {
    let [end, used, possible] = [start, 0, start]
    while (end < parts.length && (used + parts[end]!.width <= width || parts[end]!.isSpace)) {
      used += parts[end]!.width
      if (parts[end++]!.mayBreak) possible = end
    }
    const stop = end === parts.length ? end : possible > start ? possible : Math.max(end, start + 1)
    lines.push(parts.slice(start, stop))
    start = stop
  }
  return lines.length > 0 ? lines : [[]]
}

/** Spaces at the end of a line hang outside it. */
function setLine(parts: Part[], rightToLeft: boolean): TextLine {
  const last = parts.findLastIndex(({ isSpace }) => !isSpace)
  const glyphs = visualOrder(parts.slice(0, last + 1))
  return { glyphs, width: glyphs.reduce((sum, glyph) => sum + glyph.width, 0), rightToLeft }
}
