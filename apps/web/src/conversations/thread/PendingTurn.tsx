/** What was written here and is not in the log yet: sending, waiting for the line, or refused with a way on. */

import CircleAlert from 'lucide-react/icons/circle-alert'
import Clock from 'lucide-react/icons/clock'
import { useTranslation } from 'react-i18next'
import { liveStatus } from '../../app/live-status.ts'
import { useSession } from '../../app/session.ts'
import { useStore } from '../../app/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { type Pending, refusalWords, useOutbox } from '../composer/outbox.ts'
import { Attachments } from './Attachments.tsx'
import { VoiceMark, Words } from './Turn.tsx'
import { useOnline } from './use-online.ts'

export function PendingTurn({ message }: { message: Pending }) {
  const { member } = useSession()
  const { text, attachments, kind } = message.body
  const author = { kind: 'operator' as const, name: member.name }
  if (kind !== 'message') {
    return (
      <div className={kind === 'note' ? 'inote' : 'coach'}>
        <div>
          <div dir="auto">{text}</div>
          <div className="m">
            <State message={message} />
          </div>
        </div>
      </div>
    )
  }
  return (
    <div className="turn op">
      <VoiceMark author={author} />
      <div className="stackm">
        <div className="bub pending" dir="auto">
          <Words kind="operator" text={text} />
          <Attachments files={attachments} />
        </div>
        <div className="meta">
          <State message={message} />
        </div>
      </div>
    </div>
  )
}

function State({ message }: { message: Pending }) {
  const { t } = useTranslation('conversations')
  const outbox = useOutbox()
  const { state } = useStore(liveStatus)
  const online = useOnline()
  if (message.state !== 'failed') {
    const offline = !online || state === 'offline' || (state === 'reconnecting' && message.state === 'waiting')
    return (
      <span className="row g2" role="status">
        <Icon of={Clock} size="xs" />
        {t(offline ? 'pending.later' : 'pending.sending')}
      </span>
    )
  }
  return (
    <span className="row g2 wrap" role="alert">
      <span className="bad row g2">
        <Icon of={CircleAlert} size="xs" />
        {t('pending.failed')} {refusalWords(message.code)}
      </span>
      <Button size="sm" variant="quiet" onClick={() => outbox.retry(message.key)}>
        {t('pending.retry')}
      </Button>
      <Button size="sm" variant="quiet" onClick={() => outbox.discard(message.key)}>
        {t('pending.discard')}
      </Button>
    </span>
  )
}
