/** No figure of the analyser may fall by more than a hundredth below what eval/reached.json says it has reached on the samples. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { couldNot } from './could-not-help.ts'
import { emotions } from './emotions.ts'
import { ids } from './ids.ts'
import { reviews } from './reviews.ts'
import { summaries } from './summaries.ts'
import { tone } from './tone.ts'

const data = join(import.meta.dirname, 'data')
const reached: Record<string, number> = JSON.parse(readFileSync(join(import.meta.dirname, 'reached.json'), 'utf8'))

test.each([emotions, tone, couldNot, reviews, summaries, ids])('$name is as good as it was', async (evaluation) => {
  const figures = await evaluation.run({ data, part: 'test', misses: false })
  // How long it takes is for bin/eval on a quiet machine.
  const shares = figures.filter(({ unit }) => unit === '' || unit === '%' || unit === 'MB' || unit === 'facts')
  expect(shares.length).toBeGreaterThan(0)
  for (const { metric, value, unit } of shares) {
    const was = reached[metric]
    expect(was, `eval/reached.json names ${metric}`).toBeDefined()
    if (unit === 'MB' || unit === 'facts') expect(value, metric).toBeLessThanOrEqual(was! + 0.01)
    else expect(value, metric).toBeGreaterThanOrEqual(was! - 0.01)
  }
})
