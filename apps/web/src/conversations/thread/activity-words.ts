/** What an activity of the log says, as the name of a sentence and what fills it. */
import type { Entry, JsonValue } from '@earshot/contracts'

const KNOWN = [
  'taken_over',
  'handed_back',
  'paused',
  'handoff_requested',
  'closed',
  'archived',
  'reopened',
  'stage_changed',
  'assigned',
  'rated',
  'rating_removed',
  'blocked',
  'unblocked',
  'answer_failed',
  'agent_handed_off',
  'flow_switched',
  'situation_noticed',
  'budget_used_up',
  'fallback_answered',
  'tags_changed',
  'priority_changed',
  'outcome_changed',
  'renamed',
  'snoozed',
  'unsnoozed',
  'woken',
  'unarchived',
  'flagged',
  'flag_resolved',
  'change_undone',
  'merged',
  'split_off',
  'split_from',
  'released',
  'returned_to_queue',
  'transferred',
  'transferred_to_team',
  'offer_declined',
  'out_of_hours',
  'queue_changed',
] as const
export type ActivityType = (typeof KNOWN)[number]

export interface Activity {
  /** Null for a kind this version does not know: its own words are shown. */
  type: ActivityType | null
  /** Who did it: a name, `you`, or nobody in particular. */
  by: { name: string | null; isYou: boolean; kind: string }
  reason: string | null
  stars: number | null
  /** The other conversation of a merge or split. */
  number: number | null
  to: string | null
  /** Who it was given to, by name. */
  toName: string | null
  /** What the contact was told about it. */
  told: string | null
  text: string | null
  /** What went wrong, in the words of whatever failed. */
  detail: string | null
}

export function activityOf(entry: Entry, memberId: string): Activity {
  const { data } = entry
  const by = objectOf(data.by)
  return {
    type: KNOWN.find((one) => one === data.type) ?? null,
    by: {
      name: textOf(by.name),
      isYou: by.kind === 'operator' && by.id === memberId,
      kind: textOf(by.kind) ?? 'system',
    },
    reason: textOf(data.reason),
    stars: typeof data.stars === 'number' ? data.stars : null,
    number: typeof data.number === 'number' ? data.number : null,
    to: textOf(data.to) ?? textOf(objectOf(data.flow).name) ?? textOf(data.trigger),
    toName: textOf(data.toName) ?? textOf(objectOf(data.to).name) ?? textOf(data.team),
    told: textOf(data.announcement),
    text: entry.text,
    detail: textOf(data.detail),
  }
}

const textOf = (value: JsonValue | undefined) => (typeof value === 'string' && value !== '' ? value : null)

function objectOf(value: JsonValue | undefined): Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}
