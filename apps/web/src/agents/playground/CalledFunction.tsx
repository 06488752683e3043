/** A function that an agent wanted called while it was tried: name, state and time; parameters and result when opened. */
import type { FunctionCall } from '@earshot/contracts'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Wrench from 'lucide-react/icons/wrench'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CallStatus, callDuration } from '../../conversations/thread/FunctionCall.tsx'
import { Json } from '../../conversations/thread/Json.tsx'
import { Icon } from '../../ui/Icon.tsx'

/** `held`: it was kept from being called, because it may change something. */
export function CalledFunction({ call, held, children }: { call: FunctionCall; held?: boolean; children?: ReactNode }) {
  const { t } = useTranslation(['trials', 'conversations'])
  return (
    <details className="tool">
      <summary>
        <Icon of={ChevronRight} size="xs" className="chev" />
        <Icon of={Wrench} size="s" />
        <span className="mono">{call.name}</span>
        {held ? <span className="warn">{t('trials:dry')}</span> : <CallStatus status={call.status} />}
        {call.durationMs !== null && !held && <span className="num t3">{callDuration(call.durationMs)}</span>}
      </summary>
      <div className="body">
        <div>
          <div className="lab">{t('conversations:function.parameters')}</div>
          <Json value={call.parameters ?? null} />
        </div>
        {call.result !== null && (
          <div>
            <div className="lab">{t('conversations:function.result')}</div>
            <Json value={call.result} />
          </div>
        )}
        {children && <div className="row">{children}</div>}
      </div>
    </details>
  )
}
