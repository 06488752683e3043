/** Teams, and the skills that members have or are waited for. */
import type { SkillUse, Team } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { isUniqueViolation, type Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { writeAudit } from '../team/index.ts'
import {
  deleteTeamRow,
  findSkills,
  findTeams,
  insertTeam,
  renameTeam,
  replaceSkill,
  setTeamMembers,
} from './queries-teams.ts'

interface ListOf<T> {
  items: T[]
  nextCursor: null
}

export function listTeams(ctx: Context): Promise<ListOf<Team>> {
  return transact(ctx, async (tx) => ({ items: await findTeams(tx, ctx.workspaceId), nextCursor: null }))
}

export function createTeam(ctx: Context, given: { name: string; memberIds: string[] }): Promise<Team> {
  return named(() =>
    transact(ctx, async (tx) => {
      const id = await insertTeam(tx, ctx.workspaceId, given.name)
      return fill(tx, ctx, id, given.memberIds, 'team.created')
    }),
  )
}

export function changeTeam(
  ctx: Context,
  id: string,
  change: { name?: string | undefined; memberIds?: string[] | undefined },
): Promise<Team> {
  return named(() =>
    transact(ctx, async (tx) => {
      if ((await findTeams(tx, ctx.workspaceId, id)).length === 0) throw new AppError('team.not_found')
      if (change.name !== undefined) await renameTeam(tx, ctx.workspaceId, id, change.name)
      return fill(tx, ctx, id, change.memberIds, 'team.changed')
    }),
  )
}

export function deleteTeam(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    if (!(await deleteTeamRow(tx, ctx.workspaceId, id))) throw new AppError('team.not_found')
    await tell(tx, ctx, id, 'team.deleted')
    return { ok: true as const }
  })
}

async function fill(
  tx: Tx,
  ctx: Context,
  id: string,
  memberIds: string[] | undefined,
  action: 'team.created' | 'team.changed',
): Promise<Team> {
  if (memberIds && !(await setTeamMembers(tx, ctx.workspaceId, id, memberIds))) throw new AppError('member.not_found')
  await tell(tx, ctx, id, action)
  return (await findTeams(tx, ctx.workspaceId, id))[0]!
}

async function tell(tx: Tx, ctx: Context, id: string, action: string): Promise<void> {
  await writeAudit(tx, ctx, action, id)
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'teams', id })
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'queue', id })
}

const named = <T>(work: () => Promise<T>): Promise<T> =>
  work().catch((error) => {
    throw isUniqueViolation(error, 'queue_team_name') ? new AppError('team.exists') : error
  })

export function listSkills(ctx: Context): Promise<ListOf<SkillUse>> {
  return transact(ctx, async (tx) => ({ items: await findSkills(tx, ctx.workspaceId), nextCursor: null }))
}

export function renameSkill(ctx: Context, { from, to }: { from: string; to: string }): Promise<ListOf<SkillUse>> {
  return transact(ctx, async (tx) => {
    await replaceSkill(tx, ctx.workspaceId, from, to)
    await writeAudit(tx, ctx, 'skill.renamed', null, { from, to })
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'teams', id: ctx.workspaceId })
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'queue', id: ctx.workspaceId })
    return { items: await findSkills(tx, ctx.workspaceId), nextCursor: null }
  })
}
