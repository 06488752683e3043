/** A function the agent called: name, result and time while folded; parameters and result when open. */
import type { Entry } from '@earshot/contracts'
import Check from 'lucide-react/icons/check'
import ChevronRight from 'lucide-react/icons/chevron-right'
import CircleAlert from 'lucide-react/icons/circle-alert'
import ShieldX from 'lucide-react/icons/shield-x'
import Wrench from 'lucide-react/icons/wrench'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/Icon.tsx'
import { Json } from './Json.tsx'

/** From here on a call is slow enough to be noticed while folded. */
const SLOW_MS = 3_000

export function FunctionCall({ entry }: { entry: Entry }) {
  const { t } = useTranslation('conversations')
  const called = entry.functionCall
  if (!called) return null
  const { name, status, durationMs, parameters, result } = called
  return (
    <details className="tool" id={`entry-${entry.position}`}>
      <summary>
        <Icon of={ChevronRight} size="xs" className="chev" />
        <Icon of={Wrench} size="s" />
        <span className="mono">{name}</span>
        <CallStatus status={status} />
        {durationMs !== null && (
          <span className={durationMs >= SLOW_MS ? 'num warn' : 'num t3'}>{callDuration(durationMs)}</span>
        )}
      </summary>
      <div className="body">
        <div>
          <div className="lab">{t('function.parameters')}</div>
          <Json value={parameters ?? null} />
        </div>
        {result !== null && (
          <div>
            <div className="lab">{t('function.result')}</div>
            <Json value={result} />
          </div>
        )}
      </div>
    </details>
  )
}

export function CallStatus({ status }: { status: NonNullable<Entry['functionCall']>['status'] }) {
  const { t } = useTranslation('conversations')
  const word = t(`function.status.${status}`)
  switch (status) {
    case 'running':
      return (
        <span className="t3 row g2">
          <span className="spin" />
          {word}
        </span>
      )
    case 'ok':
      return (
        <span className="ok row g2">
          <Icon of={Check} size="xs" />
          {word}
        </span>
      )
    default:
      return (
        <span className={status === 'error' ? 'bad row g2' : 'warn row g2'}>
          <Icon of={status === 'error' ? CircleAlert : ShieldX} size="xs" />
          {word}
        </span>
      )
  }
}

/** "640 ms", "4.2 s". */
export function callDuration(ms: number): string {
  const [value, unit] = ms < 1000 ? [ms, 'millisecond'] : [ms / 1000, 'second']
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit,
    unitDisplay: ms < 1000 ? 'short' : 'narrow',
    maximumFractionDigits: 1,
  }).format(value)
}
