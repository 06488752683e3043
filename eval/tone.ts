/** XED: positive or negative in languages other than English, each measured alone. */
import { toneModel } from '../packages/analysis/src/model/models.ts'
import { hasRows, readRows } from '../training/data.ts'
import { isKeptApart, type ToneRow } from '../training/tone.ts'
import type { Evaluation, Figure } from './evaluation.ts'

const LANGUAGES = ['es', 'fr', 'pt', 'it', 'de']
const FILE = 'tone/xed_multilingual.jsonl'

export const tone: Evaluation = {
  name: 'tone',
  about: 'positive or negative in Spanish, French, Portuguese, Italian and German',
  async run({ data }) {
    if (!hasRows(data, FILE)) return []
    const lines = readRows<ToneRow>(data, FILE)
    // Of the development data only what was never trained on; another folder may hold other lines.
    const unseen = lines.filter(isKeptApart)
    const { score } = toneModel()
    const figures = LANGUAGES.map((lang): Figure => {
      const rows = unseen.filter((row) => row.lang === lang && (row.tone === 'positive' || row.tone === 'negative'))
      const right = rows.filter((row) => {
        const [positive = 0, negative = 0] = score(row.text)
        return positive > negative === (row.tone === 'positive')
      })
      return figure(`tone.${lang}.accuracy`, right.length / rows.length, rows.length, null)
    })
    const mean = figures.reduce((sum, { value }) => sum + value, 0) / figures.length
    const n = figures.reduce((sum, one) => sum + one.n, 0)
    return [figure('tone.european.accuracy', mean, n, { atLeast: 0.7 }), ...figures]
  },
}

const figure = (metric: string, value: number, n: number, goal: Figure['goal']): Figure => ({
  metric,
  value,
  unit: '',
  n,
  split: 'XED, a fifth of the lines kept apart',
  baseline: null,
  goal,
})
