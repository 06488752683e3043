/** The audit log: who did what, written in the transaction that did it, never changed. */
import type { AuditRow } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { type Page, pageOf, readIdCursor } from './page.ts'
import { insertAudit, selectAudit } from './queries-audit.ts'

/** `action` is `noun.past_participle`; `subject` names the row; details hold ids and settings, never what customers wrote. */
export function writeAudit(
  tx: Tx,
  { workspaceId, actor }: Pick<Context, 'workspaceId' | 'actor'>,
  action: string,
  subject: string | null,
  details: Record<string, unknown> = {},
): Promise<void> {
  const { kind, id, name } = actor
  return insertAudit(tx, {
    workspaceId,
    actorKind: kind,
    actorId: id,
    actorName: name,
    action,
    subject,
    details: JSON.stringify(details),
  })
}

export async function listAuditLog(
  ctx: Context,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Page<z.input<typeof AuditRow>>> {
  const before = readIdCursor(cursor)
  const rows = await transact(ctx, (tx) => selectAudit(tx, ctx.workspaceId, before, limit + 1))
  return pageOf(rows, limit, ({ id, at, actorKind, actorName, action, subject, details }) => ({
    id,
    at: at.toISOString(),
    actor: actorName ?? actorKind,
    action,
    subject,
    details: details as Record<string, unknown>,
  }))
}
