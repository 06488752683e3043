/** GoEmotions: 28 labels, the four groups, and positive, neutral or negative, with the size and the time of the model. */
import { statSync } from 'node:fs'
import type { LinearModel } from '../packages/analysis/src/model/linear-model.ts'
import { loadModel } from '../packages/analysis/src/model/load-model.ts'
import { hasRows, readRows } from '../training/data.ts'
import { type EmotionRow, groupsOf } from '../training/emotions.ts'
import type { Evaluation, Figure } from './evaluation.ts'
import { macroF1 } from './scores.ts'

export const emotions: Evaluation = {
  name: 'emotions',
  about: 'the 28 labels of GoEmotions, their four groups, three tones',
  async run({ data }) {
    const file = hasRows(data, 'emotions/goemotions_test.jsonl') ? 'goemotions_test' : 'goemotions_dev'
    const rows = readRows<EmotionRow>(data, `emotions/${file}.jsonl`)
    return measure(rows).map((one) => ({ ...one, n: rows.length, split: file.replace('_', ' ') }))
  },
}

type Measured = Omit<Figure, 'n' | 'split'>

function measure(rows: EmotionRow[]): Measured[] {
  const emotions = loadModel('emotions')
  const groups = loadModel('emotion-groups')
  for (const { text } of rows.slice(0, 500)) emotions.score(text)
  // What it costs, whoever else uses the machine.
  const began = process.cpuUsage()
  const scores = rows.map(({ text }) => emotions.score(text))
  const { user, system } = process.cpuUsage(began)
  const microseconds = (user + system) / rows.length
  const groupScores = rows.map(({ text }) => groups.score(text))
  const withGroups = rows.map(({ labels }) => [...labels, ...groupsOf(labels)])
  const size = statSync(new URL('../packages/analysis/data/emotions.model.gz', import.meta.url)).size
  const share = { unit: '' as const }
  return [
    {
      ...share,
      metric: 'goemotions.macroF1',
      value: f1OfLabels(emotions, scores, withGroups),
      baseline: 'BERT of the paper 0.46',
      goal: { atLeast: 0.48 },
    },
    {
      ...share,
      metric: 'tone.macroF1',
      value: f1OfLabels(groups, groupScores, withGroups),
      baseline: 'BERT of the paper 0.69',
      goal: { atLeast: 0.67 },
    },
    {
      ...share,
      metric: 'tone.threeWay.macroF1',
      value: f1OfThree(groups, groupScores, withGroups),
      baseline: 'word list 0.604',
      goal: { atLeast: 0.71 },
    },
    { metric: 'goemotions.time', value: microseconds, unit: 'µs', baseline: null, goal: { atMost: 150 } },
    { metric: 'goemotions.size', value: size / 1e6, unit: 'MB', baseline: null, goal: { atMost: 1 } },
  ]
}

/** Every label given from its threshold on. */
function f1OfLabels({ head }: LinearModel, scores: Float32Array[], labels: string[][]): number {
  return macroF1(
    head.labels.map((label, at) =>
      scores.map((of, row) => ({ is: labels[row]!.includes(label), said: of[at]! >= head.thresholds[at]! })),
    ),
  )
}

const THREE = ['positive', 'neutral', 'negative']

/** Rows of one tone only, by the largest score; what is ambiguous has none. */
function f1OfThree({ head }: LinearModel, scores: Float32Array[], labels: string[][]): number {
  const rows = scores.flatMap((of, row) => {
    const are = head.labels.filter((label) => labels[row]!.includes(label))
    const score = (label: string) => of[head.labels.indexOf(label)]!
    const said = THREE.reduce((best, label) => (score(label) > score(best) ? label : best))
    return are.length === 1 && are[0] !== 'ambiguous' ? [{ is: are[0]!, said }] : []
  })
  return macroF1(THREE.map((tone) => rows.map(({ is, said }) => ({ is: is === tone, said: said === tone }))))
}
