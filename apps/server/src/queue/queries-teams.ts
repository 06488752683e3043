/** SQL of teams and skills. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

export interface TeamRow {
  id: string
  name: string
  memberIds: string[]
}

export async function findTeams(tx: Tx, workspaceId: string, id?: string): Promise<TeamRow[]> {
  const { rows } = await sql<TeamRow>`
    select t.id, t.name, coalesce(array_agg(m.id order by m.name, m.id) filter (where m.id is not null), '{}') as member_ids
      from queue_team t
      left join queue_team_member tm on tm.workspace_id = t.workspace_id and tm.team_id = t.id
      left join member m on m.workspace_id = tm.workspace_id and m.id = tm.member_id and m.removed_at is null
     where t.workspace_id = ${workspaceId} ${id ? sql`and t.id = ${id}` : sql``}
     group by t.id, t.name order by lower(t.name), t.id`.execute(tx)
  return rows
}

export async function insertTeam(tx: Tx, workspaceId: string, name: string): Promise<string> {
  const { id } = await tx
    .insertInto('queueTeam')
    .values({ workspaceId, name })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function renameTeam(tx: Tx, workspaceId: string, id: string, name: string): Promise<void> {
  await tx.updateTable('queueTeam').set({ name }).where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

export async function deleteTeamRow(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('queueTeam')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return gone !== undefined
}

/** Exactly these; false when one of them is no member. */
export async function setTeamMembers(
  tx: Tx,
  workspaceId: string,
  teamId: string,
  memberIds: readonly string[],
): Promise<boolean> {
  const wanted = [...new Set(memberIds)]
  await tx.deleteFrom('queueTeamMember').where('workspaceId', '=', workspaceId).where('teamId', '=', teamId).execute()
  const { rows } = await sql`
    insert into queue_team_member (workspace_id, team_id, member_id)
    select m.workspace_id, ${teamId}, m.id from member m
     where m.workspace_id = ${workspaceId} and m.id = any (${wanted}::uuid[]) and m.removed_at is null returning 1`.execute(
    tx,
  )
  return rows.length === wanted.length
}

/** Exactly these teams of a member; false when one of them does not exist. */
export async function setTeamsOf(
  tx: Tx,
  workspaceId: string,
  memberId: string,
  teamIds: readonly string[],
): Promise<boolean> {
  const wanted = [...new Set(teamIds)]
  await tx
    .deleteFrom('queueTeamMember')
    .where('workspaceId', '=', workspaceId)
    .where('memberId', '=', memberId)
    .execute()
  const { rows } = await sql`
    insert into queue_team_member (workspace_id, team_id, member_id)
    select t.workspace_id, t.id, ${memberId} from queue_team t
     where t.workspace_id = ${workspaceId} and t.id = any (${wanted}::uuid[]) returning 1`.execute(tx)
  return rows.length === wanted.length
}

export interface Membership {
  memberId: string
  id: string
  name: string
}

export async function findMemberships(tx: Tx, workspaceId: string): Promise<Membership[]> {
  return tx
    .selectFrom('queueTeamMember as tm')
    .innerJoin('queueTeam as t', (j) => j.onRef('t.workspaceId', '=', 'tm.workspaceId').onRef('t.id', '=', 'tm.teamId'))
    .where('tm.workspaceId', '=', workspaceId)
    .select(['tm.memberId', 't.id', 't.name'])
    .orderBy('t.name')
    .execute()
}

/** What is equal but for case is one skill, spelled as members have it. */
export async function findSkills(
  tx: Tx,
  workspaceId: string,
): Promise<{ name: string; members: number; waiting: number }[]> {
  const { rows } = await sql<{ name: string; members: number; waiting: number }>`
    select (array_agg(skill order by member_id is null, skill))[1] as name, count(member_id)::int as members, count(conversation_id)::int as waiting
      from (
        select s as skill, o.member_id, null::uuid as conversation_id
          from queue_operator o join member m on m.workspace_id = o.workspace_id and m.id = o.member_id and m.removed_at is null, unnest(o.skills) s
         where o.workspace_id = ${workspaceId}
        union all
        select s, null, c.id
          from queue_item q join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id, unnest(c.handoff_skills) s
         where q.workspace_id = ${workspaceId} and q.state = 'waiting') used
     group by lower(skill) order by lower(skill)`.execute(tx)
  return rows
}

/** Of members, and of those who wait. */
export async function replaceSkill(tx: Tx, workspaceId: string, from: string, to: string): Promise<void> {
  const replaced = (column: string) => sql`(
    select coalesce(array_agg(skill order by place), '{}') from (
      select case when lower(s) = lower(${from}) then ${to} else s end as skill, min(place) as place
        from unnest(${sql.ref(column)}) with ordinality as one (s, place) group by 1) renamed)`
  const has = (column: string) => sql`exists (select from unnest(${sql.ref(column)}) s where lower(s) = lower(${from}))`
  await sql`update queue_operator o set skills = ${replaced('o.skills')} where o.workspace_id = ${workspaceId} and ${has('o.skills')}`.execute(
    tx,
  )
  await sql`
    update conversation c set handoff_skills = ${replaced('c.handoff_skills')}
      from queue_item q where q.workspace_id = ${workspaceId} and q.state = 'waiting'
       and c.workspace_id = q.workspace_id and c.id = q.conversation_id and ${has('c.handoff_skills')}`.execute(tx)
}
