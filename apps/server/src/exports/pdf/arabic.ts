/** Arabic letters take the form that their neighbours ask for. The forms come from Unicode's own presentation blocks. */

/** Forms of one letter, in the order of the blocks. Letters that join on one side only have the first two. */
type Forms = [isolated: number, final: number, initial?: number, medial?: number]

const FORMS = new Map<number, Forms>()
/** Lam followed by one of the four alefs is one sign. */
const LAM_ALEF = new Map<number, Forms>()
const LAM = 0x0644

for (const [first, last] of [
  [0xfb50, 0xfbb1],
  [0xfbd3, 0xfbe5],
  [0xfbfc, 0xfbff],
  [0xfe80, 0xfefc],
] as const)
  for (let at: number = first; at <= last; ) {
    const base = String.fromCodePoint(at).normalize('NFKC')
    let end = at + 1
    while (end <= last && String.fromCodePoint(end).normalize('NFKC') === base) end++
    const forms = Array.from({ length: end - at }, (_, i) => at + i) as Forms
    const [letter, second] = [...base].map((sign) => sign.codePointAt(0)!)
    if (forms.length >= 2) {
      if (letter === LAM && second !== undefined) LAM_ALEF.set(second, forms)
      else if (second === undefined && letter !== undefined) FORMS.set(letter, forms)
    }
    at = end
  }

const TATWEEL = 0x0640
const isMark = (codePoint: number): boolean => /\p{Mn}/u.test(String.fromCodePoint(codePoint))
const joinsNext = (codePoint: number | undefined): boolean =>
  codePoint === TATWEEL || (codePoint !== undefined && FORMS.get(codePoint)?.length === 4)
const joinsPrevious = (codePoint: number | undefined): boolean =>
  codePoint === TATWEEL || (codePoint !== undefined && FORMS.has(codePoint))

export interface Shaped {
  codePoint: number
  /** How many characters of the text it stands for. */
  length: number
}

/** What is drawn, in the order of the text. */
export function shapeArabic(codePoints: readonly number[]): Shaped[] {
  const shaped: Shaped[] = []
  /** The last letter that is no mark, which may hold out a hand to the next. */
  let previous: number | undefined
  for (let i = 0; i < codePoints.length; i++) {
    const codePoint = codePoints[i]!
    if (isMark(codePoint)) {
      shaped.push({ codePoint, length: 1 })
      continue
    }
    const alef = codePoint === LAM ? LAM_ALEF.get(codePoints[i + 1] ?? 0) : undefined
    const touchesPrevious = joinsNext(previous) && joinsPrevious(codePoint)
    if (alef) {
      shaped.push({ codePoint: touchesPrevious ? alef[1] : alef[0], length: 2 })
      previous = codePoints[++i]
      continue
    }
    const touchesNext = joinsNext(codePoint) && joinsPrevious(codePoints.slice(i + 1).find((next) => !isMark(next)))
    shaped.push({ codePoint: formOf(codePoint, touchesPrevious, touchesNext), length: 1 })
    previous = codePoint
  }
  return shaped
}

function formOf(codePoint: number, touchesPrevious: boolean, touchesNext: boolean): number {
  const forms = FORMS.get(codePoint)
  if (!forms) return codePoint
  const [isolated, final, initial = isolated, medial = final] = forms
  if (touchesPrevious) return touchesNext ? medial : final
  return touchesNext ? initial : isolated
}
