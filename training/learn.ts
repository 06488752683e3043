/** Trains a linear model on labelled texts and turns it into the bytes that packages/analysis reads. */
import { createHash } from 'node:crypto'
import type { FeatureOptions } from '../packages/analysis/src/model/features.ts'
import { type ModelHead, readModel } from '../packages/analysis/src/model/linear-model.ts'
import { type SolverOptions, solve } from '../packages/analysis/src/model/logistic.ts'
import { matrixOf } from '../packages/analysis/src/model/rows.ts'
import { partOf } from './data.ts'
import { bestThreshold } from './thresholds.ts'

export interface Example {
  text: string
  /** Any number of the model's labels. */
  labels: string[]
}

export interface Recipe {
  name: string
  labels: string[]
  features: FeatureOptions
  solver: SolverOptions
  /** A weight whose byte would be nearer to zero than this is zero: most are, and zeros pack well. */
  prune: number
  provenance: string
}

/** The bytes of a model; `thresholds` are 0.5 until chosen. */
export function learn(recipe: Recipe, examples: Example[], thresholds = recipe.labels.map(() => 0.5)): Uint8Array {
  const { rows, rarity } = matrixOf(
    examples.map(({ text }) => text),
    recipe.features,
  )
  const count = recipe.labels.length
  const bytes = new Int8Array(rows.width * count)
  const scales: number[] = []
  const biases: number[] = []
  for (const [label, name] of recipe.labels.entries()) {
    const positive = Uint8Array.from(examples, ({ labels }) => (labels.includes(name) ? 1 : 0))
    const weights = solve(rows, positive, recipe.solver)
    const largest = weights.subarray(0, rows.width).reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9)
    for (let place = 0; place < rows.width; place++)
      bytes[place * count + label] = toByte(weights[place]! / largest, recipe.prune)
    scales.push(rounded(largest))
    biases.push(rounded(weights[rows.width]!))
    process.stderr.write(`\r${recipe.name}: ${label + 1} of ${count} labels `)
  }
  process.stderr.write('\n')
  return pack(recipe, { scales, biases, thresholds }, rarity, new Uint8Array(bytes.buffer))
}

function pack(
  { name, features, labels, provenance }: Recipe,
  learnt: Pick<ModelHead, 'scales' | 'biases' | 'thresholds'>,
  rarity: Uint8Array,
  weights: Uint8Array,
): Uint8Array {
  const told = { name, features, labels, ...learnt, provenance }
  const version = createHash('sha256').update(JSON.stringify(told)).update(weights).digest('hex').slice(0, 12)
  const head: ModelHead = { ...told, version }
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), rarity, weights])
}

/** Chooses the thresholds on a tenth of the examples that a first model does not see; the second learns from all of them. */
export function learnWithThresholds(recipe: Recipe, examples: Example[]): Uint8Array {
  const isHeldBack = ({ text }: Example) => partOf(`${text}  `, 10) === 0
  const first = readModel(
    learn(
      recipe,
      examples.filter((one) => !isHeldBack(one)),
    ),
  )
  const heldBack = examples.filter(isHeldBack).map(({ text, labels }) => ({ labels, scores: first.score(text) }))
  const thresholds = recipe.labels.map((label, i) =>
    bestThreshold(heldBack.map(({ labels, scores }) => ({ is: labels.includes(label), score: scores[i]! }))),
  )
  return withThresholds(learn(recipe, examples), recipe, thresholds)
}

/** The same weights with other thresholds. */
function withThresholds(bytes: Uint8Array, recipe: Recipe, thresholds: number[]): Uint8Array {
  const headEnd = bytes.indexOf(0x0a)
  const { scales, biases } = JSON.parse(Buffer.from(bytes.subarray(0, headEnd)).toString()) as ModelHead
  const places = 2 ** recipe.features.bits
  const rest = bytes.subarray(headEnd + 1)
  return pack(
    recipe,
    { scales, biases, thresholds: thresholds.map(rounded) },
    rest.subarray(0, places),
    rest.subarray(places),
  )
}

function toByte(share: number, prune: number): number {
  const byte = Math.round(Math.sign(share) * Math.sqrt(Math.abs(share)) * 127)
  return Math.abs(byte) < prune ? 0 : Math.max(-127, Math.min(127, byte))
}

/** Numbers in the head are short, and the same on any machine. */
const rounded = (value: number): number => Number(value.toPrecision(6))
