/** Which call asks for the same as another: the name, and the parameters in whatever order they were written. */

export const wishOf = (name: string, parameters: unknown): string => `${name} ${JSON.stringify(sorted(parameters))}`

/** Keys in order, at every depth. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
