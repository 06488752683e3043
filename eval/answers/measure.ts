/** Asks the embedded answerer every question of a part and judges what it says. */
import { defaultAgentConfig } from '@earshot/contracts'
import { answerEmbedded } from '../../apps/server/src/agents/answer-embedded.ts'
import { createArticle, searchKnowledge } from '../../apps/server/src/knowledge/index.ts'
import { type Context, transact } from '../../apps/server/src/platform/context.ts'
import { readArticles, type SetQuestion } from './read-set.ts'

export interface Judged extends SetQuestion {
  /** The articles it cited or offered, best first. */
  named: string[]
  ms: number
  /** The first one is one that answers. */
  isRight: boolean
  /** No article was named. */
  isRefused: boolean
  /** All articles wanted are named. */
  isComplete: boolean
  /** Score of the best passage. */
  score: number
}

/** Writes the articles into a workspace; returns which key each id has. */
export async function fillKnowledge(ctx: Context): Promise<Map<string, string>> {
  const keys = new Map<string, string>()
  for (const { key, ...article } of readArticles())
    keys.set((await createArticle(ctx, { ...article, status: 'published' })).id, key)
  return keys
}

export async function measure(ctx: Context, keys: Map<string, string>, questions: SetQuestion[]): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const question of questions) judged.push(await ask(ctx, keys, question))
  return judged
}

async function ask(ctx: Context, keys: Map<string, string>, question: SetQuestion): Promise<Judged> {
  let score = 0
  const began = performance.now()
  const answer = await answerEmbedded({
    agent: { id: 'a', name: 'Ada', company: 'Marlin', config: defaultAgentConfig('Ada') },
    history: [],
    unanswered: [{ position: 1, author: 'contact', name: null, text: question.text, note: null }],
    search: async (text, limit) => {
      const passages = await transact(ctx, (tx) => searchKnowledge(tx, text, limit ? { limit } : {}))
      score = Math.max(score, passages[0]?.score ?? 0)
      return passages
    },
  })
  const ms = performance.now() - began
  const ids = [...answer.citations, ...(answer.note?.choices ?? [])].map(({ articleId }) => articleId)
  const named = ids.map((id) => keys.get(id) ?? id)
  return {
    ...question,
    named,
    ms,
    score,
    isRefused: named.length === 0,
    isRight: named[0] !== undefined && question.keys.flat().includes(named[0]),
    isComplete: question.keys.every((some) => some.some((key) => named.includes(key))),
  }
}
