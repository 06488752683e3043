/** Change the pipeline: add, rename, order, delete. */
import type { Job, Stage } from '@earshot/contracts'
import { enqueueJob } from '../../jobs/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { viewStage, writeAudit } from '../../team/index.ts'
import { EMPTY_STAGE } from './empty-stage.ts'
import { countByStage, hasStageKey, insertStage, lockStages, type StageRow, updateStage } from './queries-stages.ts'

/** Where every conversation begins: the column's default. */
const FIRST = 'in_progress'

type Named = Pick<Stage, 'name' | 'category' | 'color'>

export function createStage(ctx: Context, given: Named): Promise<Stage> {
  return transact(ctx, async (tx) => {
    const stages = await lockStages(tx, ctx.workspaceId)
    refuseTaken(stages, given.name)
    const key = await newKey(tx, ctx.workspaceId, given.name)
    const position = 1 + Math.max(-1, ...stages.map((stage) => stage.position))
    const row = await insertStage(tx, { ...given, workspaceId: ctx.workspaceId, key, position })
    await tell(tx, ctx, 'stage.created', key, given)
    return viewStage(row)
  })
}

export function changeStage(ctx: Context, key: string, change: Partial<Named>): Promise<Stage> {
  return transact(ctx, async (tx) => {
    const stages = await lockStages(tx, ctx.workspaceId)
    const current = stageIn(stages, key)
    if (change.name !== undefined) refuseTaken(stages, change.name, key)
    if (Object.keys(change).length === 0) return viewStage(current)
    await updateStage(tx, ctx.workspaceId, key, change)
    await tell(tx, ctx, 'stage.changed', key, change)
    return viewStage({ ...current, ...change })
  })
}

/** Somebody may have added one meanwhile: an order that does not name every stage is refused, not guessed. */
export function orderStages(ctx: Context, keys: string[]): Promise<{ items: Stage[]; nextCursor: null }> {
  return transact(ctx, async (tx) => {
    const stages = await lockStages(tx, ctx.workspaceId)
    const known = new Set(stages.map(({ key }) => key))
    if (keys.length !== known.size || new Set(keys).size !== keys.length || keys.some((key) => !known.has(key)))
      throw new AppError('request.invalid', { issues: [{ path: ['keys'], message: 'every stage once' }] })
    const ordered = keys.map((key, position) => ({ ...stageIn(stages, key), position }))
    for (const { key, position } of ordered) await updateStage(tx, ctx.workspaceId, key, { position })
    await tell(tx, ctx, 'stage.ordered', null, { keys })
    return { items: ordered.map(viewStage), nextCursor: null }
  })
}

/** At once nothing may be put into it any more; it is gone when its conversations have moved. */
export function deleteStage(ctx: Context, key: string, moveTo: string): Promise<Job> {
  return transact(ctx, async (tx) => {
    const stages = await lockStages(tx, ctx.workspaceId)
    const { name } = stageIn(stages, key)
    if (key === FIRST) throw new AppError('stage.needed')
    if (moveTo === key)
      throw new AppError('request.invalid', { issues: [{ path: ['moveTo'], message: 'another stage' }] })
    const to = stageIn(stages, moveTo)
    await updateStage(tx, ctx.workspaceId, key, { leavingTo: moveTo })
    await tell(tx, ctx, 'stage.deleted', key, { moveTo })
    const total = (await countByStage(tx, ctx.workspaceId))[key] ?? 0
    return enqueueJob(tx, ctx, {
      kind: EMPTY_STAGE,
      params: { key, moveTo },
      about: { stage: name, to: to.name },
      total,
    })
  })
}

export function countStages(ctx: Context): Promise<{ counts: Record<string, number> }> {
  return transact(ctx, async (tx) => ({ counts: await countByStage(tx, ctx.workspaceId) }))
}

function stageIn(stages: StageRow[], key: string): StageRow {
  const stage = stages.find((one) => one.key === key)
  if (!stage) throw new AppError('stage.not_found')
  return stage
}

function refuseTaken(stages: StageRow[], name: string, except?: string): void {
  const folded = name.toLocaleLowerCase()
  if (stages.some((stage) => stage.key !== except && stage.name.toLocaleLowerCase() === folded))
    throw new AppError('stage.exists')
}

/** The name in plain letters, for people who read the API; numbered where that is taken, and `stage` where nothing is left of it. */
async function newKey(tx: Tx, workspaceId: string, name: string): Promise<string> {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
  const stem = plain.replace(/^_+|_+$/g, '').slice(0, 40) || 'stage'
  for (let n = 1; ; n++) {
    const key = n === 1 ? stem : `${stem}_${n}`
    if (!(await hasStageKey(tx, workspaceId, key))) return key
  }
}

async function tell(tx: Tx, ctx: Context, action: string, key: string | null, details: object): Promise<void> {
  await writeAudit(tx, ctx, action, key, { ...details })
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'stages', id: key ?? 'order' })
}
