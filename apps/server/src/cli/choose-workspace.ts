/** Which workspace a command means: the one named, or the only one. */
import type { Db } from '../platform/db.ts'
import { Refusal } from '../platform/refusal.ts'
import { listWorkspaces } from '../team/index.ts'

export interface ChosenWorkspace {
  workspaceId: string
  name: string
}

/** `wanted` is a name or an id. Undefined when the installation has no workspace yet. */
export async function chooseWorkspace(db: Db, wanted: string | undefined): Promise<ChosenWorkspace | undefined> {
  const all = await listWorkspaces(db)
  if (all.length === 0) return undefined
  const fitting =
    wanted === undefined ? all : all.filter(({ workspaceId, name }) => workspaceId === wanted || name === wanted)
  if (fitting.length === 1) return fitting[0]
  const choice = (fitting.length > 0 ? fitting : all)
    .map(({ workspaceId, name }) => `  ${workspaceId}  ${name}`)
    .join('\n')
  throw new Refusal(`${whyUnclear(wanted, fitting.length)}; choose one by its name or id with --workspace:\n${choice}`)
}

function whyUnclear(wanted: string | undefined, count: number): string {
  if (wanted === undefined) return `There are ${count} workspaces`
  return count === 0 ? `There is no workspace ${wanted}` : `${count} workspaces are called ${wanted}`
}
