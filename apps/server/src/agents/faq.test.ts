/** Measures the embedded answerer on a shop's questions: how many it answers from the right article, and how many strangers it declines. */
import { defaultAgentConfig } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createArticle, searchKnowledge } from '../knowledge/index.ts'
import { transact } from '../platform/context.ts'
import { startTestApp, type TestApp } from '../test/app.ts'
import { answerEmbedded } from './answer-embedded.ts'
import { ARTICLES, type Case, KNOWN, UNSEEN } from './faq.fixture.ts'

let app: TestApp
const keys = new Map<string, string>()
beforeAll(async () => {
  app = await startTestApp()
  await app.database.owner.query('delete from article where workspace_id = $1', [app.north.id])
  for (const { key, ...article } of ARTICLES)
    keys.set((await createArticle(app.north.ctx, { ...article, status: 'published' })).id, key)
})
afterAll(() => app.stop())

async function answers([text, ...wanted]: Case): Promise<boolean> {
  const answer = await answerEmbedded({
    agent: { id: 'a', name: 'Ada', company: null, config: defaultAgentConfig('Ada') },
    history: [],
    unanswered: [{ position: 1, author: 'contact', name: null, text, note: null }],
    search: (question, limit) => transact(app.north.ctx, (tx) => searchKnowledge(tx, question, limit ? { limit } : {})),
  })
  const named = [...answer.citations, ...(answer.note?.choices ?? [])].map(({ articleId }) => keys.get(articleId))
  return wanted.length === 0 ? answer.note?.kind === 'not_found' : named.some((key) => wanted.includes(key!))
}

async function measure(cases: Case[]): Promise<{ right: number; declined: number }> {
  const share = async (of: Case[]) => (await Promise.all(of.map(answers))).filter(Boolean).length / of.length
  return {
    right: await share(cases.filter((one) => one.length > 1)),
    declined: await share(cases.filter((one) => one.length === 1)),
  }
}

test('questions it was made with', async () => {
  const { right, declined } = await measure(KNOWN)
  expect(right).toBeGreaterThanOrEqual(0.87)
  expect(declined).toBe(1)
})

test('questions it was not made with', async () => {
  const { right, declined } = await measure(UNSEEN)
  expect(right).toBeGreaterThanOrEqual(0.7)
  expect(declined).toBeGreaterThanOrEqual(0.9)
})
