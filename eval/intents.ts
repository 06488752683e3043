/** Intents learnt from examples: how often the right one, and whether what is none of them is known as such. */

import { join } from 'node:path'
import { type Intents, learnIntents } from '../packages/analysis/src/intents/intents.ts'
import { partOf, readRows } from '../training/data.ts'
import type { Evaluation, Figure } from './evaluation.ts'

const SAMPLES = join(import.meta.dirname, 'data')

interface IntentRow {
  text: string
  intent: string
  split?: string
}

export const intents: Evaluation = {
  name: 'intents',
  about: 'intents from examples (CLINC150, banking77) and what is out of scope',
  async run({ data }) {
    return [...clinc(data), banking(data)]
  },
}

/** So many in scope may be refused. */
const FALSE_REJECTS = 0.03

function clinc(data: string): Figure[] {
  const known = readRows<IntentRow>(SAMPLES, 'intents/clinc150.jsonl')
  const given = readRows<IntentRow>(data, 'intents/clinc150.jsonl')
  const isVal = ({ split }: IntentRow) => split === 'val'
  const learnt = learn(known.filter(({ split }) => split === 'train'))
  // Without a test part the validation part is halved: the threshold comes from one half, the figures from the other.
  const test = given.filter(({ split }) => split?.includes('test'))
  const [forThreshold, measured] =
    test.length > 0
      ? [known.filter(isVal), test]
      : [
          known.filter((row) => isVal(row) && partOf(row.text, 2) === 0),
          given.filter((row) => (isVal(row) ? partOf(row.text, 2) === 1 : row.split === 'oos_val')),
        ]
  const margins = forThreshold
    .map(({ text }) => learnt.guess(text)[0]?.margin ?? Number.NEGATIVE_INFINITY)
    .sort((a, b) => a - b)
  const threshold = margins[Math.floor(margins.length * FALSE_REJECTS)]!
  const judged = measured.map((row) => ({ row, best: learnt.guess(row.text)[0] }))
  const isOut = ({ intent }: IntentRow) => intent === 'oos'
  const inside = judged.filter(({ row }) => !isOut(row))
  const outside = judged.filter(({ row }) => isOut(row))
  const right = inside.filter(({ row, best }) => best?.name === row.intent && best.margin >= threshold)
  const refused = outside.filter(({ best }) => !best || best.margin < threshold)
  const split = test.length > 0 ? 'CLINC150 test' : 'CLINC150 validation, the half the threshold did not see'
  return [
    figure(
      'clinc150.oosRecall',
      refused.length / outside.length,
      outside.length,
      split,
      0.72,
      'BERT of the paper 0.523',
    ),
    figure(
      'clinc150.inScopeAccuracy',
      right.length / inside.length,
      inside.length,
      split,
      0.9,
      'BERT of the paper 0.962',
    ),
  ]
}

function banking(data: string): Figure {
  const known = readRows<IntentRow>(SAMPLES, 'intents/banking77.jsonl')
  const given = readRows<IntentRow>(data, 'intents/banking77.jsonl')
  const texts = new Set(known.map(({ text }) => text))
  // Of the development data a tenth is kept apart; another folder may hold other questions.
  const isOther = given.every(({ text }) => !texts.has(text))
  const train = isOther ? known : known.filter(({ text }) => partOf(text, 10) > 0)
  const seen = new Set(train.map(({ text }) => text))
  const learnt = learn(train)
  const test = given.filter(({ text }) => !seen.has(text))
  const right = test.filter(({ text, intent }) => learnt.guess(text)[0]?.name === intent)
  return figure(
    'banking77.accuracy',
    right.length / test.length,
    test.length,
    'banking77, what was not learnt from',
    0.91,
    'paper 0.934',
  )
}

function learn(rows: IntentRow[]): Intents {
  const byName = Map.groupBy(rows, ({ intent }) => intent)
  return learnIntents([...byName].map(([name, of]) => ({ name, examples: of.map(({ text }) => text) })))
}

const figure = (
  metric: string,
  value: number,
  n: number,
  split: string,
  atLeast: number,
  baseline: string,
): Figure => ({
  metric,
  value,
  unit: '',
  n,
  split,
  baseline,
  goal: { atLeast },
})
