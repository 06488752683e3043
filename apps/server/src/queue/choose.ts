/** Who is asked next: the rules of the queue without I/O. */
import type { Load, WaitReason } from '@earshot/contracts'

export interface Waiting {
  conversationId: string
  load: Load
  skills: readonly string[]
  teamId: string | null
  /** Asked first, in this order: who is responsible for it, and who had it before. */
  preferred: readonly string[]
  declinedBy: ReadonlySet<string>
  missedBy: ReadonlySet<string>
  asleep: boolean
}

export interface Candidate {
  memberId: string
  takes: ReadonlySet<Load>
  /** In lower case. */
  skills: ReadonlySet<string>
  teams: ReadonlySet<string>
  caps: Readonly<Record<Load, number>>
  has: Record<Load, number>
  /** Milliseconds; nobody has been idle longer than who never had anything. */
  idleSince: number
}

export interface Plan {
  offers: { conversationId: string; memberId: string }[]
  /** Of those who are offered to nobody. */
  reasons: Map<string, WaitReason>
}

/** Goes through those who wait in order and gives each to the best of those who are available; their load grows while it goes. */
export function plan(
  waiting: readonly Waiting[],
  candidates: readonly Candidate[],
  { open, offers: mayOffer }: { open: boolean; offers: boolean },
): Plan {
  const made: Plan = { offers: [], reasons: new Map() }
  const has = new Map(candidates.map((c) => [c.memberId, { ...c.has }]))
  for (const request of waiting) {
    if (request.asleep || !open) {
      made.reasons.set(request.conversationId, request.asleep ? 'snoozed' : 'out_of_hours')
      continue
    }
    const found = eligible(request, candidates, has)
    if (typeof found === 'string') made.reasons.set(request.conversationId, found)
    else if (!mayOffer) made.reasons.set(request.conversationId, 'next')
    else {
      const { memberId } = best(request, found, has)
      has.get(memberId)![request.load]++
      made.offers.push({ conversationId: request.conversationId, memberId })
    }
  }
  return made
}

type Loads = ReadonlyMap<string, Record<Load, number>>

/** Those who may be asked, or the first reason why there are none. */
function eligible(request: Waiting, all: readonly Candidate[], has: Loads): Candidate[] | WaitReason {
  const needed = request.skills.map((skill) => skill.toLowerCase())
  const tests: [WaitReason, (c: Candidate) => boolean][] = [
    ['nobody_here', (c) => c.takes.has(request.load)],
    ['no_skill', (c) => needed.every((skill) => c.skills.has(skill))],
    ['not_on_team', (c) => request.teamId === null || c.teams.has(request.teamId)],
    ['all_declined', (c) => !request.declinedBy.has(c.memberId)],
    ['all_full', (c) => has.get(c.memberId)![request.load] < c.caps[request.load]],
  ]
  let left = [...all]
  for (const [reason, test] of tests) {
    left = left.filter(test)
    if (left.length === 0) return reason
  }
  return left
}

/** Who let it pass comes last; then whose it was, the least loaded, the longest idle. */
function best(request: Waiting, among: Candidate[], has: Loads): Candidate {
  const total = (c: Candidate) => Object.values(has.get(c.memberId)!).reduce((sum, n) => sum + n, 0)
  const preference = (c: Candidate) => {
    const place = request.preferred.indexOf(c.memberId)
    return place < 0 ? request.preferred.length : place
  }
  const keys = (c: Candidate) => [Number(request.missedBy.has(c.memberId)), preference(c), total(c), c.idleSince]
  return among.reduce((a, b) => {
    const [ka, kb] = [keys(a), keys(b)]
    const at = ka.findIndex((key, i) => key !== kb[i])
    if (at < 0) return a.memberId < b.memberId ? a : b
    return ka[at]! < kb[at]! ? a : b
  })
}
