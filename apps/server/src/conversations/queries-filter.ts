/** The filters of the list as one SQL condition: values of one filter are OR, filters are AND. */
import type { ConversationFilter } from '@earshot/contracts'
import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { Tables } from '../platform/tables.gen.ts'

export type Filter = z.output<z.ZodObject<typeof ConversationFilter>>
type Builder = ExpressionBuilder<{ c: Tables['conversation'] }, 'c'>
type Condition = ExpressionWrapper<{ c: Tables['conversation'] }, 'c', SqlBool>

/** `me` is the operator for whom "mine" is computed. */
export function conditionsOf(eb: Builder, filter: Filter, me: string | null): Condition[] {
  const all: Condition[] = []
  const oneOf = (column: Parameters<Builder>[0], values: readonly string[] | undefined) => {
    if (values) all.push(eb(column, 'in', [...values]) as Condition)
  }
  oneOf('c.status', filter.status)
  oneOf('c.control', filter.control)
  oneOf('c.handoffState', filter.handoff)
  oneOf('c.outcome', filter.outcome)
  oneOf('c.stageKey', filter.stage)
  oneOf('c.channelKind', filter.channel)
  oneOf('c.agentId', filter.agentId)
  oneOf('c.flowId', filter.flowId)
  oneOf('c.assigneeId', filter.assigneeId)
  oneOf('c.contactId', filter.contactId)
  if (filter.tag) all.push(sql<SqlBool>`c.tags && ${[...filter.tag]}::text[]` as unknown as Condition)
  if (filter.flag) all.push(hasFlag([...filter.flag]))
  if (filter.minRating !== undefined) all.push(eb('c.rating', '>=', filter.minRating) as Condition)
  if (filter.minQuality !== undefined) all.push(eb('c.quality', '>=', filter.minQuality) as Condition)
  if (filter.maxQuality !== undefined) all.push(eb('c.quality', '<=', filter.maxQuality) as Condition)
  if (filter.reviewed !== undefined) all.push(eb('c.reviewedAt', filter.reviewed ? 'is not' : 'is', null) as Condition)
  if (filter.unread !== undefined) all.push(eb('c.hasUnread', '=', filter.unread) as Condition)
  if (filter.from) all.push(eb('c.startedAt', '>=', new Date(filter.from)) as Condition)
  if (filter.to) all.push(eb('c.startedAt', '<', new Date(filter.to)) as Condition)
  if (filter.view) all.push(...viewConditions(eb, filter.view, me))
  return all
}

/** Flags of earlier reviews do not count: the latest review speaks. */
function hasFlag(codes: string[]): Condition {
  return sql<SqlBool>`exists (
    select from review_flag f where f.workspace_id = c.workspace_id and f.conversation_id = c.id and f.state <> 'dismissed' and f.code = any (${codes}::text[])
       and f.review_id = (select r.id from review r where r.workspace_id = c.workspace_id and r.conversation_id = c.id order by r.id desc limit 1))` as unknown as Condition
}

function viewConditions(eb: Builder, view: NonNullable<Filter['view']>, me: string | null): Condition[] {
  switch (view) {
    case 'all':
      return []
    case 'open':
      return [eb('c.status', '=', 'active') as Condition, eb('c.control', '=', 'agent') as Condition]
    case 'closed':
      return [eb('c.status', '=', 'closed') as Condition]
    case 'transferred':
      return [
        eb.or([
          eb('c.handoffState', 'in', ['queued', 'offered', 'accepted']),
          eb('c.outcome', '=', 'transferred'),
        ]) as Condition,
      ]
    case 'needs_human':
      return [eb('c.handoffState', 'in', ['queued', 'offered']) as Condition]
    case 'reviewed':
      return [eb('c.reviewedAt', 'is not', null) as Condition]
    case 'unread':
      return [eb('c.hasUnread', '=', true) as Condition]
    case 'mine':
      return [
        eb('c.status', '=', 'active') as Condition,
        (me ? eb('c.assigneeId', '=', me) : eb.lit(false)) as Condition,
      ]
  }
}
