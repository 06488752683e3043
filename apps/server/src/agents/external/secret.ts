/** The secret an external agent's requests are signed with: sealed for this agent, shown once when it is made. */
import { type Context, transact } from '../../platform/context.ts'
import { newSecret } from '../../platform/webhook-signature.ts'
import { writeAudit } from '../../team/index.ts'
import { accessAgent, accessLockedAgent } from '../access.ts'
import { findSigning, putSigning, type SigningRow } from './queries-external.ts'

const purposeOf = (workspaceId: string, agentId: string) => `workspace ${workspaceId} agent ${agentId} signing`

export function getSigning(
  ctx: Context,
  agentId: string,
): Promise<{ since: string | null; previousUntil: string | null }> {
  return transact(ctx, async (tx) => {
    await accessAgent(tx, ctx, agentId)
    const row = await findSigning(tx, ctx.workspaceId, agentId)
    return { since: row?.createdAt.toISOString() ?? null, previousUntil: previousUntil(row) }
  })
}

export function rotateSigning(
  ctx: Context,
  agentId: string,
): Promise<{ secret: string; since: string; previousUntil: string | null }> {
  return transact(ctx, async (tx) => {
    const agent = await accessLockedAgent(tx, ctx, agentId)
    const secret = newSecret()
    const sealed = ctx.agents.sealer.seal(secret, purposeOf(ctx.workspaceId, agentId))
    const row = await putSigning(tx, ctx.workspaceId, agentId, sealed)
    await writeAudit(tx, ctx, 'agent.signing_rotated', agentId, { name: agent.name })
    return { secret, since: row.createdAt.toISOString(), previousUntil: previousUntil(row) }
  })
}

/** What signs now. Empty: none was made, or EARSHOT_SECRET has changed since. */
export async function openSecrets(ctx: Context, agentId: string): Promise<string[]> {
  const row = await transact(ctx, (tx) => findSigning(tx, ctx.workspaceId, agentId))
  if (!row) return []
  const sealed = [row.secretSealed, ...(previousUntil(row) ? [row.previousSealed!] : [])]
  const opened = sealed.map((one) => ctx.agents.sealer.open(one, purposeOf(ctx.workspaceId, agentId)))
  return opened[0] === undefined ? [] : opened.filter((one) => one !== undefined)
}

const previousUntil = (row: SigningRow | undefined): string | null =>
  row?.previousUntil && row.previousUntil.getTime() > Date.now() ? row.previousUntil.toISOString() : null
