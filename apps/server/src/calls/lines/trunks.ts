/** The trunks of all workspaces as the SIP edge needs them, passwords opened. It alone is given them. */
import type { Trunk } from '@earshot/voice'
import { type Services, transact } from '../../platform/context.ts'
import { findLine, findTrunkPlaces, type LineRow } from './queries.ts'
import { openLineSecret } from './secret.ts'

export async function listTrunks(services: Services): Promise<Trunk[]> {
  const trunks: Trunk[] = []
  for (const { workspaceId, id } of await findTrunkPlaces(services.db)) {
    const line = await transact({ ...services, workspaceId }, (tx) => findLine(tx, workspaceId, id))
    const trunk = line && trunkOf(services, line)
    if (trunk) trunks.push(trunk)
  }
  return trunks
}

/** A password that cannot be opened is none: the other side then refuses, and the line's test says so. */
export function trunkOf(services: Pick<Services, 'agents'>, line: LineRow): Trunk | null {
  if (line.trunk === null) return null
  const { user, ...address } = line.trunk
  const password = openLineSecret(services, line)
  return {
    ...address,
    id: line.id,
    workspace: line.workspaceId,
    name: line.name,
    ...(user !== null && { user }),
    ...(password && { password }),
  }
}
