/** What every command receives: who asks, for which workspace, and the services it may use. */
import type { Role } from '@earshot/contracts'
import type { Logger } from 'pino'
import { type Db, inWorkspace, type Tx } from './db.ts'

/** Services of one node. Slices add theirs by declaration merging, so that platform needs to know none of them. */
export interface Services {
  db: Db
  log: Logger
}

export interface Actor {
  kind: 'operator' | 'api_key' | 'agent' | 'contact' | 'system'
  id: string | null
  name: string | null
  role: Role
  scopes: readonly string[]
}

export interface Context extends Services {
  workspaceId: string
  actor: Actor
}

/** Runs `work` in one transaction inside the caller's workspace. */
export function transact<T>(ctx: Pick<Context, 'db' | 'workspaceId'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inWorkspace(ctx.db, ctx.workspaceId, work)
}

/** A context of the service itself, for jobs and followers. */
export function asSystem<S extends Services>(services: S, workspaceId: string): S & Context {
  return { ...services, workspaceId, actor: { kind: 'system', id: null, name: null, role: 'owner', scopes: ['*'] } }
}
