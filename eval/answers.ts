/** The embedded answerer on 154 articles in three languages: right article first, strangers refused, how fast. */
import { figuresOf } from './answers/figures.ts'
import { type Judged, measure } from './answers/measure.ts'
import { type Part, readQuestions } from './answers/read-set.ts'
import { withKnowledge } from './answers/stage.ts'
import type { Evaluation } from './evaluation.ts'

export const answers: Evaluation = {
  name: 'answers',
  about: 'the embedded answerer: right article first, out of scope refused, time of an answer',
  async run({ part, misses }) {
    const judged = await askAll(part)
    if (misses) for (const one of judged.filter((question) => !isGood(question))) process.stdout.write(missOf(one))
    return figuresOf(judged, `${part} questions`)
  },
}

const askAll = (part: Part): Promise<Judged[]> =>
  withKnowledge(async (ctx, keys) => {
    // The first questions pay for opening connections and compiling statements, as a service has done when it is asked.
    await measure(ctx, keys, readQuestions('tuning').slice(0, 5))
    return measure(ctx, keys, readQuestions(part))
  })

const isGood = (one: Judged): boolean => (one.kind === 'out' ? one.isRefused : one.isRight)

const missOf = ({ language, kind, score, text, keys, named }: Judged): string =>
  `${language} ${kind.padEnd(5)} ${score.toFixed(2)}  ${text}\n        wanted ${keys.map((some) => some.join(' or ')).join(' + ') || 'none'}, named ${named.join(', ') || 'none'}\n`
