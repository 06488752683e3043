/** What is being typed right before the cursor: `/hours` asks for a reply, `@Ru` for a person. */

export interface TypedMark {
  /** Where the mark stands. */
  start: number
  /** What follows it, up to the cursor. */
  query: string
}

const MARKS = {
  '/': /(?:^|\s)\/([^\n/]{0,40})$/u,
  '@': /(?:^|[\s(])@([^\n@]{0,40})$/u,
}

export function typedMark(text: string, cursor: number, mark: keyof typeof MARKS): TypedMark | null {
  const before = text.slice(0, cursor)
  const [, query] = MARKS[mark].exec(before) ?? []
  return query === undefined ? null : { start: cursor - query.length - 1, query }
}

/** Those that fit best first: what begins with the words, then what contains all of them. */
export function ranked<T>(
  items: readonly T[],
  query: string,
  textsOf: (item: T) => [first: string, ...rest: string[]],
): T[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const whole = words.join(' ')
  return items
    .flatMap((item) => {
      const [first, ...rest] = textsOf(item).map((text) => text.toLowerCase()) as [string, ...string[]]
      const all = [first, ...rest].join(' ')
      if (!words.every((word) => all.includes(word))) return []
      return [{ item, rank: first.startsWith(whole) ? 0 : first.includes(whole) ? 1 : 2 }]
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
