/** Questions grouped as they come: of two that mean the same, whether they are one; of two that are one, whether they mean the same. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Groups } from '../apps/server/src/insights/group-questions.ts'
import { readTerms } from '../apps/server/src/insights/read-terms.ts'
import { partOf, readRows } from '../training/data.ts'
import type { Evaluation, Figure } from './evaluation.ts'

const SAMPLES = join(import.meta.dirname, 'data')
const INTENTS = 40
const OF_EACH = 10

interface IntentRow {
  text: string
  intent: string
  split?: string
}

export const groups: Evaluation = {
  name: 'groups',
  about: 'questions grouped one after the other, against the intents of CLINC150 and banking77',
  async run() {
    const clinc = readRows<IntentRow>(SAMPLES, 'intents/clinc150.jsonl').filter(({ split }) => split === 'val')
    const banking = readRows<IntentRow>(SAMPLES, 'intents/banking77.jsonl').filter(({ text }) => partOf(text, 10) === 0)
    return [
      ...measure('clinc150', clinc, 'CLINC150 validation; the threshold was chosen on its training part'),
      ...measure('banking77', banking, 'banking77, a tenth; some of it was seen when the threshold was chosen'),
    ]
  },
}

function measure(name: string, rows: IntentRow[], split: string): Figure[] {
  const asked = sampled(rows)
  const joined = group(asked.map(({ text }) => text))
  let same = 0
  let wrong = 0
  let missed = 0
  for (let i = 0; i < asked.length; i++)
    for (let j = 0; j < i; j++) {
      const alike = asked[i]!.intent === asked[j]!.intent
      const together = joined[i] === joined[j]
      if (alike && together) same++
      else if (together) wrong++
      else if (alike) missed++
    }
  const figure = (what: string, value: number): Figure => ({
    metric: `groups.${name}.${what}`,
    value,
    unit: '',
    n: asked.length,
    split,
    baseline: null,
    goal: null,
  })
  return [figure('pairPrecision', same / (same + wrong)), figure('pairF1', (2 * same) / (2 * same + wrong + missed))]
}

function group(texts: string[]): string[] {
  const all = new Groups()
  return texts.map((text, i) => {
    const terms = readTerms(text, 'en')
    const id = all.nearest(terms)?.id ?? String(i)
    all.add(id, terms)
    return id
  })
}

/** Always the same ones, in an order that has nothing to do with what they mean. */
function sampled(rows: IntentRow[]): IntentRow[] {
  const ordered = rows.toSorted((a, b) => (hash(a.text) < hash(b.text) ? -1 : 1))
  const chosen = [...new Set(ordered.map(({ intent }) => intent))].slice(0, INTENTS)
  return chosen
    .flatMap((intent) => ordered.filter((row) => row.intent === intent).slice(0, OF_EACH))
    .toSorted((a, b) => (hash(a.text) < hash(b.text) ? -1 : 1))
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
