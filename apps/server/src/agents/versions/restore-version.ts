/** Restore an earlier version: its document becomes a new version, and the history stays as it is. */
import type { AgentDocument } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import { readDocument } from '../config.ts'
import { accessVersion } from './read-versions.ts'
import { saveConfig } from './save-config.ts'

export async function restoreVersion(
  ctx: Context,
  id: string,
  version: number,
  baseVersion: number,
): Promise<AgentDocument> {
  const row = await transact(ctx, (tx) => accessVersion(tx, ctx, id, version))
  return saveConfig(ctx, id, { config: readDocument(row.config), baseVersion, restoredFrom: version })
}
