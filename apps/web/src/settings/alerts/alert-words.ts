/** How a value of an alert is written, and how its states look. */
import type { Alert, AlertState } from '@earshot/contracts'
import type { Tone } from '../../ui/Badge.tsx'

export const STATE_TONES: Record<AlertState, Tone | undefined> = {
  ok: 'ok',
  warn: 'warn',
  alert: 'bad',
  no_data: undefined,
}

export function valueText(watch: Alert['watch'], value: number): string {
  const round = Math.round(value * 10) / 10
  if (watch.kind === 'flag') return String(round)
  if (watch.metric.endsWith('_rate') || watch.metric === 'negative_share') return `${round} %`
  if (watch.metric === 'waiting_seconds')
    return value < 120 ? `${Math.round(value)} s` : `${Math.round(value / 60)} min`
  return watch.metric === 'cost_usd' ? `${Math.round(value * 100) / 100} USD` : String(round)
}
