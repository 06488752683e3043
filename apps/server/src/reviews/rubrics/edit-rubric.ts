/** The rubric as people change it: a draft, then a version that is never changed again; an earlier one comes back as a draft. */
import { Rubric, type RubricDraft, type RubricState, type RubricVersion, STANDARD_RUBRIC } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import {
  countByVersion,
  type DraftRow,
  findCurrent,
  findDraft,
  findVersions,
  insertVersion,
  lockRubric,
  putDraft,
  removeDraft,
  type VersionRow,
} from './queries-rubrics.ts'
import { questionsOf, STANDARD_VERSION } from './rubric-of.ts'

export const getRubric = (ctx: Context): Promise<RubricState> => transact(ctx, (tx) => stateOf(tx, ctx))

export function listRubricVersions(ctx: Context): Promise<{ items: RubricVersion[] }> {
  return transact(ctx, async (tx) => {
    const counts = await countByVersion(tx, ctx.workspaceId)
    const rows = await findVersions(tx, ctx.workspaceId)
    return { items: [...rows, undefined].map((row) => viewVersion(row, counts)) }
  })
}

export function saveRubricDraft(
  ctx: Context,
  { rubric, revision }: { rubric: Rubric; revision: number },
): Promise<RubricDraft> {
  return transact(ctx, async (tx) => {
    await lockRubric(tx, ctx.workspaceId)
    const before = await findDraft(tx, ctx.workspaceId, true)
    if ((before?.revision ?? 0) !== revision) throw new AppError('rubric.draft_changed')
    return viewDraft(await keepDraft(tx, ctx, rubric))
  })
}

export function discardRubricDraft(ctx: Context): Promise<RubricState> {
  return transact(ctx, async (tx) => {
    await removeDraft(tx, ctx.workspaceId)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'rubric', id: ctx.workspaceId })
    return stateOf(tx, ctx)
  })
}

/** Only the draft that was looked at: somebody may have changed it since. */
export function switchRubricOn(
  ctx: Context,
  { revision, note }: { revision: number; note: string },
): Promise<RubricState> {
  return transact(ctx, async (tx) => {
    await lockRubric(tx, ctx.workspaceId)
    const draft = await findDraft(tx, ctx.workspaceId, true)
    if (!draft) throw new AppError('rubric.no_draft')
    if (draft.revision !== revision) throw new AppError('rubric.draft_changed')
    const current = await findCurrent(tx, ctx.workspaceId)
    const version = (current?.version ?? STANDARD_VERSION) + 1
    await insertVersion(tx, ctx.workspaceId, {
      version,
      rubric: Rubric.parse(draft.rubric),
      note,
      byName: ctx.actor.name,
    })
    await removeDraft(tx, ctx.workspaceId)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'rubric', id: ctx.workspaceId })
    await writeAudit(tx, ctx, 'rubric.switched_on', null, { version, note })
    return stateOf(tx, ctx)
  })
}

export function restoreRubric(ctx: Context, version: number): Promise<RubricDraft> {
  return transact(ctx, async (tx) => {
    await lockRubric(tx, ctx.workspaceId)
    const rows = await findVersions(tx, ctx.workspaceId)
    const row = rows.find((one) => one.version === version)
    if (!row && version !== STANDARD_VERSION) throw new AppError('rubric.version_not_found')
    return viewDraft(await keepDraft(tx, ctx, row ? Rubric.parse(row.rubric) : STANDARD_RUBRIC))
  })
}

async function keepDraft(tx: Tx, ctx: Context, rubric: Rubric): Promise<DraftRow> {
  const row = await putDraft(tx, ctx.workspaceId, { rubric, byName: ctx.actor.name })
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'rubric', id: ctx.workspaceId })
  return row
}

async function stateOf(tx: Tx, ctx: Context): Promise<RubricState> {
  const draft = await findDraft(tx, ctx.workspaceId)
  const current = viewVersion(await findCurrent(tx, ctx.workspaceId), await countByVersion(tx, ctx.workspaceId))
  return { current, draft: draft ? viewDraft(draft) : null, questions: questionsOf(current.rubric).length }
}

const viewDraft = ({ rubric, revision, byName, at }: DraftRow): RubricDraft => ({
  rubric: Rubric.parse(rubric),
  revision,
  by: byName,
  at: at.toISOString(),
})

/** Without a row: the one Earshot comes with. */
const viewVersion = (row: VersionRow | undefined, counts: Map<string, number>): RubricVersion => ({
  version: row?.version ?? STANDARD_VERSION,
  rubric: row ? Rubric.parse(row.rubric) : STANDARD_RUBRIC,
  note: row?.note ?? '',
  by: row?.byName ?? null,
  at: row?.at.toISOString() ?? null,
  reviews: counts.get(String(row?.version ?? STANDARD_VERSION)) ?? 0,
})
