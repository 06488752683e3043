/** The 28 labels of GoEmotions and their three groups, from its training part alone; thresholds by a tenth that is held back. */

import { readRows } from './data.ts'
import { type Example, learnWithThresholds, type Recipe } from './learn.ts'

export const POSITIVE =
  'admiration amusement approval caring desire excitement gratitude joy love optimism pride relief'.split(' ')
export const NEGATIVE =
  'anger annoyance disappointment disapproval disgust embarrassment fear grief nervousness remorse sadness'.split(' ')
export const AMBIGUOUS = 'confusion curiosity realization surprise'.split(' ')

export interface EmotionRow {
  text: string
  labels: string[]
}

/** The groups a row belongs to, beside its labels. */
export const groupsOf = (labels: string[]): string[] => [
  ...(labels.some((label) => POSITIVE.includes(label)) ? ['positive'] : []),
  ...(labels.some((label) => NEGATIVE.includes(label)) ? ['negative'] : []),
  ...(labels.some((label) => AMBIGUOUS.includes(label)) ? ['ambiguous'] : []),
]

const EMOTIONS: Recipe = {
  name: 'emotions',
  labels: [...POSITIVE, ...NEGATIVE, ...AMBIGUOUS, 'neutral'],
  features: { bits: 18, pieces: [3, 5], words: true, negation: true, shape: true, lexicon: true },
  solver: { cost: 1, classPower: 0.5, bayes: 0.3, passes: 10, seed: 20261121 },
  prune: 20,
  provenance:
    'GoEmotions, training part (google-research, CC BY 4.0, by monologg/GoEmotions-pytorch @b75f9d3): 43,410 comments. ' +
    'Thresholds chosen on a tenth of it that a first model did not see.',
}

/** The groups have more rows than any label, and keep more of their small weights. */
const GROUPS: Recipe = {
  ...EMOTIONS,
  name: 'emotion-groups',
  labels: ['positive', 'negative', 'ambiguous', 'neutral'],
  prune: 10,
}

export const trainEmotions = (folder: string): Uint8Array => train(EMOTIONS, folder)
export const trainEmotionGroups = (folder: string): Uint8Array => train(GROUPS, folder)

function train(recipe: Recipe, folder: string): Uint8Array {
  const rows = readRows<EmotionRow>(folder, 'emotions/goemotions_train.jsonl')
  const examples: Example[] = rows.map(({ text, labels }) => ({ text, labels: [...labels, ...groupsOf(labels)] }))
  return learnWithThresholds(recipe, examples)
}
