/** The functions that a model is offered, as its provider's protocol has them. What they say is data, between the turn's marks. */
import { jsonSchema, type Tool, tool } from 'ai'
import type { KnowledgePassage } from '../knowledge/index.ts'
import type { Ran } from './functions/outcome.ts'
import type { FunctionRunner } from './functions/runner.ts'
import { unfence, writePassages } from './prompt.ts'

export interface ToolParts {
  functions: FunctionRunner
  fence: string
  signal: AbortSignal
  /** Every passage the model has seen. */
  onPassages(passages: KnowledgePassage[]): void
  onAfter(after: NonNullable<Ran['after']>): void
}

export function makeTools({ functions, fence, signal, onPassages, onAfter }: ToolParts): Record<string, Tool> {
  const tools = functions.offered.map(({ name, description, parameters }) => {
    const made = tool({
      description,
      // The runner checks, tells and refuses; here everything that can be read as JSON may pass.
      inputSchema: jsonSchema<unknown>(parameters, { validate: (value) => ({ success: true, value }) }),
      execute: async (given): Promise<string> => {
        const ran = await functions.call(name, given, signal)
        if (ran.passages) onPassages(ran.passages)
        if (ran.after) onAfter(ran.after)
        return ran.passages ? writePassages(ran.passages, fence) : writeResult(ran.text, fence)
      },
    })
    return [name, made as Tool] as const
  })
  return Object.fromEntries(tools)
}

const writeResult = (text: string, fence: string): string => `${fence}\n${unfence(text, fence)}\n${fence}`
