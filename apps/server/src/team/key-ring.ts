/** Finds API keys by what callers send: remembered for ten seconds on this node, forgotten at once when keys change anywhere. */
import type { Logger } from 'pino'
import type { Db } from '../platform/db.ts'
import type { Feed } from '../platform/feed.ts'
import { hashKey } from './api-key.ts'
import { type FoundKey, findApiKey, touchApiKey } from './queries-keys.ts'

const REMEMBER_MS = 10_000
const TOUCH_MS = 60_000
const MAX_REMEMBERED = 10_000

export interface KeyRing {
  find(key: string): Promise<FoundKey | undefined>
  /** Forgets what is remembered of a workspace's keys; called when they change. */
  forget(workspaceId: string): void
  stop(): Promise<void>
}

/** Time is monotonic and only says how old an answer is; whether a key is valid is the database's decision. */
export function createKeyRing(db: Db, log: Logger, feed?: Feed): KeyRing {
  const remembered = new Map<string, { found: FoundKey; at: number }>()
  const touchedAt = new Map<string, number>()
  const touching = new Set<Promise<void>>()
  let generation = 0

  function forget(workspaceId: string): void {
    generation += 1
    for (const [hash, { found }] of remembered) if (found.workspaceId === workspaceId) remembered.delete(hash)
  }

  /** Off the request's path: when it fails the key was used all the same. */
  function touch({ workspaceId, id }: FoundKey): void {
    const now = performance.now()
    if (now - (touchedAt.get(id) ?? -TOUCH_MS) < TOUCH_MS) return
    touchedAt.set(id, now)
    const done = touchApiKey(db, workspaceId, id)
      .catch((error) => log.debug({ err: error }, 'the last use of an API key was not noted'))
      .finally(() => touching.delete(done))
    touching.add(done)
  }

  const unsubscribe = feed?.subscribe((events) => {
    for (const { event, workspaceId } of events) {
      if (event.type === 'resource.changed' && event.resource === 'api-keys') forget(workspaceId)
    }
  })

  return {
    async find(key) {
      const hash = hashKey(key)
      const name = hash.toString('base64')
      const known = remembered.get(name)
      if (known && performance.now() - known.at < REMEMBER_MS) {
        touch(known.found)
        return known.found
      }
      const asked = generation
      const found = await findApiKey(db, hash)
      if (!found) {
        remembered.delete(name)
        return undefined
      }
      if (remembered.size >= MAX_REMEMBERED) remembered.clear()
      // An answer from before a change must not outlive the forgetting.
      if (asked === generation) remembered.set(name, { found, at: performance.now() })
      touch(found)
      return found
    },
    forget,
    async stop() {
      unsubscribe?.()
      await Promise.all(touching)
    },
  }
}
