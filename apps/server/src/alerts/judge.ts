/** Where a reading stands, and what is said of it. Without I/O. */
import type { AlertMetric, AlertState } from '@earshot/contracts'
import type { AlertContent } from './queries.ts'
import type { Reading } from './queries-metrics.ts'

type Thresholds = Pick<AlertContent, 'watch' | 'compare' | 'warnAt' | 'alertAt' | 'least'>

/** What says something however few there are: a count of nothing is nought. */
const COUNTS: readonly AlertMetric[] = [
  'conversations',
  'waiting_seconds',
  'unanswered',
  'function_failures',
  'cost_usd',
]

export function judge({ watch, compare, warnAt, alertAt, least }: Thresholds, { value, seen }: Reading): AlertState {
  const isCount = watch.kind === 'flag' || COUNTS.includes(watch.metric)
  if (value === null || (!isCount && seen < least)) return 'no_data'
  const past = (threshold: number) => (compare === 'over' ? value > threshold : value < threshold)
  if (past(alertAt)) return 'alert'
  return warnAt !== null && past(warnAt) ? 'warn' : 'ok'
}

const NAMES: Record<AlertMetric, string> = {
  conversations: 'Conversations',
  handoff_rate: 'Handoff rate',
  could_not_help_rate: 'Could not help',
  negative_share: 'Negative tone',
  average_quality: 'Average quality of agents',
  waiting_seconds: 'Longest wait',
  unanswered: 'Unanswered questions',
  function_failures: 'Failed functions',
  cost_usd: 'Cost',
}

export function figureOf(watch: Thresholds['watch'], value: number): string {
  const round = Math.round(value * 100) / 100
  if (watch.kind === 'flag') return String(round)
  if (watch.metric.endsWith('_rate') || watch.metric === 'negative_share') return `${Math.round(value * 10) / 10} %`
  if (watch.metric === 'waiting_seconds')
    return value < 120 ? `${Math.round(value)} s` : `${Math.round(value / 60)} min`
  return watch.metric === 'cost_usd' ? `${round} USD` : String(round)
}

const STATES: Record<AlertState, string> = {
  ok: 'is fine again',
  warn: 'warns',
  alert: 'alerts',
  no_data: 'has no data',
}

/** One sentence, for mail, push, webhook and history alike. */
export function sayOf(
  { watch, compare, warnAt, alertAt, windowMinutes }: Thresholds & { windowMinutes: number },
  state: AlertState,
  { value, seen }: Reading,
): string {
  const name = watch.kind === 'flag' ? `Flag “${watch.code}”` : NAMES[watch.metric]
  const window =
    windowMinutes % 1440 === 0
      ? `${windowMinutes / 1440} d`
      : windowMinutes % 60 === 0
        ? `${windowMinutes / 60} h`
        : `${windowMinutes} min`
  if (state === 'no_data' || value === null) return `${name} ${STATES[state]}: ${seen} conversations in ${window}.`
  const threshold = state === 'warn' && warnAt !== null ? warnAt : alertAt
  return `${name} ${STATES[state]}: ${figureOf(watch, value)} in ${window}, threshold ${compare} ${figureOf(watch, threshold)}.`
}
