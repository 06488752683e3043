/** The token or password of a line: sealed for that line, opened only to call its carrier or to check a signature. */
import type { Context } from '../../platform/context.ts'
import type { LineRow } from './queries.ts'

export const sealLineSecret = (
  { agents, workspaceId }: Pick<Context, 'agents' | 'workspaceId'>,
  id: string,
  secret: string,
) => agents.sealer.seal(secret, purposeOf(workspaceId, id))

/** Undefined: it cannot be opened, for EARSHOT_SECRET is another than when it was sealed; null: there is none. */
export function openLineSecret(
  { agents }: Pick<Context, 'agents'>,
  { workspaceId, id, secretSealed }: Pick<LineRow, 'workspaceId' | 'id' | 'secretSealed'>,
): string | null | undefined {
  return secretSealed === null ? null : agents.sealer.open(secretSealed, purposeOf(workspaceId, id))
}

const purposeOf = (workspaceId: string, id: string): string => `workspace ${workspaceId} voice line ${id}`
