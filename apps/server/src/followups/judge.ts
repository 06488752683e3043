/** Judge: what a plan owes a silent contact, and when. Without I/O; the preview and the sending read the same. */
import type { FollowUpStep } from '@earshot/contracts'
import type { z } from 'zod'
import type { PlanRow } from './queries.ts'
import type { Silent } from './queries-silent.ts'

export type Step = z.infer<typeof FollowUpStep>
export const stepsOf = (plan: Pick<PlanRow, 'steps'>): Step[] => plan.steps as Step[]

export interface Verdict {
  state: 'due' | 'later' | 'too_late' | 'opted_out' | 'no_window'
  /** Which step is next; the one after the last is the end. */
  step: number
  /** Null: the end. */
  text: string | null
  dueAt: Date
}

const MINUTE = 60_000
/** What is this late is not written any more: the server was away, or the plan was switched on long after. */
const TOO_LATE_MS = 96 * 60 * MINUTE
/** Where a business may write freely for only so long after the contact's last message. */
const WINDOW_MS: Record<string, number> = { whatsapp: 24 * 60 * MINUTE, messenger: 24 * 60 * MINUTE }

/** Undefined when the plan has nothing left to do there. */
export function judge(
  plan: Pick<PlanRow, 'steps' | 'endDo' | 'endAfter'>,
  silent: Silent,
  now: Date,
): Verdict | undefined {
  const steps = stepsOf(plan)
  const step = silent.taken
  const next = steps[step]
  if (!next && (step > steps.length || plan.endDo === 'nothing')) return undefined
  const dueAt = new Date(silent.lastMessageAt.getTime() + (next?.afterMinutes ?? plan.endAfter) * MINUTE)
  const verdict = (state: Verdict['state']): Verdict => ({ state, step, text: next?.text ?? null, dueAt })
  // Closing writes nothing to anybody: it is never too late, and nobody has to want it.
  const speaks = next !== undefined || plan.endDo === 'handoff'
  if (speaks && silent.optedOut) return verdict('opted_out')
  if (now < dueAt) return verdict('later')
  if (speaks && now.getTime() - dueAt.getTime() > TOO_LATE_MS) return verdict('too_late')
  const window = WINDOW_MS[silent.channelKind]
  if (speaks && window !== undefined && now.getTime() - (silent.lastContactAt?.getTime() ?? 0) > window)
    return verdict('no_window')
  return verdict('due')
}
