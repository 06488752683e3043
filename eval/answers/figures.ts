/** Sums up judged answers: over all, by language and by kind of question. */
import type { Figure } from '../evaluation.ts'
import type { Judged } from './measure.ts'

const KINDS = [
  ['plain', 'in other words'],
  ['typo', 'with typing mistakes'],
  ['two', 'two questions in one'],
  ['cross', 'in another language than the article'],
] as const
const LANGUAGES = [
  ['en', 'English'],
  ['de', 'German'],
  ['es', 'Spanish'],
] as const

type Measured = Pick<Figure, 'metric' | 'value' | 'goal' | 'unit'>

export function figuresOf(judged: Judged[], split: string): Figure[] {
  return measured(judged).map((one) => ({ ...one, n: judged.length, split, baseline: null }))
}

function measured(judged: Judged[]): Measured[] {
  const inScope = judged.filter(({ kind }) => kind !== 'out')
  const out = judged.filter(({ kind }) => kind === 'out')
  const times = judged.map(({ ms }) => ms).sort((a, b) => a - b)
  const two = inScope.filter(({ kind }) => kind === 'two')
  return [
    figure('right article first', share(inScope, right), { atLeast: 85 }),
    figure('out of scope refused', share(out, refused), { atLeast: 85 }),
    figure('in scope refused', share(inScope, refused), { atMost: 5 }),
    figure('time of an answer, 95th percentile', at(times, 0.95), { atMost: 50 }, 'ms'),
    figure('time of an answer, median', at(times, 0.5), null, 'ms'),
    figure(
      'two questions: both articles named',
      share(two, (one) => one.isComplete),
    ),
    ...LANGUAGES.flatMap(([code, name]) => [
      figure(`${name}: right article first`, share(inLanguage(inScope, code), right)),
      figure(`${name}: out of scope refused`, share(inLanguage(out, code), refused)),
      figure(`${name}: in scope refused`, share(inLanguage(inScope, code), refused)),
    ]),
    ...KINDS.flatMap(([kind, name]) => {
      const some = inScope.filter((one) => one.kind === kind)
      return [figure(`${name}: right first`, share(some, right)), figure(`${name}: refused`, share(some, refused))]
    }),
  ]
}

const right = (one: Judged): boolean => one.isRight
const refused = (one: Judged): boolean => one.isRefused
const inLanguage = (judged: Judged[], code: string): Judged[] => judged.filter(({ language }) => language === code)
const share = (of: Judged[], test: (one: Judged) => boolean): number => (100 * of.filter(test).length) / of.length
const at = (sorted: number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0

function figure(name: string, value: number, goal: Figure['goal'] = null, unit: Figure['unit'] = '%'): Measured {
  return { metric: `answers.${name}`, value: Math.round(value * 10) / 10, goal, unit }
}
