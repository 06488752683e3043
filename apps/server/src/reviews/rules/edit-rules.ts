/** Own flags as people keep them: each change of what counts is a version that stays. */
import { FLAG_CODES } from '@earshot/analysis'
import { type FlagRule, type FlagRuleVersion, Rule } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import {
  findRules,
  findRuleVersions,
  insertRule,
  isNameTaken,
  lockRule,
  lockRules,
  type RuleRow,
  removeRule,
  type ShownRule,
  updateRule,
} from './queries-rules.ts'

export type RuleDraft = Pick<FlagRule, 'name' | 'about' | 'severity' | 'rule' | 'enabled'>

const MOST = 50

export const listFlagRules = (ctx: Context): Promise<{ items: FlagRule[] }> =>
  transact(ctx, async (tx) => ({ items: (await findRules(tx, ctx.workspaceId)).map(view) }))

export function createFlagRule(ctx: Context, draft: RuleDraft): Promise<FlagRule> {
  return transact(ctx, async (tx) => {
    if ((await lockRules(tx, ctx.workspaceId)) >= MOST) throw new AppError('flag_rule.too_many')
    await assertFree(tx, ctx, draft.name, null)
    const id = await insertRule(tx, ctx.workspaceId, { ...draft, byName: ctx.actor.name })
    return told(tx, ctx, id, 'flag_rule.created')
  })
}

export function changeFlagRule(ctx: Context, id: string, draft: RuleDraft): Promise<FlagRule> {
  return transact(ctx, async (tx) => {
    await lockRules(tx, ctx.workspaceId)
    const before = await lockRule(tx, ctx.workspaceId, id)
    if (!before) throw new AppError('flag_rule.not_found')
    await assertFree(tx, ctx, draft.name, id)
    await updateRule(tx, ctx.workspaceId, id, { ...draft, byName: ctx.actor.name }, isOther(before, draft))
    return told(tx, ctx, id, 'flag_rule.changed')
  })
}

export function deleteFlagRule(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    const before = await lockRule(tx, ctx.workspaceId, id)
    if (!before) throw new AppError('flag_rule.not_found')
    await removeRule(tx, ctx.workspaceId, id)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'flag-rules', id })
    await writeAudit(tx, ctx, 'flag_rule.deleted', id, { name: before.name })
    return { ok: true as const }
  })
}

export function listFlagRuleVersions(ctx: Context, id: string): Promise<{ items: FlagRuleVersion[] }> {
  return transact(ctx, async (tx) => {
    const rows = await findRuleVersions(tx, ctx.workspaceId, id)
    if (rows.length === 0) throw new AppError('flag_rule.not_found')
    return {
      items: rows.map(({ version, name, severity, rule, about, byName, at }) => ({
        version,
        name,
        severity: severity as FlagRuleVersion['severity'],
        rule: Rule.parse(rule),
        about,
        by: byName,
        at: at.toISOString(),
      })),
    }
  })
}

/** Switching it on or off is no other rule. */
const isOther = (before: RuleRow, draft: RuleDraft): boolean =>
  before.name !== draft.name ||
  before.about !== draft.about ||
  before.severity !== draft.severity ||
  JSON.stringify(Rule.parse(before.rule)) !== JSON.stringify(draft.rule)

/** Its name is what the flag is called by: neither another own one's, nor one that comes with Earshot. */
async function assertFree(tx: Tx, ctx: Context, name: string, besides: string | null): Promise<void> {
  const plain = name.toLowerCase().replaceAll(' ', '_')
  if (FLAG_CODES.some((code) => code === plain) || (await isNameTaken(tx, ctx.workspaceId, name, besides)))
    throw new AppError('flag_rule.name_taken')
}

async function told(tx: Tx, ctx: Context, id: string, what: string): Promise<FlagRule> {
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'flag-rules', id })
  const [row] = await findRules(tx, ctx.workspaceId, id)
  await writeAudit(tx, ctx, what, id, { name: row!.name, version: row!.version })
  return view(row!)
}

const view = (row: ShownRule): FlagRule => ({
  id: row.id,
  version: row.version,
  enabled: row.enabled,
  name: row.name,
  about: row.about,
  severity: row.severity,
  rule: Rule.parse(row.rule),
  by: row.byName,
  at: row.at.toISOString(),
  raised: row.raised,
  dismissed: row.dismissed,
})
