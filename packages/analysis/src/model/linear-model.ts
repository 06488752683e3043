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
const LEVELS = Float32Array.from({ length: 256 }, (_, byte) => {
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
  const rarity = bytes.slice(headEnd + 1, headEnd + 1 + places)
  const weights = bytes.subarray(headEnd + 1 + places)
  if (weights.length !== places * head.labels.length)
    throw new Error(`The model ${head.name} has ${weights.length} weights, not ${places} × ${head.labels.length}.`)
  const kept = keep(weights, places, head.labels.length)
  const scoreFeatures = (features: Features) => score(features, head, rarity, kept)
  return { head, scoreFeatures, score: (text) => scoreFeatures(featuresOf(text, head.features)) }
}

/** The weights that are not zero, place after place: of seven only one is. */
type Kept = { starts: Uint32Array; labels: Uint8Array; weights: Uint8Array }

const keep = (all: Uint8Array, places: number, count: number): Kept => {
  const size = all.reduce((sum, weight) => (weight === 0 ? sum : sum + 1), 0)
  const kept: Kept = {
    starts: new Uint32Array(places + 1),
    labels: new Uint8Array(size),
    weights: new Uint8Array(size),
  }
  let at = 0
  for (let place = 0; place < places; place++) {
    for (let label = 0; label < count; label++) {
      const weight = all[place * count + label]!
      if (weight === 0) continue
      kept.labels[at] = label
      kept.weights[at++] = weight
    }
    kept.starts[place + 1] = at
  }
  return kept
}

const score = ({ places, amounts }: Features, head: ModelHead, rarity: Uint8Array, kept: Kept): Float32Array => {
  const { starts, labels, weights } = kept
  const sums = new Float32Array(head.labels.length)
  let squares = 0
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!
    const amount = amounts[i]! * rarity[place]!
    if (amount === 0) continue
    squares += amount * amount
    const end = starts[place + 1]!
    for (let at = starts[place]!; at < end; at++) sums[labels[at]!]! += amount * LEVELS[weights[at]!]!
  }
  const length = squares > 0 ? 1 / Math.sqrt(squares) : 0
  for (let label = 0; label < sums.length; label++)
    sums[label] = 1 / (1 + Math.exp(-(sums[label]! * length * head.scales[label]! + head.biases[label]!)))
  return sums
}
