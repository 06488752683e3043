/** Labelled texts as the rows of a matrix: n-grams weighed by how rare they are, each row of length one. */
import { type FeatureOptions, featuresOf } from './features.ts'
import { RARITY_STEP } from './linear-model.ts'
import type { Rows } from './logistic.ts'

export type Matrix = {
  rows: Rows
  /** A byte per place, in steps of RARITY_STEP: what the model will multiply with too. */
  rarity: Uint8Array
}

/** A place that fewer than `least` texts have says nothing certain. */
export const matrixOf = (texts: string[], options: FeatureOptions, least = 2): Matrix => {
  const width = 2 ** options.bits
  const all = texts.map((text) => featuresOf(text, options))
  const seenIn = new Int32Array(width)
  for (const { places } of all) for (const place of places) seenIn[place]!++
  const rarity = Uint8Array.from(seenIn, (count) =>
    count < least ? 0 : Math.min(255, Math.round((Math.log((1 + texts.length) / (1 + count)) + 1) / RARITY_STEP)),
  )
  const size = all.reduce((sum, { places }) => sum + places.length, 0)
  const rows: Rows = {
    starts: new Int32Array(texts.length + 1),
    places: new Int32Array(size),
    values: new Float32Array(size),
    width,
  }
  let at = 0
  for (const [row, { places, amounts }] of all.entries()) {
    let squares = 0
    for (let i = 0; i < places.length; i++) squares += (amounts[i]! * rarity[places[i]!]!) ** 2
    const length = squares > 0 ? 1 / Math.sqrt(squares) : 0
    for (let i = 0; i < places.length; i++) {
      const value = amounts[i]! * rarity[places[i]!]! * length
      if (value === 0) continue
      rows.places[at] = places[i]!
      rows.values[at++] = value
    }
    rows.starts[row + 1] = at
  }
  return { rows: { ...rows, places: rows.places.subarray(0, at), values: rows.values.subarray(0, at) }, rarity }
}
