/**
 * Looks up conversations by their external ids: those asked for while a look-up is under way share the next one, so that a burst about many
 * conversations costs a few round trips and not three a message. Alone, one is looked up at once.
 */
import type { Context } from '../platform/context.ts'
import { type Db, inWorkspace } from '../platform/db.ts'
import { findByExternalIds, type Named } from './queries.ts'

type Where = Pick<Context, 'db' | 'workspaceId'>

interface Asked {
  externalId: string
  resolve(found: Named | undefined): void
  reject(error: unknown): void
}

/** More would keep the first waiting for the last. */
const MOST = 200

/** Of each database and workspace that has a look-up under way, who waits for the next. */
const lanes = new WeakMap<Db, Map<string, Asked[]>>()

/** What was committed before the call is seen: a look-up under way began earlier and is not shared. */
export function findNamed(ctx: Where, externalId: string): Promise<Named | undefined> {
  return new Promise((resolve, reject) => {
    const asked = { externalId, resolve, reject }
    const waiting = lanes.get(ctx.db) ?? new Map<string, Asked[]>()
    lanes.set(ctx.db, waiting)
    const others = waiting.get(ctx.workspaceId)
    if (others) return void others.push(asked)
    waiting.set(ctx.workspaceId, [])
    void lookUp(ctx, waiting, [asked])
  })
}

async function lookUp({ db, workspaceId }: Where, waiting: Map<string, Asked[]>, batch: Asked[]): Promise<void> {
  try {
    const ids = [...new Set(batch.map(({ externalId }) => externalId))]
    const found = await inWorkspace(db, workspaceId, (tx) => findByExternalIds(tx, workspaceId, ids))
    for (const { externalId, resolve } of batch) resolve(found.get(externalId))
  } catch (error) {
    for (const { reject } of batch) reject(error)
  }
  const next = waiting.get(workspaceId)!.splice(0, MOST)
  if (next.length === 0) waiting.delete(workspaceId)
  else void lookUp({ db, workspaceId }, waiting, next)
}
