/** The secrets of one call: those of the names that are stored for the host it goes to. */
import type { Context } from '../../platform/context.ts'
import { openSecret } from '../secrets/keep-secret.ts'

export async function openSecrets(
  ctx: Context,
  agentId: string,
  names: string[],
  address: string,
): Promise<ReadonlyMap<string, string>> {
  const opened = new Map<string, string>()
  for (const name of names) {
    const secret = await openSecret(ctx, agentId, name, new URL(address))
    if ('value' in secret) opened.set(name, secret.value)
  }
  return opened
}
