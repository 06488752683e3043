/** Read an agent's document and its history. */
import type { AgentConfig, AgentDifference, AgentDocument, AgentVersion } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { accessAgent } from '../access.ts'
import { readDocument } from '../config.ts'
import { viewDocument } from '../view.ts'
import { differencesOf } from './differences.ts'
import { findVersion, findVersions, type VersionRow } from './queries-versions.ts'
import { sectionsThatDiffer } from './save-config.ts'

export function getConfig(ctx: Context, id: string): Promise<AgentDocument> {
  return transact(ctx, async (tx) => viewDocument(await accessAgent(tx, ctx, id)))
}

export function listVersions(
  ctx: Context,
  id: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: AgentVersion[]; nextCursor: string | null }> {
  const before = page.cursor === undefined ? undefined : Number(page.cursor)
  if (before !== undefined && !(Number.isInteger(before) && before > 0 && before < 2 ** 31))
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })
  return transact(ctx, async (tx) => {
    await accessAgent(tx, ctx, id)
    // One more than shown: the last one is told by the one before it.
    const rows = await findVersions(tx, ctx.workspaceId, id, { before, limit: page.limit + 1 })
    const shown = rows.slice(0, page.limit)
    const items = shown.map((row, i) => viewVersion(row, rows[i + 1]))
    return { items, nextCursor: rows.length > page.limit ? String(shown.at(-1)!.version) : null }
  })
}

export function getVersion(ctx: Context, id: string, version: number): Promise<AgentVersion & { config: AgentConfig }> {
  return transact(ctx, async (tx) => {
    const row = await accessVersion(tx, ctx, id, version)
    const earlier = await findVersion(tx, ctx.workspaceId, id, version - 1)
    return { ...viewVersion(row, earlier), config: readDocument(row.config) }
  })
}

export function compareVersions(
  ctx: Context,
  id: string,
  { from, to }: { from: number; to: number },
): Promise<{ from: number; to: number; differences: AgentDifference[] }> {
  return transact(ctx, async (tx) => {
    const before = await accessVersion(tx, ctx, id, from)
    const after = await accessVersion(tx, ctx, id, to)
    return { from, to, differences: differencesOf(readDocument(before.config), readDocument(after.config)) }
  })
}

export async function accessVersion(tx: Tx, ctx: Context, id: string, version: number): Promise<VersionRow> {
  await accessAgent(tx, ctx, id)
  const row = await findVersion(tx, ctx.workspaceId, id, version)
  if (!row) throw new AppError('agent.version_not_found')
  return row
}

function viewVersion(row: VersionRow, earlier: VersionRow | undefined): AgentVersion {
  return {
    version: row.version,
    at: row.at.toISOString(),
    by: row.byName,
    note: row.note,
    restoredFrom: row.restoredFrom,
    sections: earlier ? sectionsThatDiffer(readDocument(earlier.config), readDocument(row.config)) : [],
  }
}
