/** The Unicode bidirectional algorithm (UAX 9) for a paragraph without explicit embeddings: which way each character runs. */

type Kind = 'L' | 'R' | 'AL' | 'EN' | 'AN' | 'ES' | 'ET' | 'CS' | 'NSM' | 'WS' | 'ON'

const KINDS: [RegExp, Kind][] = [
  [/\p{Mn}/u, 'NSM'],
  [/[0-9\u06F0-\u06F9]/, 'EN'],
  [/[\u0660-\u0669\u066B\u066C]/, 'AN'],
  [/[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u, 'AL'],
  [/[\p{Script=Hebrew}\p{Script=Nko}]/u, 'R'],
  [/[+\-\u2212]/, 'ES'],
  [/[,./:\u00A0\u060C]/, 'CS'],
  [/[#$%\u00A2-\u00A5\u00B0\u00B1\u20A0-\u20CF\u2030]/, 'ET'],
  [/\s/, 'WS'],
  [/[\p{L}\p{N}\p{Mc}]/u, 'L'],
]
const known = new Map<number, Kind>()

function kindOf(codePoint: number): Kind {
  const found = known.get(codePoint)
  if (found) return found
  const sign = String.fromCodePoint(codePoint)
  const kind = KINDS.find(([pattern]) => pattern.test(sign))?.[1] ?? 'ON'
  known.set(codePoint, kind)
  return kind
}

/** The first strong character says which way a paragraph runs. */
export function isRightToLeft(codePoints: readonly number[]): boolean {
  for (const codePoint of codePoints) {
    const kind = kindOf(codePoint)
    if (kind === 'L') return false
    if (kind === 'R' || kind === 'AL') return true
  }
  return false
}

/** A level for each character: even runs to the right, odd to the left. */
export function levelsOf(codePoints: readonly number[], base: 0 | 1): number[] {
  const kinds = codePoints.map(kindOf)
  resolveWeak(kinds, base)
  const strong = resolveNeutral(codePoints, kinds, base)
  return strong.map((kind) => {
    if (kind === 'L') return base === 0 ? 0 : 2
    if (kind === 'R') return 1
    return 2
  })
}

/** Rules W1 to W7: marks, numbers and what stands between numbers. */
function resolveWeak(kinds: Kind[], base: 0 | 1): void {
  const start: Kind = base === 0 ? 'L' : 'R'
  let strong: Kind = start
  for (let i = 0; i < kinds.length; i++) {
    if (kinds[i] === 'NSM') kinds[i] = kinds[i - 1] ?? start
    const kind = kinds[i]!
    if (kind === 'L' || kind === 'R' || kind === 'AL') strong = kind
    if (kind === 'EN' && strong === 'AL') kinds[i] = 'AN'
  }
  for (let i = 0; i < kinds.length; i++) {
    if (kinds[i] === 'AL') kinds[i] = 'R'
    const [before, after] = [kinds[i - 1], kinds[i + 1]]
    if (kinds[i] === 'ES' && before === 'EN' && after === 'EN') kinds[i] = 'EN'
    if (kinds[i] === 'CS' && before === after && (before === 'EN' || before === 'AN')) kinds[i] = before
  }
  for (let i = 0; i < kinds.length; i++) {
    if (kinds[i] !== 'ET') continue
    let end = i
    while (kinds[end] === 'ET') end++
    const touches = kinds[i - 1] === 'EN' || kinds[end] === 'EN'
    kinds.fill(touches ? 'EN' : 'ON', i, end)
    i = end - 1
  }
  strong = start
  for (const [i, kind] of kinds.entries()) {
    if (kind === 'ES' || kind === 'CS') kinds[i] = 'ON'
    if (kind === 'L' || kind === 'R') strong = kind
    if (kind === 'EN' && strong === 'L') kinds[i] = 'L'
  }
}

type Strong = 'L' | 'R' | 'EN' | 'AN'
const isNeutral = (kind: Kind): boolean => kind === 'ON' || kind === 'WS' || kind === 'NSM'
/** Numbers count as running left when neutrals look at them. */
const side = (kind: Kind): 'L' | 'R' => (kind === 'L' ? 'L' : 'R')

/** Rules N0 to N2: brackets together, then everything else between two sides. */
function resolveNeutral(codePoints: readonly number[], kinds: Kind[], base: 0 | 1): Strong[] {
  const own = base === 0 ? 'L' : 'R'
  for (const [open, close] of bracketPairs(codePoints, kinds)) {
    const inside = new Set(
      kinds
        .slice(open + 1, close)
        .filter((kind) => !isNeutral(kind))
        .map(side),
    )
    if (inside.size === 0) continue
    const before = kinds.slice(0, open).findLast((kind) => !isNeutral(kind))
    const chosen = inside.has(own) || side(before ?? own) === own ? own : side(before ?? own)
    kinds[open] = chosen
    kinds[close] = chosen
  }
  for (let i = 0; i < kinds.length; i++) {
    if (!isNeutral(kinds[i]!)) continue
    let end = i
    while (end < kinds.length && isNeutral(kinds[end]!)) end++
    const before = i === 0 ? own : side(kinds[i - 1]!)
    const after = end === kinds.length ? own : side(kinds[end]!)
    kinds.fill(before === after ? before : own, i, end)
    i = end - 1
  }
  return kinds as Strong[]
}

const PAIRS = new Map([...'()[]{}«»‹›'].flatMap((sign, i, all) => (i % 2 === 0 ? [[sign, all[i + 1]!] as const] : [])))
const MIRRORED = new Map(
  [...PAIRS, ['<', '>'] as const, ['≤', '≥'] as const].flatMap(([a, b]) => [[a, b] as const, [b, a] as const]),
)

function bracketPairs(codePoints: readonly number[], kinds: Kind[]): [number, number][] {
  const pairs: [number, number][] = []
  const open: { close: string; at: number }[] = []
  for (const [i, codePoint] of codePoints.entries()) {
    if (kinds[i] !== 'ON') continue
    const sign = String.fromCodePoint(codePoint)
    const close = PAIRS.get(sign)
    if (close) open.push({ close, at: i })
    const match = open.findLastIndex((one) => one.close === sign)
    if (match < 0) continue
    pairs.push([open[match]!.at, i])
    open.length = match
  }
  return pairs.sort(([a], [b]) => a - b)
}

/** What a bracket looks like when it runs to the left. */
export const mirrored = (codePoint: number): number =>
  MIRRORED.get(String.fromCodePoint(codePoint))?.codePointAt(0) ?? codePoint

/** Puts the parts of one line in the order they are drawn, from left to right (rule L2). */
export function visualOrder<T extends { level: number }>(parts: readonly T[]): T[] {
  const ordered = [...parts]
  const highest = Math.max(0, ...ordered.map(({ level }) => level))
  for (let level = highest; level >= 1; level--)
    for (let i = 0; i < ordered.length; i++) {
      if (ordered[i]!.level < level) continue
      let end = i
      while (end < ordered.length && ordered[end]!.level >= level) end++
      ordered.splice(i, end - i, ...ordered.slice(i, end).reverse())
      i = end
    }
  return ordered
}
