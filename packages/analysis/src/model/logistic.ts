/**
 * Logistic regression of one label against the rest, by coordinate descent on the dual problem (Yu, Huang and Lin, Machine Learning 85,
 * 2011). It converges where stochastic steps stop early: on GoEmotions that is worth 0.05 of macro-F1 (design: analysis.md §2.1).
 */

/** Rows of a sparse matrix, one after the other; row i is from `starts[i]` to `starts[i + 1]`. */
export interface Rows {
  starts: Int32Array
  places: Int32Array
  values: Float32Array
  /** How many places there are. */
  width: number
}

export interface SolverOptions {
  /** How much an error costs against large weights. */
  cost: number
  /** A rare label's rows cost (negatives ÷ positives) to the power of this. */
  classPower: number
  /** How much a place is scaled by how differently it is spread over both classes (naive Bayes), 0 to 1. */
  bayes: number
  passes: number
  seed: number
}

/** Weights per place, and the bias last. */
export function solve(rows: Rows, positive: Uint8Array, options: SolverOptions): Float32Array {
  const scale = options.bayes > 0 ? spreadOf(rows, positive, options.bayes) : null
  const values = scale ? rows.values.map((value, i) => value * scale[rows.places[i]!]!) : rows.values
  const weights = descend({ ...rows, values }, positive, options)
  if (scale) for (let place = 0; place < rows.width; place++) weights[place]! *= scale[place]!
  return weights
}

/** |ln of how much more of one class a place has|, mixed with 1. */
function spreadOf({ starts, places, values, width }: Rows, positive: Uint8Array, share: number): Float32Array {
  const count = positive.length
  const positives = positive.reduce((sum, one) => sum + one, 0)
  const inside = new Float64Array(width).fill(positives / count)
  const outside = new Float64Array(width).fill((count - positives) / count)
  for (let row = 0; row < count; row++) {
    const into = positive[row] ? inside : outside
    for (let i = starts[row]!; i < starts[row + 1]!; i++) into[places[i]!]! += values[i]!
  }
  const total = (of: Float64Array) => of.reduce((sum, value) => sum + value, 0)
  const base = Math.log(total(inside) / total(outside))
  return Float32Array.from({ length: width }, (_, place) => {
    const difference = Math.log(inside[place]! / outside[place]!) - base
    return 1 - share + share * Math.abs(difference)
  })
}

function descend({ starts, places, values, width }: Rows, positive: Uint8Array, options: SolverOptions): Float32Array {
  const count = positive.length
  const positives = positive.reduce((sum, one) => sum + one, 0)
  const weightOfPositive = Math.max(1, ((count - positives) / positives) ** options.classPower)
  const weights = new Float32Array(width + 1)
  const squares = new Float64Array(count)
  // Each row has a dual variable between 0 and its cost; the other side of it is kept too, because near a bound only one is exact.
  const near = new Float64Array(count)
  const far = new Float64Array(count)
  const costOf = (row: number) => (positive[row] ? options.cost * weightOfPositive : options.cost)
  const move = (row: number, by: number) => {
    for (let i = starts[row]!; i < starts[row + 1]!; i++) weights[places[i]!]! += by * values[i]!
    weights[width]! += by
  }
  for (let row = 0; row < count; row++) {
    let square = 1
    for (let i = starts[row]!; i < starts[row + 1]!; i++) square += values[i]! ** 2
    squares[row] = square
    near[row] = Math.min(0.001 * costOf(row), 1e-8)
    far[row] = costOf(row) - near[row]!
    move(row, (positive[row] ? 1 : -1) * near[row]!)
  }
  const order = Int32Array.from({ length: count }, (_, i) => i)
  const random = randomOf(options.seed)
  for (let pass = 0; pass < options.passes; pass++) {
    shuffle(order, random)
    for (const row of order) {
      const sign = positive[row] ? 1 : -1
      let margin = weights[width]!
      for (let i = starts[row]!; i < starts[row + 1]!; i++) margin += weights[places[i]!]! * values[i]!
      const before = near[row]!
      bestOf({ near, far, row, cost: costOf(row), square: squares[row]!, margin: margin * sign })
      const by = near[row]! - before
      if (by !== 0) move(row, sign * by)
    }
  }
  return weights
}

interface Step {
  near: Float64Array
  far: Float64Array
  row: number
  cost: number
  square: number
  margin: number
}

const NEWTON_STEPS = 100
const EXACT_ENOUGH = 1e-2

/** The best value of one row's dual variable with all others fixed, by Newton's method from the side that is farther from its bound. */
function bestOf({ near, far, row, cost, square, margin }: Step): void {
  const fromFar = 0.5 * square * (far[row]! - near[row]!) + margin < 0
  const side = fromFar ? far : near
  const direction = fromFar ? -1 : 1
  const old = side[row]!
  let value = cost - old < 0.5 * cost ? 0.1 * old : old
  const slopeAt = (at: number) => square * (at - old) + direction * margin + Math.log(at / (cost - at))
  for (let step = 0, slope = slopeAt(value); step < NEWTON_STEPS && Math.abs(slope) >= EXACT_ENOUGH; step++) {
    const next = value - slope / (square + cost / ((cost - value) * value))
    value = next <= 0 ? value * 0.1 : next
    slope = slopeAt(value)
  }
  side[row] = value
  ;(fromFar ? near : far)[row] = cost - value
}

/** Numbers 0 to 1 that are the same for the same seed, on any machine. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1))
    const kept = order[i]!
    order[i] = order[other]!
    order[other] = kept
  }
}
