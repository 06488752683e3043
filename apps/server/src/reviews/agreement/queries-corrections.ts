/** SQL of what people corrected, with the review it was said of. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db.ts'
import type { OverrideRow, Value } from '../overrides/queries-overrides.ts'
import type { StoredReview } from '../shape.ts'
import type { Period } from './queries-agreement.ts'

export interface CorrectionRow {
  override: OverrideRow
  contactName: string | null
  analyser: string
  analyserVersion: string
  judged: 'agent' | 'human' | 'mixed'
}

export interface Wanted extends Period {
  part?: string | undefined
  before?: string | undefined
  limit: number
}

/** Those that stand, newest first. `part` is a part of the rubric, or a field. */
export async function findCorrections(tx: Tx, workspaceId: string, wanted: Wanted): Promise<CorrectionRow[]> {
  let query = tx
    .selectFrom('reviewOverride as o')
    .innerJoin('review as r', (j) => j.onRef('r.workspaceId', '=', 'o.workspaceId').onRef('r.id', '=', 'o.reviewId'))
    .innerJoin('conversation as c', (j) =>
      j.onRef('c.workspaceId', '=', 'o.workspaceId').onRef('c.id', '=', 'o.conversationId'),
    )
    .innerJoin('contact as p', (j) => j.onRef('p.workspaceId', '=', 'c.workspaceId').onRef('p.id', '=', 'c.contactId'))
    .selectAll('o')
    .select(['p.name as contactName', 'r.analyser', 'r.analyserVersion', 'r.judged'])
    .where('o.workspaceId', '=', workspaceId)
    .where('o.endedAt', 'is', null)
    .where('r.judged', '=', wanted.judged)
    .where('r.createdAt', '>', sql<Date>`now() - make_interval(days => ${wanted.days})`)
  if (wanted.version !== undefined) query = query.where('r.analyserVersion', '=', wanted.version)
  if (wanted.before !== undefined) query = query.where('o.id', '<', wanted.before)
  const { part } = wanted
  if (part !== undefined)
    query = query.where((e) =>
      e.or([e('o.part', '=', part), e.and([e('o.part', '=', ''), e(sql`o.field`, '=', part)])]),
    )
  const rows = await query.orderBy('o.id', 'desc').limit(wanted.limit).execute()
  return rows.map(({ contactName, analyser, analyserVersion, judged, ...override }) => ({
    override: override as OverrideRow,
    contactName,
    analyser,
    analyserVersion,
    judged: (judged ?? 'agent') as CorrectionRow['judged'],
  }))
}

/** One thing a person says otherwise, or in a second review the same, with what it was said of. */
export interface LabelledRow {
  source: 'correction' | 'second_review'
  reviewId: string
  field: string
  part: string
  review: Value
  person: Value
  max: number | null
  reason: string
  at: Date
  analyser: string
  analyserVersion: string
  judged: string
  shaped: StoredReview['shaped']
}

/** Newest first: every correction that stands, and every value of second reviews. */
export async function findLabelled(
  tx: Tx | Db,
  workspaceId: string,
  { days, part, limit }: { days: number; part?: string | undefined; limit: number },
): Promise<LabelledRow[]> {
  const { rows } = await sql<LabelledRow>`
    select l.*, r.analyser, r.analyser_version, r.judged, r.analysis -> 'shaped' as shaped from (
      select 'correction' as source, o.review_id, o.field, o.part, o.engine_value as review, o.person_value as person, o.most as max, o.reason, o.at
        from review_override o where o.workspace_id = ${workspaceId} and o.ended_at is null
      union all
      select 'second_review', s.review_id, 'part', p.key, q.value -> 'points', p.value, (q.value ->> 'max')::int, s.note, s.at
        from review_sheet s join review v on v.workspace_id = s.workspace_id and v.id = s.review_id,
             jsonb_each(s.points) p, jsonb_array_elements(v.analysis #> '{shaped,quality,parts}') q
       where s.workspace_id = ${workspaceId} and q.value ->> 'key' = p.key
      union all
      select 'second_review', s.review_id, 'resolution', '', v.analysis #> '{shaped,resolution}', to_jsonb(s.resolution), null, s.note, s.at
        from review_sheet s join review v on v.workspace_id = s.workspace_id and v.id = s.review_id
       where s.workspace_id = ${workspaceId}
    ) l join review r on r.workspace_id = ${workspaceId} and r.id = l.review_id
     where l.at > now() - make_interval(days => ${days})
       and (${part ?? null}::text is null or l.part = ${part ?? null} or (l.part = '' and l.field = ${part ?? null}))
     order by l.at desc limit ${limit}`.execute(tx)
  return rows
}
