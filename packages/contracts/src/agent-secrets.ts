/** Secrets that an agent's functions send: written once for one host, never read back. */
import { z } from 'zod'
import { SecretName } from './agent-functions.ts'
import { endpoint } from './endpoint.ts'
import { Done, Id, IdParams, UtcTime } from './text.ts'

const write = { role: 'admin', scope: 'agents' } as const

export const AgentSecret = z
  .object({ name: z.string(), host: z.string(), updatedAt: UtcTime, by: z.string() })
  .meta({ id: 'AgentSecret', description: 'A sealed value: its name and where it may go, never itself.' })
export type AgentSecret = z.infer<typeof AgentSecret>

const SecretParams = z.strictObject({ id: Id, name: SecretName })

export const listAgentSecrets = endpoint({
  id: 'agents.listSecrets',
  method: 'GET',
  path: '/api/v1/agents/:id/secrets',
  summary: 'List the names of the secrets that the functions of an agent may send',
  access: write,
  params: IdParams,
  reply: z.object({ items: z.array(AgentSecret) }),
  errors: ['agent.not_found'],
})
export const putAgentSecret = endpoint({
  id: 'agents.putSecret',
  method: 'PUT',
  path: '/api/v1/agents/:id/secrets/:name',
  summary: 'Store a secret for one host; it is never read back',
  access: write,
  params: SecretParams,
  body: z.strictObject({
    value: z
      .string()
      .min(4)
      .max(2000)
      .regex(/^[\x20-\x7e]+$/, 'letters, digits and signs of ASCII, as a header carries them')
      .meta({ description: 'Write-only.', examples: ['token-4f1c2a'] }),
    host: z
      .string()
      .max(255)
      .regex(/^[a-z0-9.-]+(?::\d{1,5})?$/, 'a host such as api.example.com, with its port if the address names one')
      .meta({ examples: ['api.example.com'] }),
  }),
  reply: AgentSecret,
  errors: ['agent.not_found', 'agent.too_many_secrets'],
})
export const deleteAgentSecret = endpoint({
  id: 'agents.deleteSecret',
  method: 'DELETE',
  path: '/api/v1/agents/:id/secrets/:name',
  summary: 'Forget a secret',
  access: write,
  params: SecretParams,
  reply: Done,
  errors: ['agent.not_found'],
})
