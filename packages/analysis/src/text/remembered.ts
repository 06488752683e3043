/** Keeps the last answers of a pure function of a text: a review reads a message twice, and agents repeat themselves all day. */

/** Bounded, so that hostile variety cannot fill memory. */
const KEPT = 500
const LONGEST = 2000

export const remembered = <T>(compute: (text: string) => T): ((text: string) => T) => {
  const kept = new Map<string, T>()
  return (text) => {
    const known = kept.get(text)
    if (known !== undefined) return known
    const value = compute(text)
    if (text.length > LONGEST) return value
    if (kept.size >= KEPT) kept.clear()
    kept.set(text, value)
    return value
  }
}
