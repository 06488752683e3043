/** SQL of the review queue: the latest reviews that fit a filter, with all that decides how much each is worth a look. */
import type { ReviewQueueFilter, ScoreBand } from '@earshot/contracts'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

/** Of how many, newest first, the most worth a look are chosen. */
export const MOST_CANDIDATES = 2000

export interface Candidate {
  id: string
  reviewId: string
  reviewedAt: Date
  score: number | null
  rating: number | null
  confidence: number | null
  /** Chosen by lot for today, or by the sample that was asked for. */
  drawn: boolean
  flags: { code: string; severity: 'info' | 'review' | 'urgent' }[]
  lockBy: string | null
  lockName: string | null
  lockUntil: Date | null
  /** Put off by who asks. */
  skipped: boolean
  checkedBy: string | null
  checkedAt: Date | null
}

export interface Wanted {
  filter: Omit<ReviewQueueFilter, 'zone'> & { zone?: string }
  /** Who asks. */
  me: string
  /** Whether those that a person has checked are meant, instead of those that nobody has. */
  checked: boolean
  /** May look at answers of their own. */
  ownToo: boolean
  /** Beside the day, what the lot is drawn by. */
  seed: string
  /** Only these, whatever the filter says. */
  ids?: readonly string[]
}

/** A share of all that is looked at whatever the analyser thinks, so that agreement is not only that on hard cases. */
const DRAWN_PERCENT = 3

export async function findCandidates(tx: Tx, workspaceId: string, wanted: Wanted): Promise<Candidate[]> {
  const { filter, me, checked, ownToo, seed, ids } = wanted
  const { rows } = await sql<Candidate>`
    select c.id, r.id as review_id, r.created_at as reviewed_at, c.quality as score, c.rating, r.confidence,
           ${drawn(seed, filter.sample ?? DRAWN_PERCENT)} as drawn,
           f.flags, l.member_id as lock_by, m.name as lock_name, l.until as lock_until, s.until is not null as skipped,
           k.member_name as checked_by, k.at as checked_at
      from conversation c
      join lateral (select r.id, r.created_at, r.confidence, r.applicable, r.through_position from review r
                     where r.workspace_id = c.workspace_id and r.conversation_id = c.id order by r.id desc limit 1) r on r.applicable
      left join lateral (select k.member_name, k.at from review_check k
                           join review of on of.workspace_id = k.workspace_id and of.id = k.review_id
                          where k.workspace_id = c.workspace_id and k.conversation_id = c.id and of.through_position >= r.through_position
                          order by k.at desc limit 1) k on true
      left join lateral (select coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'severity', f.severity) order by f.id), '[]') as flags
                           from review_flag f where f.workspace_id = c.workspace_id and f.conversation_id = c.id and f.state = 'open'
                            and (f.review_id = r.id or f.review_id is null)) f on true
      left join review_lock l on l.workspace_id = c.workspace_id and l.conversation_id = c.id and l.until > now()
      left join member m on m.workspace_id = l.workspace_id and m.id = l.member_id
      left join review_skip s on s.workspace_id = c.workspace_id and s.conversation_id = c.id and s.member_id = ${me} and s.until > now()
     where c.workspace_id = ${workspaceId} and c.reviewed_at is not null and k.at is ${checked ? sql`not null` : sql`null`}
       ${ids ? sql`and c.id = any (${[...ids]}::uuid[])` : sql``}
       ${ownToo ? sql`` : sql`and not ${answeredBy(me)}`}
       ${sql.join(
         conditionsOf(filter, seed).map((one) => sql`and ${one}`),
         sql` `,
       )}
     order by c.activity_min desc, c.id desc
     limit ${MOST_CANDIDATES}`.execute(tx)
  return rows
}

/** The same conversations for everybody, as long as the seed is. */
const drawn = (seed: string, percent: number): RawBuilder<SqlBool> =>
  sql<SqlBool>`(hashtextextended(c.id::text || ${seed}::text, 0) & 9223372036854775807) % 10000 < ${Math.round(percent * 100)}`

const answeredBy = (me: string): RawBuilder<SqlBool> => sql<SqlBool>`exists (
  select from entry e where e.workspace_id = c.workspace_id and e.conversation_id = c.id and e.kind = 'message'
     and e.author_kind = 'operator' and e.author_id = ${me})`

const BANDS: Record<ScoreBand, RawBuilder<SqlBool>> = {
  high: sql`c.quality >= 80`,
  mid: sql`c.quality between 60 and 79`,
  low: sql`c.quality between 40 and 59`,
  veryLow: sql`c.quality < 40`,
  none: sql`c.quality is null`,
}

function conditionsOf(filter: Wanted['filter'], seed: string): RawBuilder<SqlBool>[] {
  const { flag, band, agentId, channel, from, to, sample } = filter
  const all: RawBuilder<SqlBool>[] = []
  // Without the dismissed ones; `<> '{}'` follows from the rest and lets the partial index answer.
  if (flag) all.push(sql`(c.flags && ${[...flag]}::text[] and c.flags <> '{}')`)
  if (band?.length)
    all.push(
      sql`(${sql.join(
        band.map((one) => BANDS[one]),
        sql` or `,
      )})`,
    )
  if (agentId) all.push(sql`c.agent_id = any (${[...agentId]}::uuid[])`)
  if (channel) all.push(sql`c.channel_kind = any (${[...channel]}::text[])`)
  if (from) all.push(sql`c.started_at >= ${from}::timestamptz`)
  if (to) all.push(sql`c.started_at < ${to}::timestamptz`)
  if (sample !== undefined) all.push(drawn(seed, sample))
  return all
}
