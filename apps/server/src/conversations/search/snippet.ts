/** A line of the text around a match, and where in it the term stands. Plain text: whoever shows it escapes it. */

const BEFORE = 40
const LONGEST = 160

export interface Snippet {
  snippet: string
  highlights: { start: number; end: number }[]
}

const MARKS = new RegExp(
  [
    '[\\u0300-\\u036f]|[\\u0483-\\u0487]|[\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7]|[\\u0610-\\u061c]|[\\u064b-\\u065f]|\\u0670',
    '[\\u06d6-\\u06dc]|[\\u06df-\\u06e4]|[\\u06e7\\u06e8]|[\\u06ea-\\u06ed]|[\\u1ab0-\\u1aff]|[\\u1dc0-\\u1dff]|[\\u20d0-\\u20ff]|[\\ufe00-\\ufe0f]|[\\ufe20-\\ufe2f]',
    '[\\u200b\\u200e\\u200f\\u2060\\ufeff\\u00ad]',
  ].join('|'),
  'gu',
)
const SAME: Record<string, string> = {
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ß: 'ss',
  ς: 'σ',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ک: 'ك',
  ـ: '',
}

/** Folds one character as the database folds it (migration search): only for showing where, never for deciding whether. */
function foldCharacter(character: string): string {
  if (character < '\u0080') return character.toLowerCase()
  const folded = character.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(MARKS, '').normalize('NFC')
  return [...folded].map((one) => SAME[one] ?? one).join('')
}

/** Folded text, and for each of its units where the character began in the original, and where it ended. */
function foldWithPlaces(text: string): { folded: string; starts: number[]; ends: number[] } {
  let folded = ''
  const starts: number[] = []
  const ends: number[] = []
  let at = 0
  for (const character of text) {
    const piece = foldCharacter(character)
    folded += piece
    for (let i = 0; i < piece.length; i++) {
      starts.push(at)
      ends.push(at + character.length)
    }
    at += character.length
    // A mark that stands alone belongs to the letter before it.
    if (piece === '' && ends.length > 0) ends[ends.length - 1] = at
  }
  return { folded, starts, ends }
}

export function snippetOf(text: string, term: string, digits: string | null): Snippet {
  const { folded, starts, ends } = foldWithPlaces(text)
  const found: { start: number; end: number }[] = []
  for (
    let at = folded.indexOf(term);
    term !== '' && at >= 0 && found.length < 20;
    at = folded.indexOf(term, at + term.length)
  )
    found.push({ start: starts[at]!, end: ends[at + term.length - 1]! })
  if (found.length === 0 && digits !== null) found.push(...digitsIn(text, digits))
  const from = beginOf(text, found[0]?.start ?? 0)
  const to = endOf(text, from + LONGEST)
  const [lead, tail] = [from > 0 ? '…' : '', to < text.length ? '…' : '']
  const shift = lead.length - from
  return {
    snippet: `${lead}${text.slice(from, to).replace(/\s/g, ' ')}${tail}`,
    highlights: found
      .filter(({ start, end }) => end > from && start < to)
      .map(({ start, end }) => ({ start: start + shift, end: Math.min(end, to) + shift })),
  }
}

/** A phone number is found by its digits, however it is written. */
function digitsIn(text: string, digits: string): Snippet['highlights'] {
  const places = [...text].flatMap((character, i) => (character >= '0' && character <= '9' ? [i] : []))
  const at = places
    .map((i) => text[i])
    .join('')
    .indexOf(digits)
  return at < 0 ? [] : [{ start: places[at]!, end: places[at + digits.length - 1]! + 1 }]
}

/** A little before the match, at the beginning of a word where there is one. */
function beginOf(text: string, start: number): number {
  if (start <= BEFORE) return 0
  const from = start - BEFORE
  const space = text.slice(from, start).search(/\s/)
  return wholeCharacter(text, space >= 0 && space < BEFORE - 1 ? from + space + 1 : from)
}

const endOf = (text: string, to: number): number => (to >= text.length ? text.length : wholeCharacter(text, to))

/** Never between the halves of a character. */
const wholeCharacter = (text: string, at: number): number => {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit < 0xe000 ? at - 1 : at
}
