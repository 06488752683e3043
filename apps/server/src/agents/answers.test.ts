/** Holds what the embedded answerer reaches on the tuning questions of eval/answers; `bin/eval answers` measures the ones kept apart. */
import { defaultAgentConfig } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillKnowledge, measure } from '../../../../eval/answers/measure.ts'
import { readQuestions } from '../../../../eval/answers/read-set.ts'
import { searchKnowledge } from '../knowledge/index.ts'
import { transact } from '../platform/context.ts'
import { startTestApp, type TestApp } from '../test/app.ts'
import type { Said } from './answer.ts'
import { answerEmbedded } from './answer-embedded.ts'

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
  expect(inScope.filter(({ isRefused }) => isRefused).length / inScope.length).toBeLessThanOrEqual(0.08)
  expect(out.filter(({ isRefused }) => isRefused).length / out.length).toBeGreaterThanOrEqual(0.78)
})

test('a German question is answered from an English article when no German one speaks of it', async () => {
  const { citations } = await ask('Kann ich meinen Outlook-Kalender verbinden?')
  expect(citations.map(({ articleId }) => keys.get(articleId))).toEqual(['en-calendar'])
})

test('a message with a word that no article knows is not taken for a follow-up', async () => {
  const asked = 'How do I wash my rain jacket?'
  const history: Said[] = [
    { position: 1, author: 'contact', name: null, text: asked, note: null },
    { position: 2, author: 'agent', name: null, text: 'In water.', note: { kind: 'answer', question: asked } },
  ]
  expect((await ask('Do you sell torpedoes?', history)).note?.kind).toBe('not_found')
  expect((await ask('and in the dryer?', history)).citations.map(({ articleId }) => keys.get(articleId))).toEqual([
    'en-care',
  ])
})

const ask = (text: string, history: Said[] = []) =>
  answerEmbedded({
    agent: { id: 'a', name: 'Ada', company: null, config: defaultAgentConfig('Ada') },
    history,
    unanswered: [{ position: 3, author: 'contact', name: null, text, note: null }],
    search: (question, limit) => transact(app.north.ctx, (tx) => searchKnowledge(tx, question, limit ? { limit } : {})),
  })
