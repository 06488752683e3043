/** Tags that may be one tag written twice: letters and spaces aside the same, a letter or two apart, or one the beginning of the other. */
import type { TagCount } from '@earshot/contracts'

/** `from` is the less used one: it would become the other. */
export interface LookAlike {
  from: TagCount
  to: TagCount
}

/** More values of one key are an open set: nobody tidies up among them by hand. */
const MOST_VALUES = 400

/** The most used first. */
export function findLookAlikes(tags: readonly TagCount[]): LookAlike[] {
  const found: LookAlike[] = []
  for (const values of Map.groupBy(tags, ({ key }) => plain(key)).values()) {
    if (values.length > MOST_VALUES) continue
    for (const [i, one] of values.entries())
      for (const other of values.slice(i + 1)) if (isAlike(one, other)) found.push(pairOf(one, other))
  }
  return found.sort((a, b) => b.to.count + b.from.count - a.to.count - a.from.count)
}

const pairOf = (a: TagCount, b: TagCount): LookAlike => (a.count < b.count ? { from: a, to: b } : { from: b, to: a })

function isAlike(a: TagCount, b: TagCount): boolean {
  const [one, other] = [plain(a.value), plain(b.value)]
  if (one === other) return true
  // Figures tell values apart: "AW-11" is not "AW-12" mistyped.
  if (one === '' || other === '' || /\d/.test(one + other)) return false
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (short.length >= 4 && long.startsWith(`${short} `)) return true
  const allowed = short.length >= 9 ? 2 : short.length >= 5 ? 1 : 0
  return long.length - short.length <= allowed && distance(short, long, allowed) <= allowed
}

/** Case, accents and what stands between words aside. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_.-]+/gu, ' ')
    .trim()

/** Letters to change, add or leave out; more than `most` is not counted to the end. */
function distance(a: string, b: string, most: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
    if (Math.min(...row) > most) return most + 1
  }
  return row.at(-1)!
}
