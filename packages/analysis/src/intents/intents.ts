/** What a contact wants, of the intents a workspace has named by examples, or that it is none of them. Learnt when it is asked for. */
import { type FeatureOptions, featuresOf } from '../model/features.ts'
import { RARITY_STEP } from '../model/linear-model.ts'
import { type SolverOptions, solve } from '../model/logistic.ts'
import { matrixOf } from '../model/rows.ts'

export type IntentExamples = {
  name: string
  /** Five say a lot, a hundred say more. */
  examples: readonly string[]
}

export type GuessedIntent = {
  name: string
  /**
   * How far inside it lies: the distance to the border of its examples against all others. A text of no intent lies outside of every
   * border, which a share over all intents would hide.
   */
  margin: number
}

export type Intents = {
  names: string[]
  /** The nearest first; empty when nothing of the text was in any example. */
  guess(text: string): GuessedIntent[]
}

const FEATURES: FeatureOptions = {
  bits: 16,
  pieces: [3, 5],
  words: true,
  negation: false,
  shape: false,
  lexicon: false,
}
const SOLVER: SolverOptions = { cost: 8, classPower: 0.5, bayes: 0, passes: 10, seed: 20261121 }

/** A hundred and fifty intents of a hundred examples each take some seconds; ten of five a few milliseconds. */
export const learnIntents = (intents: readonly IntentExamples[], least = leastTexts(intents)): Intents => {
  const rows = intents.flatMap(({ examples }, of) => examples.map((text) => ({ text, of })))
  const { rows: matrix, rarity } = matrixOf(
    rows.map(({ text }) => text),
    FEATURES,
    least,
  )
  const weights = intents.map((_, of) =>
    solve(
      matrix,
      Uint8Array.from(rows, (row) => (row.of === of ? 1 : 0)),
      SOLVER,
    ),
  )
  return {
    names: intents.map(({ name }) => name),
    guess(text) {
      const found = vectorOf(text, rarity)
      if (found.places.length === 0) return []
      return intents
        .map(({ name }, of) => ({ name, margin: marginOf(found, weights[of]!) }))
        .sort((a, b) => b.margin - a.margin)
    },
  }
}

/** With few examples a word that only one of them has may be the one that tells. */
const leastTexts = (intents: readonly IntentExamples[]): number =>
  intents.reduce((sum, { examples }) => sum + examples.length, 0) < 2000 ? 1 : 2

type Vector = { places: Int32Array; values: Float32Array }

const vectorOf = (text: string, rarity: Uint8Array): Vector => {
  const { places, amounts } = featuresOf(text, FEATURES)
  const known = places.filter((place) => rarity[place]! > 0)
  const values = Float32Array.from(places, (place, i) => amounts[i]! * rarity[place]! * RARITY_STEP).filter(
    (value) => value > 0,
  )
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
  return { places: known, values: values.map((value) => value / length) }
}

const marginOf = ({ places, values }: Vector, weights: Float32Array): number => {
  let margin = weights.at(-1)!
  for (let i = 0; i < places.length; i++) margin += values[i]! * weights[places[i]!]!
  return margin
}
