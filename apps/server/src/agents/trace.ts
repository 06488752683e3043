/** What happened while an answer was made, step by step, for those who watch an agent being tried out. */
import type { FunctionCall } from '@earshot/contracts'
import type { KnowledgePassage } from '../knowledge/index.ts'
import type { Question } from './answer.ts'

export type TraceStep =
  | { kind: 'search'; query: string; passages: KnowledgePassage[]; durationMs: number }
  | { kind: 'prompt'; instructions: string; messages: { role: string; text: string }[] }
  | {
      kind: 'model'
      model: string
      inputTokens: number
      outputTokens: number
      durationMs: number
      error: string | null
    }
  | { kind: 'external'; host: string; durationMs: number; error: string | null }
  | { kind: 'function'; call: FunctionCall }

export type Note = (step: TraceStep) => void

/** The same question, telling what it looked up. */
export function traced(question: Question, note: Note | undefined): Question {
  if (!note) return question
  return {
    ...question,
    async search(query, limit) {
      const startedAt = performance.now()
      const passages = await question.search(query, limit)
      note({ kind: 'search', query, passages, durationMs: Math.round(performance.now() - startedAt) })
      return passages
    },
  }
}
