/** Rows of the queue → what the contracts promise. */
import { loadOf, type Operator, type QueueItem, type QueueSettings, type SlaClock } from '@earshot/contracts'
import { type ConversationRow, viewConversation } from '../conversations/index.ts'
import type { ItemRow } from './queries-items.ts'
import type { Holding, OperatorRow } from './queries-operators.ts'
import type { Membership } from './queries-teams.ts'
import { capsOf, LOADS } from './settings.ts'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const person = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null)

export function viewItem(item: ItemRow, row: ConversationRow, closed: boolean): QueueItem {
  const held = item.state === 'held'
  return {
    conversationId: item.conversationId,
    conversation: viewConversation(row),
    state: held ? 'held' : item.offerId ? 'offered' : 'waiting',
    reason: row.handoffReason,
    requestedAt: (row.handoffAt ?? row.startedAt).toISOString(),
    priority: row.priority,
    load: loadOf(item.kind),
    skills: row.handoffSkills,
    team: person(item.teamId, item.teamName),
    waits:
      held || item.offerId
        ? null
        : { reason: item.waitReason as NonNullable<QueueItem['waits']>['reason'], opensAt: iso(item.opensAt) },
    offer:
      item.offerId && !held
        ? {
            id: item.offerId,
            member: { id: item.offerTo!, name: item.offerName ?? '' },
            at: iso(item.offerAt)!,
            until: iso(item.offerUntil)!,
          }
        : null,
    misses: item.misses,
    holder: held ? person(row.assigneeId, row.assigneeName) : null,
    routed: held ? (item.routed as QueueItem['routed']) : null,
    previousOwner: person(item.previousOwner, item.previousName),
    clocks: { firstAnswer: firstAnswer(item, row), nextAnswer: nextAnswer(item, row), paused: closed },
  }
}

/** Runs until a person said something. */
const owesFirst = (item: ItemRow, row: ConversationRow): boolean =>
  item.firstFrom !== null && row.operatorMessages <= item.operatorMessages

function firstAnswer(item: ItemRow, row: ConversationRow): SlaClock | null {
  if (!owesFirst(item, row)) return null
  return { startedAt: iso(item.firstFrom)!, dueAt: iso(item.firstDue), breachedAt: iso(item.firstBreached) }
}

function nextAnswer(item: ItemRow, row: ConversationRow): SlaClock | null {
  if (owesFirst(item, row) || !row.firstUnansweredAt) return null
  const counted = item.nextFrom?.getTime() === row.firstUnansweredAt.getTime()
  return {
    startedAt: row.firstUnansweredAt.toISOString(),
    dueAt: counted ? iso(item.nextDue) : null,
    breachedAt: counted ? iso(item.nextBreached) : null,
  }
}

export function viewOperator(
  row: OperatorRow,
  given: { settings: QueueSettings; holdings: readonly Holding[]; memberships: readonly Membership[] },
): Operator {
  const theirs = given.holdings.filter((holding) => holding.memberId === row.memberId)
  const of = (offered: boolean) => theirs.filter((h) => h.offered === offered).map((h) => h.conversationId)
  const perLoad = <T>(value: (load: (typeof LOADS)[number]) => T) =>
    Object.fromEntries(LOADS.map((load) => [load, value(load)])) as Record<(typeof LOADS)[number], T>
  return {
    member: { id: row.memberId, name: row.name, role: row.role },
    state: row.state as Operator['state'],
    since: iso(row.since),
    reason: row.reason as Operator['reason'],
    seenAt: iso(row.seenAt),
    takes: perLoad((load) => row.takes.includes(load)),
    skills: row.skills,
    teams: given.memberships.filter((team) => team.memberId === row.memberId).map(({ id, name }) => ({ id, name })),
    caps: capsOf(row, given.settings),
    ownCaps: row.hasOwnCaps,
    load: perLoad((load) => theirs.filter((h) => loadOf(h.channelKind) === load).length),
    holds: of(false),
    offered: of(true),
  }
}
