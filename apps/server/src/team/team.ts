/** What the team slice keeps running on a node: accounts, known API keys, and what later slices do when a workspace is made. */
import type { Logger } from 'pino'
import type { Context } from '../platform/context.ts'
import { type Db, inWorkspace } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import type { Feed } from '../platform/feed.ts'
import { type Auth, createAuth } from './auth.ts'
import { createKeyRing, type KeyRing } from './key-ring.ts'
import { findMemberships, updateMember } from './queries.ts'

export type Start = 'sample' | 'empty'
/** Runs after the workspace is committed, as its owner. When one fails the workspace is removed again. */
export type WorkspaceHook = (ctx: Context, options: { start: Start }) => Promise<void>

export interface Team {
  auth: Auth
  keys: KeyRing
  baseUrl: string
  version: string
  onWorkspaceCreated: readonly WorkspaceHook[]
}

declare module '../platform/context.ts' {
  interface Services {
    team: Team
  }
}

export interface TeamParts {
  db: Db
  log: Logger
  /** Without one (the command line) keys changed by other nodes are noticed after ten seconds. */
  feed?: Feed
  onWorkspaceCreated: readonly WorkspaceHook[]
}
export interface TeamSettings {
  databaseUrl: string
  secret: string
  baseUrl: string
  version: string
}

export function openTeam(settings: TeamSettings, parts: TeamParts): Team & { stop(): Promise<void> } {
  const { db, log, feed, onWorkspaceCreated } = parts
  const auth = createAuth({ ...settings, log, onRenamed: (user) => renameMember(db, user) })
  const keys = createKeyRing(db, log, feed)
  return {
    auth,
    keys,
    onWorkspaceCreated,
    baseUrl: settings.baseUrl,
    version: settings.version,
    async stop() {
      await keys.stop()
      await auth.stop()
    },
  }
}

/** Members carry their person's name, so that what operators said shows it without asking the accounts. */
async function renameMember(db: Db, { id: userId, name }: { id: string; name: string }): Promise<void> {
  for (const { workspaceId, memberId } of await findMemberships(db, userId)) {
    await inWorkspace(db, workspaceId, async (tx) => {
      await updateMember(tx, workspaceId, memberId, { name })
      await record(tx, workspaceId, { type: 'resource.changed', resource: 'members', id: memberId })
    })
  }
}
