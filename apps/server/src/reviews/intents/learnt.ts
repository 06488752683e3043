/** Intents as the analyser takes them: learnt once for each version on this node, however many reviews there are. */
import { learnWorkspaceIntents, type WorkspaceIntents } from '@earshot/analysis'
import type { Tx } from '../../platform/db.ts'
import { findIntents, findIntentVersion } from './queries-intents.ts'

const learnt = new Map<string, { version: number; intents: WorkspaceIntents | undefined }>()
/** Workspaces whose intents are kept in memory. */
const MOST_KEPT = 50

/** Undefined when the workspace has named none, or only one. */
export async function workspaceIntentsOf(tx: Tx, workspaceId: string): Promise<WorkspaceIntents | undefined> {
  const version = await findIntentVersion(tx, workspaceId)
  if (version === 0) return undefined
  const known = learnt.get(workspaceId)
  if (known?.version === version) return known.intents
  const set = (await findIntents(tx, workspaceId))!
  const intents = learnWorkspaceIntents(set.version, set.intents)
  if (learnt.size >= MOST_KEPT) learnt.clear()
  learnt.set(workspaceId, { version: set.version, intents })
  return intents
}
