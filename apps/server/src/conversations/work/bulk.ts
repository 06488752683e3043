/** Bulk: one action on many conversations, as a job; and the job that undoes it. */
import type { ConversationAction, ConversationSelection, Job, JsonValue } from '@earshot/contracts'
import { enqueueJob, type JobData, type JobKind, type JobRun } from '../../jobs/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { lockConversations } from '../queries.ts'
import { findMember, findStage } from '../queries-names.ts'
import { countSelected, findSelected } from '../selection.ts'
import { actInside } from './act.ts'
import { decide, namesIn } from './decide.ts'
import { applyEffects, type Decided } from './effects.ts'
import { findChangesOfJob } from './queries-changes.ts'
import { restoreAll } from './undo-change.ts'

/** Restores what a job changed, whichever kind it was. */
export const UNDO_BULK = 'conversations.undo_bulk'
/** Conversations of one step: locked together, so few enough that nobody waits for them. */
const STEP = 25
/** Refusals listed by name; the rest are counted. */
const MOST_LISTED = 100

/** Those named, or those that a filter finds: page by page, up to the newest there is now. */
export function bulkAct(ctx: Context, selection: ConversationSelection, action: ConversationAction): Promise<Job> {
  return transact(ctx, async (tx) => {
    await checkNames(tx, ctx, action)
    const total = await countSelected(tx, ctx, selection)
    const now = new Date().toISOString()
    const params = { selection, action, until: now } as unknown as JobData
    return enqueueJob(tx, ctx, { kind: bulkKind.kind, params, about: { action } as unknown as JobData, total })
  })
}

async function checkNames(tx: Tx, ctx: Context, action: ConversationAction): Promise<void> {
  if (action.type === 'stage' && !(await findStage(tx, ctx.workspaceId, action.stage)))
    throw new AppError('stage.not_found')
  if (action.type === 'assign' && action.assigneeId && !(await findMember(tx, ctx.workspaceId, action.assigneeId)))
    throw new AppError('member.not_found')
}

interface Tally {
  changed: number
  unchanged: number
  skipped: number
  skips: { id: string; code: string }[]
}
const tallyOf = (result: JobData): Tally => ({
  changed: 0,
  unchanged: 0,
  skipped: 0,
  skips: [],
  ...(result as Partial<Tally>),
})
const asData = (tally: Tally): JobData => ({ ...tally }) as unknown as Record<string, JsonValue>

export const bulkKind: JobKind = {
  kind: 'conversations.bulk',
  undoneBy: UNDO_BULK,
  step: (run) =>
    transact(run.ctx, async (tx) => {
      const { selection, until } = run.params as unknown as { selection: ConversationSelection; until: string }
      const after = typeof run.progress.after === 'string' ? run.progress.after : null
      const ids = await findSelected(tx, run.ctx, selection, { after, until, limit: STEP })
      const tally = tallyOf(run.result)
      await actOnAll(tx, run, ids, tally)
      await run.save(tx, { done: ids.length, progress: { after: ids.at(-1) ?? after }, result: asData(tally) })
      return ids.length < STEP ? 'finished' : 'more'
    }),
}

/** A refusal concerns one conversation; it is listed, and the others go on. */
async function actOnAll(tx: Tx, run: JobRun, ids: string[], tally: Tally): Promise<void> {
  const { ctx, id: jobId } = run
  const action = run.params.action as unknown as ConversationAction
  const rows = await lockConversations(tx, ctx.workspaceId, ids)
  const names = namesIn(tx, ctx)
  const decided: Decided[] = []
  for (const id of ids) {
    const current = rows.get(id)
    if (!current) {
      skip(tally, id, 'conversation.not_found')
      continue
    }
    try {
      if (action.type === 'flag') {
        await actInside(tx, ctx, current, action, jobId)
        tally.changed++
        continue
      }
      const effect = await decide(tx, ctx, current, action, names)
      if (effect) decided.push({ current, effect })
      else tally.unchanged++
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      skip(tally, id, error.code)
    }
  }
  await applyEffects(tx, ctx, decided, jobId)
  tally.changed += decided.length
}

function skip(tally: Tally, id: string, code: string): void {
  tally.skipped++
  if (tally.skips.length < MOST_LISTED) tally.skips.push({ id, code })
}

export const undoBulkKind: JobKind = {
  kind: UNDO_BULK,
  step: (run) =>
    transact(run.ctx, async (tx) => {
      const after = typeof run.progress.after === 'string' ? run.progress.after : null
      const page = { jobId: String(run.params.jobId), after, limit: STEP }
      const changes = await findChangesOfJob(tx, run.ctx.workspaceId, page)
      const tally = tallyOf(run.result)
      const restored = await restoreAll(tx, run.ctx, changes)
      for (const { id, conversationId } of changes) {
        if (restored.has(id)) tally.changed++
        else skip(tally, conversationId, 'change.overtaken')
      }
      const progress = { after: changes.at(-1)?.conversationId ?? after }
      await run.save(tx, { done: changes.length, progress, result: asData(tally) })
      return changes.length < STEP ? 'finished' : 'more'
    }),
}
