/** Filters of the benches of lists and counts: every one alone, and combinations that are common, rare and empty. */
import type { FilterBody, Sort } from '@earshot/contracts'
import type { Seeded } from './seed.ts'

export interface FilterCases {
  single: Record<string, FilterBody>
  combined: Record<string, FilterBody>
}

export const SORTS: Sort[] = (
  ['startedAt', 'lastMessageAt', 'agent', 'status', 'messages', 'rating', 'quality', 'duration'] as const
).flatMap((by) => [by, `-${by}` as const])

export async function filterCases(seeded: Seeded): Promise<FilterCases> {
  const values = await valuesOf(seeded)
  return { single: { ...ofState(values), ...ofJudgement(values), ...ofTime(values) }, combined: combined(values) }
}

type Values = Awaited<ReturnType<typeof valuesOf>>

/** Values as they are used: the most common first. */
async function valuesOf({ owner, workspaceId, memberId }: Seeded) {
  const byUse = async (column: string, from = 'conversation'): Promise<string[]> =>
    (
      await owner.query<{ value: string }>(
        `select ${column}::text as value from ${from} where workspace_id = $1 and ${column} is not null group by 1 order by count(*) desc`,
        [workspaceId],
      )
    ).rows.map((row) => row.value)
  const agents = await byUse('agent_id')
  const stages = await byUse('stage_key')
  const tags = await byUse('t', 'conversation c, unnest(c.tags) t')
  const flags = await byUse('code', 'review_flag')
  const [contact] = await byUse('contact_id')
  const { rows } = await owner.query<{ first: Date; last: Date }>(
    'select min(started_at) as first, max(started_at) as last from conversation where workspace_id = $1',
    [workspaceId],
  )
  const { first, last } = rows[0]!
  const at = (share: number) => new Date(first.getTime() + (last.getTime() - first.getTime()) * share).toISOString()
  return { agents, stages, tags, flags, contact: contact!, at, memberId }
}

const ofState = ({ agents, stages, contact, memberId }: Values): Record<string, FilterBody> => ({
  none: {},
  'status closed': { status: ['closed'] },
  'status archived or active': { status: ['archived', 'active'] },
  'status is not closed': { statusNot: ['closed'] },
  'control queue': { control: ['queue'] },
  'handoff queued': { handoff: ['queued'] },
  'handoff accepted': { handoff: ['accepted'] },
  'outcome failed': { outcome: ['failed'] },
  'outcome none': { outcome: ['none'] },
  'stage, common': { stage: [stages[0]!] },
  'stage, rare': { stage: [stages.at(-1)!] },
  'channel, common': { channel: ['widget'] },
  'channel, rare': { channel: ['slack'] },
  'channel, unused': { channel: ['crm'] },
  'agent, common': { agentId: [agents[0]!] },
  'agent, rare': { agentId: [agents.at(-1)!] },
  'agent is not the common one': { agentIdNot: [agents[0]!] },
  'assignee me': { assigneeId: [memberId] },
  'assignee nobody': { assigneeId: ['none'] },
  contact: { contactId: [contact] },
})

const ofJudgement = ({ tags, flags }: Values): Record<string, FilterBody> => ({
  'tag, common': { tag: [tags[0]!] },
  'tag, rare': { tag: [tags.at(-1)!] },
  'tag is not the common one': { tagNot: [tags[0]!] },
  flag: { flag: [flags[0]!] },
  'flag, unknown': { flag: ['nothing_like_it'] },
  flagged: { flagged: true },
  'tone negative': { tone: ['negative'] },
  'min rating 1': { minRating: 1 },
  'min rating 5': { minRating: 5 },
  'max rating 2': { maxRating: 2 },
  'quality 80 to 100': { minQuality: 80 },
  'quality 10 to 12': { minQuality: 10, maxQuality: 12 },
  reviewed: { reviewed: true },
  'not reviewed': { reviewed: false },
  unread: { unread: true },
  read: { unread: false },
  'has audio': { hasAudio: true },
  'priority urgent': { priority: ['urgent'] },
  snoozed: { snoozed: true },
})

const ofTime = ({ at }: Values): Record<string, FilterBody> => ({
  'last 7 days': { from: at(1 - 7 / 730) },
  'one week a year ago': { from: at(0.5), to: at(0.5 + 7 / 730) },
  'one quarter a year ago': { from: at(0.5), to: at(0.5 + 91 / 730) },
  'until a year ago': { to: at(0.5) },
  'view transferred': { view: 'transferred' },
  'view needs a human': { view: 'needs_human' },
  'view mine': { view: 'mine' },
})

const combined = ({ agents, stages, tags, at }: Values): Record<string, FilterBody> => ({
  'closed, widget, common agent': { status: ['closed'], channel: ['widget'], agentId: [agents[0]!] },
  'active, common stage': { status: ['active'], stage: [stages[0]!] },
  'rated 1 to 2 in a quarter': { maxRating: 2, from: at(0.5), to: at(0.5 + 91 / 730) },
  'closed until a year ago': { status: ['closed'], to: at(0.5) },
  'flagged, negative, not spam': { flagged: true, tone: ['negative'], stageNot: [stages.at(-1)!] },
  'common tag, common agent, rated 5': { tag: [tags[0]!], agentId: [agents[0]!], minRating: 5 },
  'failed, with audio, rare stage': { outcome: ['failed'], hasAudio: true, stage: [stages.at(-1)!] },
  'two common ones that never meet': { channel: ['widget'], hasAudio: true },
  'closed and queued (none)': { status: ['closed'], control: ['queue'] },
  'reviewed and active (none)': { reviewed: true, status: ['active'] },
  'all kinds at once (none)': {
    status: ['closed'],
    channelNot: ['slack'],
    agentId: agents.slice(0, 4),
    minRating: 4,
    from: at(0.9),
    stage: [stages[1]!],
    outcome: ['failed'],
    tag: [tags.at(-1)!],
    tone: ['negative'],
    unread: true,
  },
})
