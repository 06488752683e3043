/** A place to try one function of an agent by hand. */
import { z } from 'zod'
import { HttpFunction } from './agent-functions.ts'
import { endpoint } from './endpoint.ts'
import { IdParams, Json } from './text.ts'

/** Really calls the address, with the agent's secrets, and tells everything but those. Nothing of it reaches a conversation. */
export const runAgentFunction = endpoint({
  id: 'agents.runFunction',
  method: 'POST',
  path: '/api/v1/agents/:id/functions/run',
  summary: 'Run one function with these parameters and show what was sent and what came back',
  access: { role: 'admin', scope: 'agents' },
  params: IdParams,
  body: z.strictObject({
    function: HttpFunction.meta({ description: 'As it stands in the editor, saved or not.' }),
    parameters: Json,
  }),
  maxBytes: 256 * 1024,
  reply: z.object({
    status: z.enum(['ok', 'error', 'refused']),
    request: z
      .object({ method: z.string(), url: z.string(), headers: z.array(z.string()), body: Json.nullable() })
      .nullable()
      .meta({ description: 'Null when no request could be made of the parameters. Headers by name.' }),
    httpStatus: z.int().nullable(),
    result: Json.nullable().meta({ description: 'What came back; of a failure the reason.' }),
    durationMs: z.int(),
    tries: z.int(),
    memory: z.record(z.string(), Json).meta({ description: 'What the mappings would remember.' }),
    tags: z.array(z.object({ key: z.string(), value: z.string() })),
  }),
  errors: ['agent.not_found'],
  repeatsSafely: true,
})
