/** Makes what callers send sound before anything looks at it: strings that the database and every screen can carry. */
import { wellFormed } from '@earshot/contracts'

/** Deeper than any contract goes: what lies below is refused by the schemas, so it is not walked either. */
const MAX_DEPTH = 64

/**
 * Replaces NUL and lone surrogates in every string and every key, at every door alike, so that what is stored, shown, searched and
 * compared with a repeat is the same text. Returns the value itself when nothing had to be replaced.
 */
export function soundInput(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return value
  if (Array.isArray(value)) {
    const items = value.map((item) => soundInput(item, depth + 1))
    return items.some((item, i) => item !== value[i]) ? items : value
  }
  const entries = Object.entries(value)
  const sound = entries.map(([key, one]) => [wellFormed(key), soundInput(one, depth + 1)] as const)
  return sound.some(([key, one], i) => key !== entries[i]![0] || one !== entries[i]![1])
    ? Object.fromEntries(sound)
    : value
}
