/** Rows of the team → contracts. */
import type { ApiKey, Member, Scope, Stage, Workspace } from '@earshot/contracts'
import type { z } from 'zod'
import type { MemberRow, StageRow, WorkspaceRow } from './queries.ts'
import type { KeyRow } from './queries-keys.ts'

export function viewMember({ id, name, email, role, createdAt }: MemberRow): Member {
  return { id, name, email, role, createdAt: createdAt.toISOString() }
}

export function viewWorkspace(row: WorkspaceRow): Workspace {
  return {
    id: row.workspaceId,
    name: row.name,
    reviewAfterMinutes: Math.max(1, Math.round(row.reviewAfterSeconds / 60)),
    defaultView: row.defaultView,
    createdAt: row.createdAt.toISOString(),
  }
}

export function viewStage({ key, name, category, color, position }: StageRow): Stage {
  return { key, name, category, color, position }
}

export function viewApiKey(row: KeyRow): z.input<typeof ApiKey> {
  return {
    id: row.id,
    name: row.name,
    start: row.start,
    scopes: row.scopes as Scope[],
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  }
}
