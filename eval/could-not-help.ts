/** Answers that say "I could not": of the sources learnt from what was kept apart, and of one that was not learnt from. */
import { couldNotHelp } from '../packages/analysis/src/signals/could-not-help.ts'
import { answersOf, isKeptApart } from '../training/could-not-help.ts'
import { hasRows } from '../training/data.ts'
import type { Evaluation, Figure } from './evaluation.ts'
import { precisionRecall } from './scores.ts'

const SOURCES: {
  source: string
  language: string
  learnt: boolean
  atLeast: number | null
  baseline: string | null
}[] = [
  { source: 'sgd', language: 'en', learnt: true, atLeast: 0.92, baseline: 'phrase list 0.602' },
  { source: 'star', language: 'en', learnt: true, atLeast: 0.96, baseline: 'phrase list 0.938' },
  { source: 'crosswoz_zh', language: 'zh', learnt: false, atLeast: null, baseline: null },
]

export const couldNot: Evaluation = {
  name: 'could-not-help',
  about: 'answers that could not find, do or know what was asked',
  async run({ data }) {
    return SOURCES.filter(({ source }) => hasRows(data, `conversations/${source}.jsonl`)).map((one): Figure => {
      const rows = answersOf(data, one.source).filter((row) => !one.learnt || isKeptApart(row))
      const { f1 } = precisionRecall(
        rows.map((row) => ({ is: row.couldNotHelp, said: couldNotHelp(row.text, one.language) !== null })),
      )
      return {
        metric: `couldNotHelp.${one.source}.f1`,
        value: f1,
        unit: '',
        n: rows.length,
        split: one.learnt ? `${one.source}, a fifth of the answers kept apart` : `${one.source}, not learnt from`,
        baseline: one.baseline,
        goal: one.atLeast === null ? null : { atLeast: one.atLeast },
      }
    })
  },
}
