/** A trained linear model: one weight of eight bits for each place and label, read from the file that bin/train writes. */
import { type FeatureOptions, type Features, featuresOf } from './features.ts'

/** The head of a model file, as JSON in one line. */
export type ModelHead = {
  name: string
  /** Of the weights: what is trained anew under the same name gets another one. */
  version: string
  features: FeatureOptions
  labels: string[]
  /** Per label: the largest weight, which the byte 127 stands for. */
  scales: number[]
  /** Per label: added to what the places say. */
  biases: number[]
  /** Per label: from this probability on the label is given. */
  thresholds: number[]
  /** Which data, under which licence, how. */
  provenance: string
}

export type LinearModel = {
  head: ModelHead
  /** The probability of each label, in the order of the head. */
  score(text: string): Float32Array
  /** The same of features that were made by its options: two models of the same options need them only once. */
  scoreFeatures(features: Features): Float32Array
}

/** A byte stands for the square of its share: small weights, of which there are most, stay apart. */
export const LEVELS = Float32Array.from({ length: 256 }, (_, byte) => {
  const share = (byte < 128 ? byte : byte - 256) / 127
  return Math.sign(share) * share * share
})

/** How rare a place is, as a byte: 0 for one that was not seen often enough to be learnt. */
export const RARITY_STEP = 1 / 20

/**
 * Reads the bytes of a model: the head and a line feed, then a byte of rarity for each place, then for each place a byte for each label.
 */
export const readModel = (bytes: Uint8Array): LinearModel => {
  const headEnd = bytes.indexOf(0x0a)
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, headEnd))) as ModelHead
  const places = 2 ** head.features.bits
  const rarity = bytes.subarray(headEnd + 1, headEnd + 1 + places)
  const weights = bytes.subarray(headEnd + 1 + places)
  if (weights.length !== places * head.labels.length)
    throw new Error(`The model ${head.name} has ${weights.length} weights, not ${places} × ${head.labels.length}.`)
  const scoreFeatures = (features: Features) => score(features, head, rarity, weights)
  return { head, scoreFeatures, score: (text) => scoreFeatures(featuresOf(text, head.features)) }
}

const score = (
  { places, amounts }: Features,
  head: ModelHead,
  rarity: Uint8Array,
  weights: Uint8Array,
): Float32Array => {
  const count = head.labels.length
  const sums = new Float32Array(count)
  let squares = 0
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!
    const amount = amounts[i]! * rarity[place]!
    if (amount === 0) continue
    squares += amount * amount
    const from = place * count
    for (let label = 0; label < count; label++) sums[label]! += amount * LEVELS[weights[from + label]!]!
  }
  const length = squares > 0 ? 1 / Math.sqrt(squares) : 0
  for (let label = 0; label < count; label++)
    sums[label] = 1 / (1 + Math.exp(-(sums[label]! * length * head.scales[label]! + head.biases[label]!)))
  return sums
}
