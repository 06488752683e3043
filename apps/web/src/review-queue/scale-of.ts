/** The points that digits stand for: nothing, all, what the engine gave, and steps between, at most ten. */

const SHARES = [0, 0.2, 0.35, 0.5, 0.65, 0.8, 1]

export function scaleOf(given: number, max: number): number[] {
  const steps = SHARES.map((share) => Math.round(share * max))
  return [...new Set([...steps, given])].toSorted((a, b) => a - b)
}
