/** The filters of the list as one SQL condition on `conversation as c`: values of one filter are OR, filters are AND. */
import type { FilterBody, ListFilterName } from '@earshot/contracts'
import { type RawBuilder, type SqlBool, sql } from 'kysely'

export type Filter = FilterBody
export type Condition = RawBuilder<SqlBool>

/** Filters that compare one column with several values, and how `none` is told from them where the column may be empty. */
const COLUMNS = {
  status: 'c.status',
  control: 'c.control',
  handoff: 'c.handoff_state',
  outcome: 'c.outcome',
  resolution: 'c.resolution',
  stage: 'c.stage_key',
  channel: 'c.channel_kind',
  agentId: 'c.agent_id',
  flowId: 'c.flow_id',
  assigneeId: 'c.assignee_id',
  contactId: 'c.contact_id',
  tone: 'c.tone',
  priority: 'c.priority',
} as const satisfies Partial<Record<ListFilterName, string>>

/** Filters that ask whether a set of the conversation holds one of several values. */
const SETS = { tag: 'c.tags', flag: 'c.flags' } as const satisfies Partial<Record<ListFilterName, string>>

/** What the values mean is as long as an id in these; elsewhere text. */
const IDS: readonly string[] = ['agentId', 'flowId', 'assigneeId', 'contactId']
/** Handoff has a value of its own called none. */
const MAY_BE_EMPTY: readonly string[] = ['outcome', 'agentId', 'flowId', 'assigneeId', 'tone']

/** `me` is the operator for whom "mine" is computed; without one nothing is mine. */
export function conditionsOf(filter: Filter, me: string | null): Condition[] {
  return [
    ...listConditions(filter, me),
    ...setConditions(filter),
    ...otherConditions(filter),
    ...viewConditions(filter.view, me),
  ]
}

/** All of them at once, for `where`. */
export const matches = (conditions: Condition[]): Condition =>
  conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(conditions, sql` and `)})`

function listConditions(filter: Filter, me: string | null): Condition[] {
  return (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).flatMap((name) => {
    const compare = (values: readonly string[] | undefined, not: boolean) =>
      values === undefined ? [] : [oneOf(name, meant(values, me), not)]
    return [...compare(filter[name], false), ...compare(filter[`${name}Not`], true)]
  })
}

/** `me` is who asks. A machine is nobody: its `me` finds nothing, and leaves out nothing. */
const meant = (values: readonly string[], me: string | null): string[] =>
  values.flatMap((value) => (value !== 'me' ? [value] : me ? [me] : []))

/** What has no value is none of the values: "is not" keeps it, unless it says `none` too. */
function oneOf(name: keyof typeof COLUMNS, all: readonly string[], not: boolean): Condition {
  const column = sql.raw(COLUMNS[name])
  const mayBeEmpty = MAY_BE_EMPTY.includes(name)
  const none = mayBeEmpty && all.includes('none')
  const values = mayBeEmpty ? all.filter((value) => value !== 'none') : all
  const listed = sql.join(values.map((value) => (IDS.includes(name) ? sql`${value}::uuid` : sql`${value}`)))
  if (!not) {
    if (values.length === 0) return none ? sql`${column} is null` : sql`false`
    return none ? sql`(${column} in (${listed}) or ${column} is null)` : sql`${column} in (${listed})`
  }
  if (values.length === 0) return none ? sql`${column} is not null` : sql`true`
  return none || !mayBeEmpty
    ? sql`${column} not in (${listed})`
    : sql`(${column} not in (${listed}) or ${column} is null)`
}

function setConditions(filter: Filter): Condition[] {
  return (Object.keys(SETS) as (keyof typeof SETS)[]).flatMap((name) => {
    const column = sql.raw(SETS[name])
    const asked = filter[name]
    const refused = filter[`${name}Not`]
    return [
      // `<> '{}'` follows from the rest; said, it lets the partial index answer.
      ...(asked ? [sql<SqlBool>`(${column} && ${[...asked]}::text[] and ${column} <> '{}')`] : []),
      ...(refused ? [sql<SqlBool>`not ${column} && ${[...refused]}::text[]`] : []),
    ]
  })
}

function otherConditions(filter: Filter): Condition[] {
  const {
    minRating,
    maxRating,
    rated,
    minQuality,
    maxQuality,
    reviewed,
    unread,
    flagged,
    hasAudio,
    snoozed,
    from,
    to,
  } = filter
  const all: Condition[] = []
  if (minRating !== undefined) all.push(sql`c.rating >= ${minRating}`)
  if (maxRating !== undefined) all.push(sql`c.rating <= ${maxRating}`)
  if (rated !== undefined) all.push(rated ? sql`c.rating is not null` : sql`c.rating is null`)
  if (minQuality !== undefined) all.push(sql`c.quality >= ${minQuality}`)
  if (maxQuality !== undefined) all.push(sql`c.quality <= ${maxQuality}`)
  if (reviewed !== undefined) all.push(reviewed ? sql`c.reviewed_at is not null` : sql`c.reviewed_at is null`)
  if (unread !== undefined) all.push(unread ? sql`c.has_unread` : sql`not c.has_unread`)
  if (flagged !== undefined) all.push(flagged ? sql`c.flag_count > 0` : sql`c.flag_count = 0`)
  if (hasAudio !== undefined) all.push(hasAudio ? sql`c.has_audio` : sql`not c.has_audio`)
  if (snoozed !== undefined) all.push(snoozed ? sql`c.snoozed_at is not null` : sql`c.snoozed_at is null`)
  if (from) all.push(sql`c.started_at >= ${from}::timestamptz`)
  if (to) all.push(sql`c.started_at < ${to}::timestamptz`)
  if (filter.lastDays !== undefined) all.push(sql`c.started_at >= now() - make_interval(days => ${filter.lastDays})`)
  return all
}

function viewConditions(view: Filter['view'], me: string | null): Condition[] {
  switch (view) {
    case undefined:
    case 'all':
      return []
    case 'open':
      return [sql`c.status = 'active'`, sql`c.control = 'agent'`]
    case 'closed':
      return [sql`c.status = 'closed'`]
    case 'transferred':
      return [sql`(c.handoff_state in ('queued', 'offered', 'accepted') or c.outcome = 'transferred')`]
    case 'needs_human':
      return [sql`c.handoff_state in ('queued', 'offered')`]
    case 'reviewed':
      return [sql`c.reviewed_at is not null`]
    case 'unread':
      return [sql`c.has_unread`]
    case 'mine':
      return [sql`c.status = 'active'`, me ? sql`c.assignee_id = ${me}::uuid` : sql`false`]
  }
}
