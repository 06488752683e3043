/** How a transfer goes: it rings, with a way back; or what became of it, until somebody has read it. */
import type { Call } from '@earshot/contracts'
import Check from 'lucide-react/icons/check'
import PhoneForwarded from 'lucide-react/icons/phone-forwarded'
import PhoneMissed from 'lucide-react/icons/phone-missed'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Banner } from '../../ui/States.tsx'
import { Elapsed } from '../Elapsed.tsx'
import { transferTarget } from '../names.ts'
import { useCallCommands } from './use-call-commands.ts'

/** What failed longer ago is told by the transcript. */
const NEWS_MS = 120_000

export function TransferState({ call, mayCancel }: { call: Call; mayCancel: boolean }) {
  const { t } = useTranslation('calls')
  const { cancel } = useCallCommands(call)
  const [read, setRead] = useState<string | null>(null)
  const { transfer } = call
  if (!transfer) return null
  const to = transferTarget(call)
  if (transfer.state === 'ringing')
    return (
      <Banner
        tone="info"
        icon={PhoneForwarded}
        actions={
          mayCancel && (
            <Button size="sm" busy={cancel.isPending} onClick={() => cancel.mutate()}>
              {t('do.cancelTransfer')}
            </Button>
          )
        }
      >
        {t('transfer.ringing', { to })} <Elapsed since={transfer.since} />
      </Banner>
    )
  const isNews = call.state !== 'ended' && Date.now() - Date.parse(transfer.since) < NEWS_MS
  if (!isNews || read === transfer.since) return null
  const good = transfer.state === 'bridged'
  return (
    <Banner
      tone={good ? 'ok' : 'warn'}
      icon={good ? Check : PhoneMissed}
      actions={<IconButton size="sm" label={t('transfer.dismiss')} icon={X} onClick={() => setRead(transfer.since)} />}
    >
      {t(`transfer.${transfer.state}`, { to })}
    </Banner>
  )
}
