/** Secrets that an agent's functions send: written once, never read back, opened only for the host they were stored for. */
import type { AgentSecret } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { accessAgent, accessLockedAgent } from '../access.ts'
import { deleteSecretRow, findSecret, findSecrets, type SecretRow, storeSecret } from './queries-secrets.ts'

const MOST = 50

export function listSecrets(ctx: Context, agentId: string): Promise<{ items: AgentSecret[] }> {
  return transact(ctx, async (tx) => {
    await accessAgent(tx, ctx, agentId)
    return { items: (await findSecrets(tx, ctx.workspaceId, agentId)).map(viewSecret) }
  })
}

export function putSecret(
  ctx: Context,
  agentId: string,
  name: string,
  { value, host }: { value: string; host: string },
): Promise<AgentSecret> {
  return transact(ctx, async (tx) => {
    await accessLockedAgent(tx, ctx, agentId)
    const known = await findSecrets(tx, ctx.workspaceId, agentId)
    if (known.length >= MOST && !known.some((row) => row.name === name)) throw new AppError('agent.too_many_secrets')
    const sealed = ctx.agents.sealer.seal(value, purposeOf(ctx.workspaceId, agentId, name, host))
    const byName = ctx.actor.name ?? ''
    const row = await storeSecret(tx, { workspaceId: ctx.workspaceId, agentId, name, host, sealed, byName })
    await writeAudit(tx, ctx, 'agent_secret.stored', agentId, { secret: name, host })
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'agents', id: agentId })
    return viewSecret(row)
  })
}

export function deleteSecret(ctx: Context, agentId: string, name: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    await accessLockedAgent(tx, ctx, agentId)
    if (await findSecret(tx, ctx.workspaceId, agentId, name)) {
      await deleteSecretRow(tx, ctx.workspaceId, agentId, name)
      await writeAudit(tx, ctx, 'agent_secret.deleted', agentId, { secret: name })
      await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'agents', id: agentId })
    }
    return { ok: true as const }
  })
}

/** Why a secret cannot be sent there. */
export type SecretRefused = 'missing' | 'other_host' | 'locked'

/** `address` is where the request is about to go; the value leaves for no other host than its own. */
export async function openSecret(
  ctx: Context,
  agentId: string,
  name: string,
  address: URL,
): Promise<{ value: string } | { refused: SecretRefused }> {
  const row = await transact(ctx, (tx) => findSecret(tx, ctx.workspaceId, agentId, name))
  if (!row) return { refused: 'missing' }
  if (address.host !== row.host) return { refused: 'other_host' }
  const value = ctx.agents.sealer.open(row.sealed, purposeOf(ctx.workspaceId, agentId, name, row.host))
  return value === undefined ? { refused: 'locked' } : { value }
}

/** The host is part of it: a row whose host was changed by hand does not open. */
const purposeOf = (workspaceId: string, agentId: string, name: string, host: string): string =>
  `workspace ${workspaceId} agent ${agentId} secret ${name} for ${host}`

const viewSecret = ({ name, host, updatedAt, byName }: SecretRow): AgentSecret => ({
  name,
  host,
  updatedAt: updatedAt.toISOString(),
  by: byName,
})
