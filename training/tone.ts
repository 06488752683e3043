/** Positive or negative in 42 languages, from the film lines of XED: for messages in a language without labelled emotions. */
import { partOf, readRows } from './data.ts'
import { type Example, learnWithThresholds, type Recipe } from './learn.ts'

export interface ToneRow {
  text: string
  lang: string
  tone: 'positive' | 'negative' | 'mixed' | 'neutral'
}

/** A fifth of the lines, by their words, is never trained on: bin/eval measures on it. */
export const isKeptApart = ({ text }: ToneRow): boolean => partOf(text, 5) === 0

const RECIPE: Recipe = {
  name: 'tone',
  labels: ['positive', 'negative'],
  features: { bits: 19, pieces: [2, 5], words: true, negation: false, shape: false, lexicon: false },
  solver: { cost: 2, classPower: 0.3, bayes: 0, passes: 8, seed: 20261121 },
  prune: 12,
  provenance:
    'XED, film subtitles in 42 languages (Helsinki-NLP, CC BY 4.0): four fifths of the lines. ' +
    'Thresholds chosen on a tenth of these that a first model did not see.',
}

export function trainTone(folder: string): Uint8Array {
  const rows = readRows<ToneRow>(folder, 'tone/xed_multilingual.jsonl').filter((row) => !isKeptApart(row))
  const examples: Example[] = rows
    .filter(({ tone }) => tone !== 'mixed')
    .map(({ text, tone }) => ({ text, labels: tone === 'neutral' ? [] : [tone] }))
  return learnWithThresholds(RECIPE, examples)
}
