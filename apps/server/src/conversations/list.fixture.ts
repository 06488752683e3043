/** Random conversations, in the database and in plain memory, and what a list of them must be: the model that list tests compare with. */
import type { FilterBody, Sort } from '@earshot/contracts'
import type { TestApp, TestWorkspace } from '../test/app.ts'

export interface Plain {
  id: string
  status: 'active' | 'closed' | 'archived'
  control: 'agent' | 'queue' | 'operator' | 'paused'
  handoff: 'none' | 'queued' | 'offered' | 'accepted' | 'returned' | 'declined' | 'abandoned'
  outcome: 'completed' | 'abandoned' | 'failed' | 'transferred' | null
  resolution: 'unknown' | 'claimed' | 'verified'
  stage: string
  channel: 'widget' | 'whatsapp' | 'voip'
  agentId: string | null
  flowId: string | null
  assigneeId: string | null
  contactId: string
  tags: string[]
  flags: string[]
  tone: 'positive' | 'neutral' | 'negative' | null
  priority: 'urgent' | 'high' | 'normal' | 'low'
  rating: number | null
  quality: number | null
  reviewed: boolean
  unread: boolean
  hasAudio: boolean
  snoozed: boolean
  messages: number
  startedAt: number
  lastMessageAt: number
  due: boolean
}

export interface World {
  rows: Plain[]
  agents: { id: string; name: string }[]
  flows: string[]
  contacts: string[]
  members: string[]
  channels: Record<string, string>
}

export const TAGS = ['vip', 'lang:en', 'lang:de', 'topic:a, b', 'quote:"\\%_']
export const FLAGS = ['unanswered_question', 'policy_breach', 'long_silence']
export const STAGES = ['in_progress', 'opportunity', 'spam']
export const NOW = Date.UTC(2026, 10, 1)
const MINUTE = 60_000
const DAY = 1440 * MINUTE

/** Seeded: a failure is the same failure again. */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

export async function furnishWorld(app: TestApp, workspace: TestWorkspace): Promise<World> {
  const ids = async (statement: string): Promise<string[]> =>
    (await app.database.owner.query<{ id: string }>(statement, [workspace.id])).rows.map((row) => row.id)
  const names = ['anna', 'Bert', 'Bert', 'carl']
  const agents = await Promise.all(
    names.map(async (name) => ({
      name,
      id: (await ids(`insert into agent (workspace_id, name) values ($1, '${name}') returning id`))[0]!,
    })),
  )
  const channels: Record<string, string> = {}
  for (const kind of ['widget', 'whatsapp', 'voip'])
    channels[kind] = (
      await ids(
        `insert into channel (workspace_id, kind, name, key) values ($1, '${kind}', '${kind}', '${crypto.randomUUID()}') returning id`,
      )
    )[0]!
  return {
    rows: [],
    agents,
    channels,
    flows: await ids(
      `insert into flow (workspace_id, agent_id, name) select $1, '${agents[0]!.id}', 'flow ' || n from generate_series(1, 2) n returning id`,
    ),
    contacts: await ids(
      `insert into contact (workspace_id, name) select $1, 'contact ' || n from generate_series(1, 5) n returning id`,
    ),
    members: [workspace.people.ana.memberId, workspace.people.ben.memberId],
  }
}

export function randomRow(random: () => number, world: World): Plain {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const maybe = <T>(value: () => T): T | null => (random() < 0.4 ? null : value())
  const some = (list: readonly string[]) => list.filter(() => random() < 0.25)
  const flags = some(FLAGS)
  const isReviewed = random() < 0.6
  const assigneeId = maybe(() => pick(world.members))
  const startedAt = NOW - Math.floor(random() * 400) * DAY - Math.floor(random() * 20) * MINUTE
  return {
    id: crypto.randomUUID(),
    status: pick(['active', 'closed', 'closed', 'archived']),
    control: pick(assigneeId ? ['agent', 'queue', 'operator', 'paused'] : ['agent', 'queue', 'paused']),
    handoff: pick(['none', 'none', 'queued', 'offered', 'accepted', 'returned', 'declined', 'abandoned']),
    outcome: maybe(() => pick(['completed', 'abandoned', 'failed', 'transferred'])),
    resolution: pick(['unknown', 'claimed', 'verified']),
    stage: pick(STAGES),
    channel: pick(['widget', 'whatsapp', 'voip']),
    agentId: maybe(() => pick(world.agents).id),
    flowId: maybe(() => pick(world.flows)),
    assigneeId,
    contactId: pick(world.contacts),
    tags: some(TAGS),
    flags,
    tone: isReviewed ? maybe(() => pick(['positive', 'neutral', 'negative'])) : null,
    priority: pick(['urgent', 'high', 'normal', 'normal', 'low']),
    rating: maybe(() => 1 + Math.floor(random() * 5)),
    quality: isReviewed ? maybe(() => Math.floor(random() * 101)) : null,
    reviewed: isReviewed,
    unread: random() < 0.3,
    hasAudio: random() < 0.2,
    snoozed: random() < 0.2,
    messages: Math.floor(random() * 12),
    startedAt,
    // Some within the same ten minutes, some over days and months: every span that a date filter tells apart.
    lastMessageAt: startedAt + pick([0, MINUTE, 3 * MINUTE, 20 * MINUTE, 23 * 60 * MINUTE, 2 * DAY, 40 * DAY]),
    due: random() < 0.4,
  }
}

let number = 1_000_000

export async function insertRow(app: TestApp, workspace: TestWorkspace, world: World, row: Plain): Promise<void> {
  const at = (ms: number) => new Date(ms)
  const values: [string, unknown][] = [
    ['workspace_id', workspace.id],
    ['id', row.id],
    ['number', ++number],
    ['session_id', `s_${number}`],
    ['channel_id', world.channels[row.channel]],
    ['channel_kind', row.channel],
    ['contact_id', row.contactId],
    ['agent_id', row.agentId],
    ['flow_id', row.flowId],
    ['assignee_id', row.assigneeId],
    ['status', row.status],
    ['control', row.control],
    ['handoff_state', row.handoff],
    ['handoff_at', row.handoff === 'none' ? null : at(row.startedAt)],
    ['outcome', row.outcome],
    ['resolution', row.resolution],
    ['stage_key', row.stage],
    ['tags', row.tags],
    ['flags', row.flags],
    ['flag_count', row.flags.length],
    ['tone', row.tone],
    ['priority', row.priority],
    ['rating', row.rating],
    ['quality', row.quality],
    ['reviewed_at', row.reviewed ? at(row.lastMessageAt) : null],
    ['unread', row.unread ? 2 : 0],
    ['has_unread', row.unread],
    ['has_audio', row.hasAudio],
    ['snoozed_at', row.snoozed ? at(row.lastMessageAt) : null],
    ['message_count', row.messages],
    ['started_at', at(row.startedAt)],
    ['last_message_at', at(row.lastMessageAt)],
    ['activity_min', at(binOf(row.lastMessageAt))],
    ['ended_at', row.status === 'active' ? null : at(row.lastMessageAt)],
    ['review_due', row.due ? 'live' : null],
  ]
  await app.database.owner.query(
    `insert into conversation (${values.map(([name]) => name).join(', ')}) values (${values.map((_, i) => `$${i + 1}`).join(', ')})`,
    values.map(([, value]) => value),
  )
}

const binOf = (at: number) => Math.floor(at / (10 * MINUTE)) * 10 * MINUTE

/** The rule of every filter, written a second time, as plainly as it can be. */
export function isFound(row: Plain, filter: FilterBody, me: string | null): boolean {
  const lists: [readonly (string | null)[], readonly string[] | undefined, readonly string[] | undefined][] = [
    [[row.status], filter.status, filter.statusNot],
    [[row.control], filter.control, filter.controlNot],
    [[row.handoff], filter.handoff, filter.handoffNot],
    [[row.outcome ?? 'none'], filter.outcome, filter.outcomeNot],
    [[row.resolution], filter.resolution, filter.resolutionNot],
    [[row.stage], filter.stage, filter.stageNot],
    [[row.channel], filter.channel, filter.channelNot],
    [[row.agentId ?? 'none'], filter.agentId, filter.agentIdNot],
    [[row.flowId ?? 'none'], filter.flowId, filter.flowIdNot],
    [[row.assigneeId ?? 'none', me && row.assigneeId === me ? 'me' : null], filter.assigneeId, filter.assigneeIdNot],
    [[row.contactId], filter.contactId, filter.contactIdNot],
    [row.tags, filter.tag, filter.tagNot],
    [row.flags, filter.flag, filter.flagNot],
    [[row.tone ?? 'none'], filter.tone, filter.toneNot],
    [[row.priority], filter.priority, filter.priorityNot],
  ]
  const holds = (has: readonly (string | null)[], asked: readonly string[]) =>
    has.some((v) => v !== null && asked.includes(v))
  if (lists.some(([has, is]) => is && !holds(has, is))) return false
  if (lists.some(([has, , not]) => not && holds(has, not))) return false
  const yesNos: [boolean, boolean | undefined][] = [
    [row.rating !== null, filter.rated],
    [row.reviewed, filter.reviewed],
    [row.unread, filter.unread],
    [row.flags.length > 0, filter.flagged],
    [row.hasAudio, filter.hasAudio],
    [row.snoozed, filter.snoozed],
  ]
  if (yesNos.some(([is, asked]) => asked !== undefined && asked !== is)) return false
  if (filter.minRating !== undefined && !(row.rating !== null && row.rating >= filter.minRating)) return false
  if (filter.maxRating !== undefined && !(row.rating !== null && row.rating <= filter.maxRating)) return false
  if (filter.minQuality !== undefined && !(row.quality !== null && row.quality >= filter.minQuality)) return false
  if (filter.maxQuality !== undefined && !(row.quality !== null && row.quality <= filter.maxQuality)) return false
  if (filter.from && row.startedAt < Date.parse(filter.from)) return false
  if (filter.to && row.startedAt >= Date.parse(filter.to)) return false
  return isInView(row, filter.view ?? 'all', me)
}

function isInView(row: Plain, view: NonNullable<FilterBody['view']>, me: string | null): boolean {
  const rules: Record<typeof view, () => boolean> = {
    all: () => true,
    open: () => row.status === 'active' && row.control === 'agent',
    closed: () => row.status === 'closed',
    transferred: () => ['queued', 'offered', 'accepted'].includes(row.handoff) || row.outcome === 'transferred',
    needs_human: () => row.handoff === 'queued' || row.handoff === 'offered',
    reviewed: () => row.reviewed,
    unread: () => row.unread,
    mine: () => row.status === 'active' && me !== null && row.assigneeId === me,
  }
  return rules[view]()
}

type Rank = (string | number)[]

/** Sorts by ranks: what comes first has the smaller one. Newest first within a group; no value last, whichever way. */
export function inOrder(rows: Plain[], sort: Sort, world: World): Plain[] {
  const sign = sort.startsWith('-') ? -1 : 1
  const by = sort.replace('-', '')
  const agents = world.agents.toSorted((a, b) =>
    compare([a.name.toLowerCase(), a.name, a.id], [b.name.toLowerCase(), b.name, b.id]),
  )
  const agentRank = (id: string | null) => (id === null ? agents.length : agents.findIndex((a) => a.id === id))
  const grouped = (group: (row: Plain) => number) => (a: Plain, b: Plain) =>
    sign * (group(a) - group(b)) || compare([b.lastMessageAt, b.id], [a.lastMessageAt, a.id])
  const plain = (value: (row: Plain) => number | null) => (a: Plain, b: Plain) => {
    const [x, y] = [value(a), value(b)]
    if ((x === null) !== (y === null)) return x === null ? 1 : -1
    return sign * compare([x ?? 0, a.id], [y ?? 0, b.id])
  }
  const orders: Record<string, (a: Plain, b: Plain) => number> = {
    startedAt: plain((row) => row.startedAt),
    lastMessageAt: plain((row) => row.lastMessageAt),
    messages: plain((row) => row.messages),
    duration: plain((row) => row.lastMessageAt - row.startedAt),
    rating: plain((row) => row.rating),
    quality: plain((row) => row.quality),
    status: grouped((row) => ['active', 'closed', 'archived'].indexOf(row.status)),
    agent: grouped((row) => agentRank(row.agentId)),
  }
  return rows.toSorted(orders[by])
}

function compare(a: Rank, b: Rank): number {
  const at = a.findIndex((value, i) => value !== b[i])
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1
}
