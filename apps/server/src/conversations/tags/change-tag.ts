/** Tags of the workspace: list them, and rename, merge or remove one on every conversation. */
import type { Job, TagCount } from '@earshot/contracts'
import { enqueueJob, type JobData, type JobKind } from '../../jobs/index.ts'
import { type Context, type Services, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { writeAudit } from '../../team/index.ts'
import { lockConversation } from '../queries.ts'
import { storeTag, viewTag } from '../view.ts'
import { UNDO_BULK } from '../work/bulk.ts'
import { tags as retag } from '../work/decide.ts'
import { applyEffect } from '../work/effect.ts'
import { countWithTags, findIdsWithTags, findTags, findTagsOfKey, foldTagRows } from './queries-tags.ts'

const STEP = 25

export function listTags(
  ctx: Context,
  { q, limit }: { q?: string | undefined; limit: number },
): Promise<{ items: TagCount[]; nextCursor: null }> {
  return transact(ctx, async (tx) => {
    const rows = await findTags(tx, ctx.workspaceId, q?.trim() || null, limit)
    return { items: rows.map(({ tag, n }) => ({ ...viewTag(tag), count: n })), nextCursor: null }
  })
}

export interface TagChange {
  /** A value of null: every value of the key. */
  from: { key: string; value: string | null }
  to: { key: string; value: string } | null
}

export function changeTag(ctx: Context, change: TagChange): Promise<Job> {
  return transact(ctx, async (tx) => {
    const tags = await tagsOf(tx, ctx, change)
    if (tags.length === 0) throw new AppError('tag.not_found')
    if (tags.some((tag) => become(change, tag) === tag))
      throw new AppError('request.invalid', { issues: [{ path: ['to'], message: 'something else' }] })
    const total = await countWithTags(tx, ctx.workspaceId, tags)
    const { from, to } = change
    const words = { from: storeTag({ key: from.key, value: from.value ?? '' }), to: to && storeTag(to) }
    await writeAudit(tx, ctx, 'tag.changed', words.from, { to: words.to })
    return enqueueJob(tx, ctx, { kind: changeTagKind.kind, params: { ...change } as JobData, about: words, total })
  })
}

async function tagsOf(tx: Tx, ctx: Context, { from }: TagChange): Promise<string[]> {
  const rows = await findTagsOfKey(tx, ctx.workspaceId, from.key)
  const wanted = from.value === null ? null : storeTag({ key: from.key, value: from.value })
  return rows.map(({ tag }) => tag).filter((tag) => wanted === null || tag === wanted)
}

/** A whole key keeps its values under the new name, unless the new one names a value. */
function become({ from, to }: TagChange, tag: string): string | null {
  if (to === null) return null
  return from.value === null && to.value === '' ? storeTag({ ...viewTag(tag), key: to.key }) : storeTag(to)
}

export const changeTagKind: JobKind = {
  kind: 'tags.change',
  undoneBy: UNDO_BULK,
  step: (run) =>
    transact(run.ctx, async (tx) => {
      const change = run.params as unknown as TagChange
      const tags = await tagsOf(tx, run.ctx, change)
      const ids = tags.length === 0 ? [] : await findIdsWithTags(tx, run.ctx.workspaceId, tags, STEP)
      for (const id of ids) await replace(tx, run.ctx, id, { change, tags, jobId: run.id })
      await run.save(tx, { done: ids.length, result: { changed: run.done + ids.length } })
      return ids.length === 0 ? 'finished' : 'more'
    }),
}

async function replace(
  tx: Tx,
  ctx: Context,
  id: string,
  { change, tags, jobId }: { change: TagChange; tags: string[]; jobId: string },
): Promise<void> {
  const current = await lockConversation(tx, ctx.workspaceId, id)
  if (!current) return
  const next = current.tags.map((tag) => (tags.includes(tag) ? become(change, tag) : tag))
  const effect = retag(
    current,
    next.filter((tag) => tag !== null),
  )
  if (effect) await applyEffect(tx, ctx, current, effect, jobId)
}

/** Folds the changes of tag counts into one row a tag. */
export const foldTags = ({ db }: Services): Promise<void> => foldTagRows(db)
