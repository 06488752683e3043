/** Change what a member is asked for: skills, teams, caps; supervisors also set their presence. */
import type { changeOperator as endpoint, Operator } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { writeAudit } from '../team/index.ts'
import { readOperator } from './list.ts'
import { changePresence } from './presence.ts'
import { upsertOperator } from './queries-operators.ts'
import { setTeamsOf } from './queries-teams.ts'
import { settleQueue } from './settle.ts'

export async function changeOperator(
  ctx: Context,
  memberId: string,
  change: z.output<typeof endpoint.body>,
): Promise<Operator> {
  const { workspaceId } = ctx
  const { skills, teamIds, caps, state } = change
  await transact(ctx, async (tx) => {
    await readOperator(tx, ctx, memberId)
    if (state) await changePresence(tx, ctx, memberId, { state, keepWork: false })
    const columns = {
      ...(skills && { skills: withoutRepeats(skills) }),
      ...(caps !== undefined && {
        capVoice: caps?.voice ?? null,
        capChat: caps?.chat ?? null,
        capMail: caps?.mail ?? null,
      }),
    }
    if (Object.keys(columns).length > 0) await upsertOperator(tx, workspaceId, memberId, columns)
    if (teamIds && !(await setTeamsOf(tx, workspaceId, memberId, teamIds))) throw new AppError('team.not_found')
    await writeAudit(tx, ctx, 'operator.changed', memberId, change)
    await record(tx, workspaceId, { type: 'operator.changed', memberId })
    if (teamIds) await record(tx, workspaceId, { type: 'resource.changed', resource: 'teams', id: memberId })
  })
  await settleQueue(ctx)
  return transact(ctx, (tx) => readOperator(tx, ctx, memberId))
}

/** The first spelling of each. */
function withoutRepeats(skills: readonly string[]): string[] {
  const seen = new Map<string, string>()
  for (const skill of skills) if (!seen.has(skill.toLowerCase())) seen.set(skill.toLowerCase(), skill)
  return [...seen.values()]
}
