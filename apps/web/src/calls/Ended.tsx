/** It ended while somebody looked: how, and the way to what stays of it. */
import type { Call } from '@earshot/contracts'
import { Link } from '@tanstack/react-router'
import PhoneOff from 'lucide-react/icons/phone-off'
import Play from 'lucide-react/icons/play'
import { useTranslation } from 'react-i18next'
import { durationOf } from '../contact/amounts.ts'
import { buttonClass } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { clockStart } from './names.ts'

export function Ended({ call }: { call: Call }) {
  const { t } = useTranslation('calls')
  const time = durationOf(Math.max(0, Date.parse(call.endedAt ?? call.startedAt) - Date.parse(clockStart(call))))
  const { state } = call.recording
  return (
    <div className="actions callended" role="status">
      <Icon of={PhoneOff} />
      <div className="grow">
        <div className="strong">{t('ended.title')}</div>
        <div className="small t2">
          {t('ended.text', { reason: t(`reason.${call.endReason ?? 'failed'}`), time })}{' '}
          {state === 'processing' && t('ended.processing')}
          {state === 'ready' && t('ended.ready')}
        </div>
      </div>
      <Link
        to="/conversations/$id/full"
        params={{ id: call.conversationId }}
        className={buttonClass({ variant: 'primary' })}
      >
        {state === 'ready' && <Icon of={Play} />}
        {t(state === 'ready' ? 'ended.hear' : 'openConversation')}
      </Link>
    </div>
  )
}
