/** Evidence names entries by position: when entries move, what rests on them follows, and what rests on none any more is left out. */
import type { JsonValue } from '@earshot/contracts'

/** The new position of an old one; null when the entry is in another log now. */
export type Moved = (position: number) => number | null

type Fields = Record<string, JsonValue>
const isFields = (value: JsonValue): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Anywhere in what a review holds: `position` of an object, and lists called `positions`. */
export function remapEvidence(value: JsonValue, moved: Moved): JsonValue {
  if (Array.isArray(value)) return value.filter((item) => stays(item, moved)).map((item) => remapEvidence(item, moved))
  if (!isFields(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [
      key,
      key === 'position' && typeof held === 'number'
        ? moved(held)
        : key === 'positions' && Array.isArray(held)
          ? held.flatMap((position) => (typeof position === 'number' ? (moved(position) ?? []) : []))
          : remapEvidence(held, moved),
    ]),
  )
}

const stays = (item: JsonValue, moved: Moved): boolean =>
  !isFields(item) || typeof item.position !== 'number' || moved(item.position) !== null

/** Where a log's own entries are once others took the given places among them. */
export function aroundPlaces(placed: readonly number[], own: number): Moved {
  const taken = new Set(placed)
  const places: number[] = []
  for (let place = 1; places.length < own; place++) if (!taken.has(place)) places.push(place)
  return (position) => places[position - 1] ?? null
}
