/** Transfer: give a conversation to a person, who has it from then on, or to a team, where it waits at its old place. */
import type { Conversation, transferConversation as endpoint } from '@earshot/contracts'
import type { z } from 'zod'
import {
  accessActive,
  accessConversation,
  type ConversationRow,
  giveFloor,
  updateConversation,
  viewConversation,
  writeActivity,
} from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { takeBack } from './end-offers.ts'
import { enqueueInside } from './enqueue.ts'
import { updateItem } from './queries-items.ts'
import { findOpenOffer } from './queries-offers.ts'
import { findOperators } from './queries-operators.ts'
import { findTeams } from './queries-teams.ts'
import { assertMayMove } from './release.ts'

type Wish = z.output<typeof endpoint.body>

export function transfer(ctx: Context, id: string, wish: Wish): Promise<Conversation> {
  return transact(ctx, async (tx) => {
    const current = await accessActive(tx, ctx, id)
    assertMayMove(ctx, current, wish.force)
    if (wish.memberId !== undefined) await toMember(tx, ctx, current, wish.memberId, wish)
    else if (wish.teamId !== undefined) await toTeam(tx, ctx, current, wish.teamId, wish)
    return viewConversation(await accessConversation(tx, ctx, id))
  })
}

async function toMember(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  memberId: string,
  { note, force }: Wish,
): Promise<void> {
  const [to] = await findOperators(tx, ctx.workspaceId, [memberId])
  if (!to || to.role === 'viewer') throw new AppError('member.not_found')
  if (current.control === 'operator' && current.assigneeId === memberId) return
  const here = to.state === 'available' || to.state === 'busy' || memberId === ctx.actor.id
  if (!here && !force) throw new AppError('member.away', { operator: { id: to.memberId, name: to.name } })
  const waits = current.handoffState === 'queued' || current.handoffState === 'offered'
  await giveFloor(
    tx,
    ctx,
    current.id,
    { control: 'operator', assigneeId: memberId, ...(waits && { handoffState: 'accepted' as const }) },
    {
      type: 'transferred',
      from: current.assigneeName,
      to: { id: memberId, name: to.name },
      announcement: `${to.name} is looking after you now.`,
    },
    note ?? null,
  )
  if (memberId === ctx.actor.id) return
  const { kind, id, name } = ctx.actor
  await record(tx, ctx.workspaceId, {
    type: 'queue.assigned',
    conversationId: current.id,
    memberId,
    by: { kind, id, name },
  })
}

async function toTeam(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  teamId: string,
  { note, skills }: Wish,
): Promise<void> {
  const [team] = await findTeams(tx, ctx.workspaceId, teamId)
  if (!team) throw new AppError('team.not_found')
  const activity = { type: 'transferred_to_team' as const, team: team.name }
  const waits = current.handoffState === 'queued' || current.handoffState === 'offered'
  if (!waits) return enqueueInside(tx, ctx, current, { activity, note, skills, teamId })
  const offer = await findOpenOffer(tx, ctx.workspaceId, current.id)
  if (offer) await takeBack(tx, ctx, offer, 'withdrawn')
  await updateItem(tx, ctx.workspaceId, current.id, { teamId })
  if (skills) await updateConversation(tx, ctx.workspaceId, current.id, { handoffSkills: [...new Set(skills)] })
  await writeActivity(tx, ctx, current.id, activity, note ?? null)
  await record(tx, ctx.workspaceId, { type: 'queue.changed', conversationId: current.id })
}
