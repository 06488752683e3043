/** GoEmotions: 28 labels, the four groups, and positive, neutral or negative, with the size and the time of the model. */
import { statSync } from 'node:fs'
import { loadModel } from '../packages/analysis/src/model/load-model.ts'
import { hasRows, readRows } from '../training/data.ts'
import { type EmotionRow, groupsOf } from '../training/emotions.ts'
import type { Evaluation, Figure } from './evaluation.ts'
import { macroF1 } from './scores.ts'

const GROUPS = ['positive', 'negative', 'ambiguous', 'neutral']

export const emotions: Evaluation = {
  name: 'emotions',
  about: 'the 28 labels of GoEmotions, their four groups, three tones',
  async run({ data }) {
    const file = hasRows(data, 'emotions/goemotions_test.jsonl') ? 'goemotions_test' : 'goemotions_dev'
    return measure(readRows<EmotionRow>(data, `emotions/${file}.jsonl`), file.replace('_', ' '))
  },
}

function measure(rows: EmotionRow[], split: string): Figure[] {
  const model = loadModel('emotions')
  const { labels, thresholds } = model.head
  const began = performance.now()
  const scored = rows.map((row) => ({ row, scores: model.score(row.text) }))
  const microseconds = ((performance.now() - began) / rows.length) * 1000
  const given = (scores: Float32Array, label: string) => {
    const at = labels.indexOf(label)
    return scores[at]! >= thresholds[at]!
  }
  const n = rows.length
  const emotion28 = labels.filter((label) => label === 'neutral' || !GROUPS.includes(label))
  const byLabel = emotion28.map((label) =>
    scored.map(({ row, scores }) => ({ is: row.labels.includes(label), said: given(scores, label) })),
  )
  const byGroup = GROUPS.map((group) =>
    scored.map(({ row, scores }) => ({
      is: group === 'neutral' ? row.labels.includes('neutral') : groupsOf(row.labels).includes(group),
      said: given(scores, group),
    })),
  )
  const size = statSync(new URL('../packages/analysis/data/emotions.model.gz', import.meta.url)).size
  const measured = { n, split, unit: '' as const }
  return [
    {
      ...measured,
      metric: 'goemotions.macroF1',
      value: macroF1(byLabel),
      baseline: 'BERT of the paper 0.46',
      goal: { atLeast: 0.48 },
    },
    {
      ...measured,
      metric: 'tone.macroF1',
      value: macroF1(byGroup),
      baseline: 'BERT of the paper 0.69',
      goal: { atLeast: 0.67 },
    },
    threeWay(scored, labels, split),
    { ...measured, metric: 'goemotions.time', value: microseconds, unit: 'µs', baseline: null, goal: { atMost: 150 } },
    {
      ...measured,
      metric: 'goemotions.size',
      value: size / 1e6,
      unit: 'MB',
      n: 1,
      baseline: null,
      goal: { atMost: 1 },
    },
  ]
}

/** Rows of one tone only; what is ambiguous has none. */
function threeWay(scored: { row: EmotionRow; scores: Float32Array }[], labels: string[], split: string): Figure {
  const tones = ['positive', 'neutral', 'negative']
  const rows = scored.flatMap(({ row, scores }) => {
    const groups = [...groupsOf(row.labels), ...(row.labels.includes('neutral') ? ['neutral'] : [])]
    return groups.length === 1 && groups[0] !== 'ambiguous' ? [{ is: groups[0]!, scores }] : []
  })
  const said = rows.map(({ is, scores }) => {
    const of = (tone: string) => scores[labels.indexOf(tone)]!
    return { is, said: tones.reduce((best, tone) => (of(tone) > of(best) ? tone : best)) }
  })
  return {
    metric: 'tone.threeWay.macroF1',
    value: macroF1(tones.map((tone) => said.map((one) => ({ is: one.is === tone, said: one.said === tone })))),
    n: rows.length,
    split,
    unit: '',
    baseline: 'word list 0.604',
    goal: { atLeast: 0.71 },
  }
}
