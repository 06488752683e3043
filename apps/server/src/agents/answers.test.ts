/** Holds what the embedded answerer reaches on the tuning questions of eval/answers; `bin/eval answers` measures the ones kept apart. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillKnowledge, measure } from '../../../../eval/answers/measure.ts'
import { readQuestions } from '../../../../eval/answers/read-set.ts'
import { startTestApp, type TestApp } from '../test/app.ts'

let app: TestApp
let keys: Map<string, string>
beforeAll(async () => {
  app = await startTestApp()
  await app.database.owner.query('delete from article where workspace_id = $1', [app.north.id])
  keys = await fillKnowledge(app.north.ctx)
})
afterAll(() => app.stop())

test('right articles first, strangers refused, few refused that an article answers', async () => {
  const judged = await measure(app.north.ctx, keys, readQuestions('tuning'))
  const inScope = judged.filter(({ kind }) => kind !== 'out')
  const out = judged.filter(({ kind }) => kind === 'out')
  expect(inScope.filter(({ isRight }) => isRight).length / inScope.length).toBeGreaterThanOrEqual(0.84)
  expect(inScope.filter(({ isRefused }) => isRefused).length / inScope.length).toBeLessThanOrEqual(0.07)
  expect(out.filter(({ isRefused }) => isRefused).length / out.length).toBeGreaterThanOrEqual(0.78)
})
