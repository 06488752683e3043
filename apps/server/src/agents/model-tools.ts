/** The functions a model may call: search the knowledge base, hand off to a person. Nothing else exists for it. */
import type { FunctionCall, JsonValue } from '@earshot/contracts'
import { tool } from 'ai'
import { z } from 'zod'
import type { KnowledgePassage } from '../knowledge/index.ts'
import { writePassages } from './prompt.ts'

export interface ToolParts {
  search(question: string, limit?: number): Promise<KnowledgePassage[]>
  record(call: FunctionCall): Promise<void>
  /** Every passage the model has seen. */
  onPassages(passages: KnowledgePassage[]): void
  onHandOff(): void
  fence: string
}

const FOUND = 5

export function makeTools({ search, record, onPassages, onHandOff, fence }: ToolParts) {
  return {
    search_knowledge: tool({
      description: 'Search the company’s knowledge base. Use it when the passages given do not answer the question.',
      inputSchema: z.object({
        query: z.string().max(500).describe('A few words of what to look for, in the language of the articles'),
      }),
      execute: ({ query }) =>
        recorded(record, 'search_knowledge', { query }, async () => {
          const passages = await search(query, FOUND)
          onPassages(passages)
          return {
            forModel: writePassages(passages, fence),
            forLog: passages.map(({ title, heading, score }) => ({
              title,
              heading,
              score: Math.round(score * 100) / 100,
            })),
          }
        }),
    }),
    hand_off: tool({
      description: 'Hand the conversation to a person of the team. Say nothing after it: the customer is told.',
      inputSchema: z.object({ reason: z.string().max(500).describe('Why, in one sentence, for the team') }),
      execute: ({ reason }) =>
        recorded(record, 'hand_off', { reason }, async () => {
          onHandOff()
          return { forModel: 'A person will take over.', forLog: 'queued' }
        }),
    }),
  }
}

async function recorded(
  record: ToolParts['record'],
  name: string,
  parameters: JsonValue,
  run: () => Promise<{ forModel: string; forLog: JsonValue }>,
): Promise<string> {
  const startedAt = performance.now()
  const { forModel, forLog } = await run()
  await record({
    name,
    parameters,
    result: forLog,
    status: 'ok',
    durationMs: Math.round(performance.now() - startedAt),
  })
  return forModel
}

/** A call of something that does not exist, or with the wrong parameters: recorded, and told to the model. */
export function refusedCall(name: string, input: unknown, reason: string): FunctionCall {
  const parameters = JSON.stringify(input ?? null) ?? 'null'
  return {
    name: name.replace(/[^\w.-]/g, '_').slice(0, 64) || 'unnamed',
    parameters: parameters.length > 2000 ? parameters.slice(0, 2000) : clean(JSON.parse(parameters)),
    result: reason.slice(0, 300),
    status: 'refused',
    durationMs: 0,
  }
}

/** What PostgreSQL's jsonb refuses is taken out of what a model made up. */
function clean(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD')
  if (Array.isArray(value)) return value.map(clean)
  if (value && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([key, v]) => [key.toWellFormed().replaceAll('\0', '\uFFFD'), clean(v)]),
    )
  return value
}
