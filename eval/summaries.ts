/** Summaries against the golden conversations: facts that must be told, and whatever is told that nobody said. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { analyzeEmbedded } from '../packages/analysis/src/embedded.ts'
import type { Evaluation, Figure } from './evaluation.ts'
import { type Golden, readGolden } from './golden.ts'

const FOLDER = join(import.meta.dirname, 'data/golden')

interface Judged {
  golden: Golden
  summary: string
  told: RegExp[]
  missing: RegExp[]
  invented: string[]
}

export const summaries: Evaluation = {
  name: 'summaries',
  about: 'facts told and invented, in sixty conversations of five languages',
  async run({ part, misses }) {
    const judged = readdirSync(join(FOLDER, part))
      .sort()
      .flatMap((file) => readGolden(readFileSync(join(FOLDER, part, file), 'utf8')))
      .map(judge)
    if (misses) for (const one of judged) print(one)
    const languages = [...new Set(judged.map(({ golden }) => golden.id.slice(0, 2)))]
    const split = part === 'test' ? 'golden, the half kept aside' : 'golden, the half that is tuned on'
    return [
      recall('summaries.facts.recall', judged, split, { atLeast: 0.8 }),
      ...languages.map((language) =>
        recall(
          `summaries.${language}.recall`,
          judged.filter(({ golden }) => golden.id.startsWith(language)),
          split,
          null,
        ),
      ),
      {
        metric: 'summaries.facts.invented',
        value: judged.reduce((sum, { invented }) => sum + invented.length, 0),
        unit: 'facts',
        n: judged.length,
        split,
        baseline: null,
        goal: { atMost: 0 },
      },
    ]
  },
}

function judge(golden: Golden): Judged {
  const { summary, sessionSummary } = analyzeEmbedded(golden.snapshot, { reason: 'idle' })
  // Where there is too little for a summary of the conversation, the short one is all there is.
  const text = summary.value ?? sessionSummary.value ?? ''
  const both = `${text} ${sessionSummary.value ?? ''}`
  return {
    golden,
    summary: text,
    told: golden.facts.filter((fact) => fact.test(text)),
    missing: golden.facts.filter((fact) => !fact.test(text)),
    invented: [...golden.never.filter((fact) => fact.test(both)).map(String), ...unsaid(golden, both)],
  }
}

/** Figures, codes and names that stand nowhere in the conversation. The words of the templates begin sentences, or are the ones below. */
function unsaid({ said }: Golden, text: string): string[] {
  const figures = text.match(/[\p{L}\d]*\d[\p{L}\d.,:-]*/gu) ?? []
  const names = text.match(/(?<=[\p{Ll},;] )\p{Lu}[\p{L}'-]+/gu) ?? []
  return [...figures, ...names].map((word) => word.replace(/[.,:;]+$/u, '')).filter((word) => !said.includes(word))
}

function recall(metric: string, judged: Judged[], split: string, goal: Figure['goal']): Figure {
  const told = judged.reduce((sum, one) => sum + one.told.length, 0)
  const wanted = judged.reduce((sum, { golden }) => sum + golden.facts.length, 0)
  return { metric, value: told / wanted, unit: '', n: wanted, split, baseline: null, goal }
}

function print({ golden, summary, missing, invented }: Judged): void {
  if (missing.length === 0 && invented.length === 0) return
  process.stderr.write(`${golden.id}: ${summary}\n   missing ${missing.join(' ')}  invented ${invented.join(' ')}\n`)
}
