/** SQL of agreement: reviews of a period beside what people said of them. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { OverrideRow } from '../overrides/queries-overrides.ts'
import type { Rated } from './statistics.ts'

export interface Period {
  judged: string
  days: number
  version?: string | undefined
}

/** Reviews `r` that were made in the period, of one kind of answerer and when asked of one engine. */
const inPeriod = (workspaceId: string, { judged, days, version }: Period) => sql`
  r.workspace_id = ${workspaceId} and r.created_at > now() - make_interval(days => ${days}) and r.judged = ${judged}
  and (${version ?? null}::text is null or r.analyser_version = ${version ?? null})`

export interface Totals {
  reviews: number
  overrides: number
  corrected: number
}

export async function countPeriod(tx: Tx, workspaceId: string, period: Period): Promise<Totals> {
  const { rows } = await sql<Totals>`
    select (select count(*) from review r where ${inPeriod(workspaceId, period)}) as reviews,
           count(*) as overrides, count(distinct o.review_id) as corrected
      from review_override o join review r on r.workspace_id = o.workspace_id and r.id = o.review_id
     where o.workspace_id = ${workspaceId} and o.ended_at is null and ${inPeriod(workspaceId, period)}`.execute(tx)
  return rows[0]!
}

export async function countVersions(
  tx: Tx,
  workspaceId: string,
  { judged, days }: Period,
): Promise<{ version: string; reviews: number }[]> {
  const { rows } = await sql<{ version: string; reviews: number }>`
    select r.analyser_version as version, count(*) as reviews from review r
     where ${inPeriod(workspaceId, { judged, days })} group by 1 order by 2 desc limit 20`.execute(tx)
  return rows
}

export interface Said {
  reviewId: string
  parts: { key: string; points: number; max: number; applicable: boolean }[]
  resolution: string
  outcome: string | null
  stage: string | null
  overrides: Pick<OverrideRow, 'field' | 'part' | 'personValue'>[]
  sheets: { points: Record<string, number>; resolution: string }[]
  /** Somebody was done with it in the review queue; the parts are those agreed with one by one, none of them means the whole. */
  checks: { agreed: string[] }[]
}

/** The newest reviews that a person has said something about. */
export async function findSaid(tx: Tx, workspaceId: string, period: Period, limit: number): Promise<Said[]> {
  const { rows } = await sql<Said>`
    select r.id as review_id, r.analysis #> '{shaped,quality,parts}' as parts, r.analysis #>> '{shaped,resolution}' as resolution,
           r.analysis #>> '{shaped,outcome}' as outcome, r.analysis #>> '{shaped,suggestedStage}' as stage,
           coalesce((select json_agg(json_build_object('field', o.field, 'part', o.part, 'personValue', o.person_value)) from review_override o
                      where o.workspace_id = r.workspace_id and o.review_id = r.id and o.ended_at is null), '[]') as overrides,
           coalesce((select json_agg(json_build_object('points', s.points, 'resolution', s.resolution)) from review_sheet s
                      where s.workspace_id = r.workspace_id and s.review_id = r.id), '[]') as sheets,
           coalesce((select json_agg(json_build_object('agreed', k.agreed)) from review_check k
                      where k.workspace_id = r.workspace_id and k.review_id = r.id), '[]') as checks
      from review r
     where ${inPeriod(workspaceId, period)} and r.applicable and r.id in (
       select review_id from review_override where workspace_id = ${workspaceId} and ended_at is null
       union select review_id from review_sheet where workspace_id = ${workspaceId}
       union select review_id from review_check where workspace_id = ${workspaceId})
     order by r.id desc limit ${limit}`.execute(tx)
  return rows
}

/** How many conversations have this score of the review and this rating of the contact; the latest review of each. */
export async function countRated(tx: Tx, workspaceId: string, period: Period): Promise<Rated[]> {
  const { rows } = await sql<Rated>`
    select r.score, c.rating as stars, count(*) as count
      from review r join conversation c on c.workspace_id = r.workspace_id and c.id = r.conversation_id and c.rating is not null
     where ${inPeriod(workspaceId, period)} and r.score is not null
       and not exists (select from review n where n.workspace_id = r.workspace_id and n.conversation_id = r.conversation_id and n.id > r.id)
     group by 1, 2`.execute(tx)
  return rows
}

export interface Worth {
  resolution: string
  count: number
  held: number
}

/**
 * What reviews called resolved, at least a week ago, and how often the contact wrote nothing in the week after it: neither there nor in
 * another conversation. Of the newest so many reviews.
 */
export async function countHeld(tx: Tx, workspaceId: string, period: Period, limit: number): Promise<Worth[]> {
  const { rows } = await sql<Worth>`
    with said as (
      select distinct on (r.conversation_id, r.through_position) r.conversation_id, r.through_position, e.at, c.contact_id,
             r.analysis #>> '{shaped,resolution}' as resolution
        from (select * from review r where r.workspace_id = ${workspaceId} and r.judged = ${period.judged} and r.applicable
                 and r.created_at > now() - make_interval(days => ${period.days + 7})
                 and (${period.version ?? null}::text is null or r.analyser_version = ${period.version ?? null})
               order by r.id desc limit ${limit}) r
        join conversation c on c.workspace_id = r.workspace_id and c.id = r.conversation_id
        join entry e on e.workspace_id = r.workspace_id and e.conversation_id = r.conversation_id and e.position = r.through_position
       where e.at between now() - make_interval(days => ${period.days + 7}) and now() - interval '7 days'
       order by r.conversation_id, r.through_position, r.id desc
    )
    select s.resolution, count(*) as count, count(*) filter (where not exists (
             select from entry e where e.workspace_id = ${workspaceId} and e.conversation_id = s.conversation_id and e.position > s.through_position
                and e.kind = 'message' and e.author_kind = 'contact' and e.at <= s.at + interval '7 days')
           and not exists (
             select from conversation o where o.workspace_id = ${workspaceId} and o.contact_id = s.contact_id and o.id <> s.conversation_id
                and o.started_at > s.at and o.started_at <= s.at + interval '7 days')) as held
      from said s where s.resolution in ('claimed', 'executed', 'confirmed', 'verified') group by 1`.execute(tx)
  return rows
}

/** One quarter of the period (1 to 4), or 0 for as long before it. */
export interface Quarter {
  quarter: number
  count: number
  flagged: number
  notApplicable: number
  noScore: number
  negative: number
}

export async function countDrift(tx: Tx, workspaceId: string, period: Period): Promise<Quarter[]> {
  const { rows } = await sql<Quarter>`
    select greatest(0, 4 - floor(extract(epoch from now() - c.last_message_at) / (${period.days} * 21600))::int) as quarter,
           count(*) as count, count(*) filter (where c.flag_count > 0) as flagged,
           count(*) filter (where not r.applicable) as not_applicable,
           count(*) filter (where r.applicable and r.score is null) as no_score,
           count(*) filter (where r.tone = 'negative') as negative
      from conversation c cross join lateral (
        select * from review r where r.workspace_id = c.workspace_id and r.conversation_id = c.id order by r.id desc limit 1) r
     where c.workspace_id = ${workspaceId} and c.last_message_at > now() - make_interval(days => ${period.days * 2}) and c.last_message_at <= now()
       and r.judged = ${period.judged} and (${period.version ?? null}::text is null or r.analyser_version = ${period.version ?? null})
     group by 1`.execute(tx)
  return rows
}
