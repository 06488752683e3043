/** Offer those who wait to those who are available; note of the others why they wait. */
import { loadOf } from '@earshot/contracts'
import { lockConversation, updateConversation } from '../conversations/index.ts'
import { isOpen, readSchedule } from '../hours/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { type Candidate, type Plan, plan, type Waiting } from './choose.ts'
import { AT_ONCE } from './limits.ts'
import { findWaiting, setWaitReasons, type WaitingRow } from './queries-items.ts'
import { findKind } from './queries-kind.ts'
import { findOpenOffer, findRefusals, insertOffer, type Refusal } from './queries-offers.ts'
import { findHoldings, findOperators, type Holding, type OperatorRow } from './queries-operators.ts'
import { lockQueue } from './queries-settings.ts'
import { findMemberships } from './queries-teams.ts'
import { capsOf, LOADS, readSettings } from './settings.ts'

export async function offerWaiting(ctx: Context): Promise<void> {
  const made = await transact(ctx, (tx) => planNow(tx, ctx))
  for (const offer of made.offers) await transact(ctx, (tx) => offerTo(tx, ctx, offer))
  if (made.reasons.size > 0) await transact(ctx, (tx) => tellReasons(tx, ctx, made))
}

async function planNow(tx: Tx, ctx: Context): Promise<Plan & { unoffered: string[] }> {
  const { workspaceId } = ctx
  const now = await ctx.queue.now(tx)
  const settings = await readSettings(tx, workspaceId)
  const open = isOpen(await readSchedule(tx, workspaceId), now.getTime())
  const candidates = open ? await findCandidates(tx, ctx) : []
  // At night nobody is offered anything: a long queue is not read every second to say so.
  const unless = !open ? 'out_of_hours' : candidates.length === 0 ? 'nobody_here' : null
  const waiting = await findWaiting(tx, workspaceId, AT_ONCE, unless)
  if (waiting.length === 0) return { offers: [], reasons: new Map(), unoffered: [] }
  const ids = waiting.map((row) => row.conversationId)
  const refusals = await findRefusals(tx, workspaceId, ids, now)
  const requests = waiting.map((row) => asRequest(row, refusals))
  const made = plan(requests, candidates, { open, offers: settings.offers })
  // Undoing a close restores what stood there, an offer included that is long over.
  const unoffered = waiting.filter((r) => r.handoffState === 'offered').map((r) => r.conversationId)
  // What is noted already is not noted again, every second, for everybody.
  for (const { conversationId, waitReason } of waiting)
    if (made.reasons.get(conversationId) === waitReason && !unoffered.includes(conversationId))
      made.reasons.delete(conversationId)
  return { ...made, unoffered: unoffered.filter((id) => made.reasons.has(id)) }
}

function asRequest(row: WaitingRow, refusals: readonly Refusal[]): Waiting {
  const by = (result: Refusal['result']) =>
    new Set(
      refusals.filter((r) => r.conversationId === row.conversationId && r.result === result).map((r) => r.memberId),
    )
  return {
    conversationId: row.conversationId,
    load: loadOf(row.channelKind),
    skills: row.skills,
    teamId: row.teamId,
    preferred: [row.assigneeId, row.previousOwner].filter((id) => id !== null),
    declinedBy: by('declined'),
    missedBy: by('missed'),
    asleep: row.asleep,
  }
}

/** Those who are available, with what they have. */
async function findCandidates(tx: Tx, { workspaceId }: Context, only?: string): Promise<Candidate[]> {
  const settings = await readSettings(tx, workspaceId)
  const rows = await findOperators(tx, workspaceId, only ? [only] : undefined)
  const holdings = await findHoldings(tx, workspaceId, only)
  const teams = await findMemberships(tx, workspaceId)
  return rows
    .filter((row) => row.state === 'available' && row.role !== 'viewer')
    .map((row) => ({
      memberId: row.memberId,
      takes: new Set(LOADS.filter((load) => row.takes.includes(load))),
      skills: new Set(row.skills.map((skill) => skill.toLowerCase())),
      teams: new Set(teams.filter((team) => team.memberId === row.memberId).map((team) => team.id)),
      caps: capsOf(row, settings),
      has: loadsOf(row, holdings),
      idleSince: row.idleSince?.getTime() ?? 0,
    }))
}

function loadsOf({ memberId }: OperatorRow, holdings: readonly Holding[]): Candidate['has'] {
  const has = { voice: 0, chat: 0, mail: 0 }
  for (const holding of holdings) if (holding.memberId === memberId) has[loadOf(holding.channelKind)]++
  return has
}

/** The plan was made before; here, under the locks, it is looked at again. What does not hold any more is planned anew in the next round. */
async function offerTo(tx: Tx, ctx: Context, offer: { conversationId: string; memberId: string }): Promise<void> {
  const { workspaceId } = ctx
  const { conversationId, memberId } = offer
  await lockQueue(tx, workspaceId)
  const current = await lockConversation(tx, workspaceId, conversationId)
  if (current?.status !== 'active' || !['queued', 'offered'].includes(current.handoffState)) return
  if (await findOpenOffer(tx, workspaceId, conversationId)) return
  const load = loadOf(await findKind(tx, workspaceId, conversationId))
  const [candidate] = await findCandidates(tx, ctx, memberId)
  if (!candidate?.takes.has(load) || candidate.has[load] >= candidate.caps[load]) return
  const at = await ctx.queue.now(tx)
  const { offerSeconds } = await readSettings(tx, workspaceId)
  const until = new Date(at.getTime() + offerSeconds[load] * 1000)
  const offerId = await insertOffer(tx, workspaceId, { conversationId, memberId, at, until })
  await updateConversation(tx, workspaceId, conversationId, { handoffState: 'offered' })
  await record(tx, workspaceId, { type: 'conversation.changed', conversationId, fields: ['handoffState'] })
  await record(tx, workspaceId, { type: 'queue.offered', conversationId, memberId, offerId })
  await record(tx, workspaceId, { type: 'operator.changed', memberId })
}

async function tellReasons(
  tx: Tx,
  { workspaceId }: Context,
  { reasons, unoffered }: { reasons: Plan['reasons']; unoffered: string[] },
): Promise<void> {
  for (const conversationId of unoffered) {
    const current = await lockConversation(tx, workspaceId, conversationId)
    if (current?.handoffState !== 'offered' || (await findOpenOffer(tx, workspaceId, conversationId))) continue
    await updateConversation(tx, workspaceId, conversationId, { handoffState: 'queued' })
    await record(tx, workspaceId, { type: 'conversation.changed', conversationId, fields: ['handoffState'] })
  }
  for (const conversationId of await setWaitReasons(tx, workspaceId, reasons))
    await record(tx, workspaceId, { type: 'queue.changed', conversationId })
}
