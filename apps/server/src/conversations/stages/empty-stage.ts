/** The job behind deleting a stage: moves its conversations to another, then removes it. */
import type { JobKind, JobRun } from '../../jobs/index.ts'
import { transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { record } from '../../platform/events.ts'
import { lockConversation } from '../queries.ts'
import { applyEffect } from '../work/effect.ts'
import { findIdsInStage, removeStage, updateStage } from './queries-stages.ts'

export const EMPTY_STAGE = 'stages.delete'
const STEP = 25

export const emptyStageKind: JobKind = {
  kind: EMPTY_STAGE,
  step: (run) =>
    transact(run.ctx, async (tx) => {
      const { workspaceId } = run.ctx
      const key = String(run.params.key)
      const ids = await findIdsInStage(tx, workspaceId, key, STEP)
      for (const id of ids) await move(tx, run, id)
      // One that was being put into it all the while is refused by the foreign key: the step is tried again, and finds it.
      if (ids.length === 0) await removeStage(tx, workspaceId, key)
      if (ids.length === 0) await tell(tx, workspaceId, key)
      await run.save(tx, { done: ids.length, result: { changed: run.done + ids.length } })
      return ids.length === 0 ? 'finished' : 'more'
    }),
  /** Stopped in the middle: what is left stays in the stage, and it may be used again. */
  abandon: (run) =>
    transact(run.ctx, async (tx) => {
      await updateStage(tx, run.ctx.workspaceId, String(run.params.key), { leavingTo: null })
      await tell(tx, run.ctx.workspaceId, String(run.params.key))
    }),
}

async function move(tx: Tx, run: JobRun, id: string): Promise<void> {
  const current = await lockConversation(tx, run.ctx.workspaceId, id)
  const to = String(run.params.moveTo)
  if (!current || current.stageKey !== run.params.key) return
  const activity = { type: 'stage_changed', from: current.stageKey, to }
  await applyEffect(tx, run.ctx, current, { kind: 'stage', update: { stageKey: to }, activity })
}

const tell = (tx: Tx, workspaceId: string, id: string) =>
  record(tx, workspaceId, { type: 'resource.changed', resource: 'stages', id })
