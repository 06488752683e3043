/** How an agent's functions and memory fields did lately. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { IdParams } from './text.ts'

export const getAgentUsage = endpoint({
  id: 'agents.getUsage',
  method: 'GET',
  path: '/api/v1/agents/:id/usage',
  summary: 'Tell how the functions and memory fields of an agent did in its last 500 conversations',
  access: { role: 'viewer', scope: 'agents' },
  params: IdParams,
  reply: z.object({
    conversations: z.int().meta({ description: 'How many were looked at.' }),
    functions: z.array(
      z.object({
        name: z.string(),
        calls: z.int(),
        failed: z.int().meta({ description: 'Errors and refusals.' }),
        medianMs: z.int().nullable(),
      }),
    ),
    memory: z.array(
      z.object({ key: z.string(), filled: z.int().meta({ description: 'Conversations that know it.' }) }),
    ),
  }),
  errors: ['agent.not_found'],
})
