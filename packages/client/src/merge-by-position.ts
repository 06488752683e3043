/** Joins two runs of entries into one: each position once, the incoming one winning, oldest first. */

export function mergeByPosition<T extends { position: number }>(
  held: readonly T[],
  incoming: readonly T[],
): readonly T[] {
  if (incoming.length === 0) return held
  const last = held.at(-1)?.position ?? 0
  // Almost always: what comes is newer than all that is here, and in order.
  if (incoming.every((e, i) => e.position > (incoming[i - 1]?.position ?? last))) return [...held, ...incoming]
  const byPosition = new Map<number, T>()
  for (const entry of held) byPosition.set(entry.position, entry)
  for (const entry of incoming) byPosition.set(entry.position, entry)
  return [...byPosition.values()].sort((a, b) => a.position - b.position)
}
