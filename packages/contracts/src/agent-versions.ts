/** An agent's document and its history: read, saved, compared, put back. */
import { z } from 'zod'
import { AgentConfig } from './agent-config.ts'
import { Agent } from './agents.ts'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, Json, name, PageQuery, page, text, UtcTime } from './text.ts'

export const AgentVersion = z
  .object({
    version: z.int().meta({ description: 'Counts up from 1; 0 is an agent that was never saved.' }),
    at: UtcTime,
    by: z.string().meta({ description: 'Who saved it; empty: Earshot itself.' }),
    note: z.string(),
    restoredFrom: z.int().nullable(),
    sections: z.array(z.string()).meta({ description: 'The sections that differ from the version before.' }),
  })
  .meta({ id: 'AgentVersion' })
export type AgentVersion = z.infer<typeof AgentVersion>

export const AgentDocument = z
  .object({
    agentId: Id,
    version: z.int(),
    config: AgentConfig,
    savedAt: UtcTime,
    savedBy: z.string(),
    note: z.string(),
    hasKey: z.boolean().meta({ description: 'Keys are write-only and stored encrypted.' }),
    hasFallbackKey: z.boolean(),
  })
  .meta({ id: 'AgentDocument' })
export type AgentDocument = z.infer<typeof AgentDocument>

/** One field that differs: where, and what stood and stands there. */
export const AgentDifference = z.object({
  path: z.array(z.string()).meta({ description: 'Items of lists are named, by their name or what they say.' }),
  before: Json.nullable(),
  after: Json.nullable(),
  kind: z.enum(['added', 'removed', 'changed', 'moved']),
})
export type AgentDifference = z.infer<typeof AgentDifference>

const version = z.coerce.number().int().min(1).max(1_000_000)
const read = { role: 'viewer', scope: 'agents' } as const
const write = { role: 'admin', scope: 'agents' } as const
const key = z.string().min(1).max(500).nullable().optional()
const DOCUMENT_BYTES = 1024 * 1024

const baseVersion = z.int().min(0).meta({
  description: 'The version that was edited. Another one in force by now: 409 `agent.changed`, naming who saved it.',
})

export const getAgentConfig = endpoint({
  id: 'agents.getConfig',
  method: 'GET',
  path: '/api/v1/agents/:id/config',
  summary: "Read an agent's document as it is in force",
  access: read,
  params: IdParams,
  reply: AgentDocument,
  errors: ['agent.not_found'],
})
/** Saving what is in force already makes no version and succeeds whatever `baseVersion` says. */
export const saveAgentConfig = endpoint({
  id: 'agents.saveConfig',
  method: 'PUT',
  path: '/api/v1/agents/:id/config',
  summary: "Save an agent's document as a new version",
  access: write,
  params: IdParams,
  body: z.strictObject({
    config: AgentConfig,
    baseVersion,
    note: text(300).default(''),
    keys: z
      .strictObject({ model: key, fallback: key })
      .default({})
      .meta({ description: 'Write-only. A key is cleared when its provider or address changes without it.' }),
  }),
  maxBytes: DOCUMENT_BYTES,
  reply: AgentDocument,
  errors: ['agent.not_found', 'agent.changed', 'agent.address_refused', 'file.not_found'],
})
export const listAgentVersions = endpoint({
  id: 'agents.listVersions',
  method: 'GET',
  path: '/api/v1/agents/:id/versions',
  summary: 'List the versions of an agent, newest first',
  access: read,
  params: IdParams,
  query: z.strictObject(PageQuery),
  reply: page(AgentVersion),
  errors: ['agent.not_found'],
})
export const getAgentVersion = endpoint({
  id: 'agents.getVersion',
  method: 'GET',
  path: '/api/v1/agents/:id/versions/:version',
  summary: 'Read an agent as it was in one version',
  access: read,
  params: z.strictObject({ id: Id, version }),
  reply: AgentVersion.extend({ config: AgentConfig }),
  errors: ['agent.not_found', 'agent.version_not_found'],
})
export const compareAgentVersions = endpoint({
  id: 'agents.compareVersions',
  method: 'GET',
  path: '/api/v1/agents/:id/differences',
  summary: 'Compare two versions of an agent field by field',
  access: read,
  params: IdParams,
  query: z.strictObject({ from: version, to: version }),
  reply: z.object({ from: z.int(), to: z.int(), differences: z.array(AgentDifference) }),
  errors: ['agent.not_found', 'agent.version_not_found'],
})
export const restoreAgentVersion = endpoint({
  id: 'agents.restoreVersion',
  method: 'POST',
  path: '/api/v1/agents/:id/versions/:version/restore',
  summary: 'Save an earlier version again, as a new one',
  access: write,
  params: z.strictObject({ id: Id, version }),
  body: z.strictObject({ baseVersion }),
  reply: AgentDocument,
  errors: ['agent.not_found', 'agent.version_not_found', 'agent.changed', 'agent.address_refused'],
  repeatsSafely: true,
})
/** Keys and secrets are not copied: whoever duplicates an agent may not be the one who knows them. */
export const duplicateAgent = endpoint({
  id: 'agents.duplicate',
  method: 'POST',
  path: '/api/v1/agents/:id/duplicate',
  summary: 'Make a copy of an agent, without its keys, serving no channel',
  access: write,
  params: IdParams,
  body: z.strictObject({ name: name(100) }),
  reply: Agent,
  status: 201,
  errors: ['agent.not_found'],
})
export const unarchiveAgent = endpoint({
  id: 'agents.unarchive',
  method: 'POST',
  path: '/api/v1/agents/:id/unarchive',
  summary: 'Take an agent out of the archive, as it was',
  access: write,
  params: IdParams,
  reply: Agent,
  errors: ['agent.not_found'],
  repeatsSafely: true,
})
