/** An agent's document as it is stored, read with today's defaults, whichever version of Earshot wrote it. */
import { AgentConfig, type AgentMode, defaultAgentConfig } from '@earshot/contracts'

interface Owner {
  name: string
  company: string | null
  mode: AgentMode
}

/** `stored` is null for an agent that nobody ever saved: every default holds. */
export function readConfig(stored: unknown, { name, company, mode }: Owner): AgentConfig {
  if (stored === null || stored === undefined) {
    const config = defaultAgentConfig(name)
    return { ...config, profile: { ...config.profile, company, mode } }
  }
  return readDocument(stored)
}

export function readDocument(stored: unknown): AgentConfig {
  const read = AgentConfig.safeParse(stored)
  if (read.success) return read.data
  const known = structuredClone(stored)
  for (const issue of read.error.issues) if (issue.code === 'unrecognized_keys') forget(known, issue.path, issue.keys)
  return AgentConfig.parse(known)
}

/** A field that this version does not know any more. */
function forget(document: unknown, path: PropertyKey[], keys: string[]): void {
  let at = document as Record<PropertyKey, unknown>
  for (const step of path) at = at[step] as Record<PropertyKey, unknown>
  for (const key of keys) delete at[key]
}
