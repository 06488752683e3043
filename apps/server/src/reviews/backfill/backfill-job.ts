/** The job behind a backfill: a few conversations a step, each reviewed as by the sweep. A model's words come later, within the budget. */
import { EMBEDDED_VERSION, MODEL_ENGINE_VERSION } from '@earshot/analysis'
import { BackfillWish } from '@earshot/contracts'
import type { JobKind, JobRun } from '../../jobs/index.ts'
import { transact } from '../../platform/context.ts'
import { endRefinementsOfJob } from '../engines/queries-engines.ts'
import { reviewConversation } from '../review-conversation.ts'
import { type Current, findPast } from './queries-backfill.ts'

export const BACKFILL_JOB = 'reviews.backfill'
const A_STEP = 10

export const currentOf = ({ withModel }: Pick<BackfillWish, 'withModel'>): Current => ({
  embedded: EMBEDDED_VERSION,
  model: withModel ? MODEL_ENGINE_VERSION : null,
})

export const backfillJob: JobKind = {
  kind: BACKFILL_JOB,
  async step(run) {
    const wish = BackfillWish.parse(run.params)
    const after = typeof run.progress.after === 'string' ? run.progress.after : null
    const { workspaceId } = run.ctx
    const given = { current: currentOf(wish), after, limit: A_STEP }
    const ids = await transact(run.ctx, (tx) => findPast(tx, workspaceId, wish, given))
    if (ids.length === 0) return 'finished'
    let [reviewed, failed] = [countIn(run, 'reviewed'), countIn(run, 'failed')]
    for (const id of ids) {
      try {
        const backfill = { jobId: run.id, withModel: wish.withModel, onlyUnreviewed: wish.which === 'unreviewed' }
        // One that somebody writes in just now is reviewed when they have finished.
        if (await reviewConversation(run.ctx, id, 'backfill', backfill)) reviewed++
      } catch (error) {
        run.ctx.log.warn({ err: error, conversationId: id, jobId: run.id }, 'a past conversation could not be reviewed')
        failed++
      }
    }
    const progress = { after: ids.at(-1)! }
    await transact(run.ctx, (tx) => run.save(tx, { done: ids.length, progress, result: { reviewed, failed } }))
    return 'more'
  },
  /** Stopped: what waits for the model is not asked for any more. */
  async abandon(run) {
    await transact(run.ctx, (tx) => endRefinementsOfJob(tx, run.ctx.workspaceId, run.id))
  },
}

const countIn = ({ result }: JobRun, key: string): number => Number(result[key] ?? 0)
