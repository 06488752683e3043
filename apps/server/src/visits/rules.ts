/** Trigger rules: list, create, change, delete; and what the tracker of a page receives of them. */
import type { ActiveRules, TriggerGiven, TriggerRule } from '@earshot/contracts'
import { type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { newSecret } from '../platform/webhook-signature.ts'
import { writeAudit } from '../team/index.ts'
import { purposeOf } from './call-webhooks.ts'
import { putSigning } from './queries-calls.ts'
import {
  findAllowedOrigins,
  findEnabledRules,
  findRule,
  findRules,
  insertRule,
  type RuleRow,
  removeRule,
  updateRule,
} from './queries-rules.ts'

type Rule = Omit<TriggerGiven, 'name' | 'enabled'>
/** Rules that were stored before they could tag and call have neither. */
const ruleOf = (row: { rule: unknown }): Rule =>
  ({ tags: [], webhook: null, ...(row.rule as object) }) as unknown as Rule
export type RuleChange = { [K in keyof TriggerGiven]?: TriggerGiven[K] | undefined }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function listRules(
  ctx: Context,
  query: { limit: number; cursor?: string | undefined },
): Promise<{ items: TriggerRule[]; nextCursor: string | null }> {
  if (query.cursor !== undefined && !UUID.test(query.cursor)) {
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })
  }
  return transact(ctx, async (tx) => {
    const rows = await findRules(tx, ctx.workspaceId, { after: query.cursor, limit: query.limit + 1 })
    const items = rows.slice(0, query.limit).map(viewRule)
    return { items, nextCursor: rows.length > query.limit ? items.at(-1)!.id : null }
  })
}

export function createRule(ctx: Context, given: TriggerGiven): Promise<TriggerRule> {
  return transact(ctx, async (tx) => {
    await requireAllowedTarget(tx, ctx, given)
    const id = await insertRule(tx, ctx.workspaceId, store(given))
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'triggers', id })
    return viewRule(await accessRule(tx, ctx, id))
  })
}

/** Every change is a new version, by which a firing says what it followed. */
export function changeRule(ctx: Context, id: string, change: RuleChange): Promise<TriggerRule> {
  return transact(ctx, async (tx) => {
    const row = await accessRule(tx, ctx, id)
    const now: TriggerGiven = { ...ruleOf(row), name: row.name, enabled: row.enabled }
    const edits = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    if (Object.keys(edits).length === 0) return viewRule(row)
    const next: TriggerGiven = { ...now, ...edits }
    if (edits.action) await requireAllowedTarget(tx, ctx, next)
    await updateRule(tx, ctx.workspaceId, id, store(next))
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'triggers', id })
    return viewRule(await accessRule(tx, ctx, id))
  })
}

/** Shown this once; what signs from now on. */
export function signRule(ctx: Context, id: string): Promise<{ secret: string; since: string }> {
  return transact(ctx, async (tx) => {
    const { name } = await accessRule(tx, ctx, id)
    const secret = newSecret()
    const sealed = ctx.triggerCalls.sealer.seal(secret, purposeOf(ctx.workspaceId, id))
    const since = await putSigning(tx, ctx.workspaceId, id, sealed)
    await writeAudit(tx, ctx, 'trigger.signing_rotated', id, { name })
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'triggers', id })
    return { secret, since: since.toISOString() }
  })
}

export function deleteRule(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    await accessRule(tx, ctx, id)
    await removeRule(tx, ctx.workspaceId, id)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'triggers', id })
    return { ok: true as const }
  })
}

/** What the tracker of a page of this channel evaluates. */
export function readActiveRules(
  ctx: Pick<Services, 'db'> & { workspaceId: string },
  channel: { color: string; allowedOrigins: string[] },
): Promise<ActiveRules> {
  return transact(ctx, async (tx) => ({
    rules: (await findEnabledRules(tx, ctx.workspaceId)).map((row) => {
      // What happens on our side of a firing is not a page's to know.
      const { conditions, action, keep, perVisit, waitDays } = ruleOf(row)
      return { id: row.id, conditions, action, keep, perVisit, waitDays }
    }),
    color: channel.color,
    redirectOrigins: channel.allowedOrigins,
  }))
}

/** A website of nobody's list would make us an open redirect. The tracker checks again, for the page it is on. */
async function requireAllowedTarget(tx: Tx, ctx: Context, { action }: TriggerGiven): Promise<void> {
  if (action.do !== 'redirect' || action.url.startsWith('/')) return
  const allowed = await findAllowedOrigins(tx, ctx.workspaceId)
  if (URL.canParse(action.url) && allowed.includes(new URL(action.url).origin)) return
  const message = 'a path such as /offers, or an address of a website that a channel’s list of allowed pages names'
  throw new AppError('request.invalid', { issues: [{ path: ['action', 'url'], message }] })
}

async function accessRule(tx: Tx, ctx: Context, id: string): Promise<RuleRow> {
  const row = await findRule(tx, ctx.workspaceId, id)
  if (!row) throw new AppError('trigger.not_found')
  return row
}

const store = ({ name, enabled, ...rule }: TriggerGiven) => ({ name, enabled, rule: JSON.stringify(rule) })

const viewRule = (row: RuleRow): TriggerRule => ({
  id: row.id,
  name: row.name,
  enabled: row.enabled,
  ...ruleOf(row),
  version: row.version,
  signedSince: row.signedSince?.toISOString() ?? null,
  webhookProblem: row.webhookProblem,
  firedRecently: row.fired,
  acceptedRecently: row.accepted,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})
