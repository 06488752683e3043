/** One flag: what it says, the lines that show it, and the reader's word on it. */
import type { ConversationFlag } from '@earshot/contracts'
import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { FlagSaid } from '../contact/FlagSaid.tsx'
import { flagName } from '../contact/Flags.tsx'
import { Quotes } from '../contact/Quotes.tsx'
import { Button } from '../ui/Button.tsx'

type Props = {
  id: string
  flag: ConversationFlag
  open: boolean
  onOpen: () => void
  onConfirm: () => void
  onDismiss: () => void
  onReopen: () => void
}

export function FlagCard({ id, flag, open, onOpen, onConfirm, onDismiss, onReopen }: Props) {
  const { t } = useTranslation('judging')
  const { t: tc } = useTranslation('conversations')
  const name = t('queue.flag', { name: flagName(flag.code).toLocaleLowerCase() })
  return (
    <section className={clsx('crit', open && 'on')} aria-label={name} tabIndex={-1}>
      <div className="row">
        <button type="button" className="grow strong" aria-expanded={open} onClick={onOpen}>
          {name}
        </button>
        {flag.state === 'open' ? (
          <>
            <Button size="sm" keys={open ? 'C' : undefined} onClick={onConfirm}>
              {t('queue.agreeFlag')}
            </Button>
            <Button size="sm" variant="quiet" keys={open ? 'D' : undefined} onClick={onDismiss}>
              {t('queue.dismissFlag')}
            </Button>
          </>
        ) : (
          <Button size="sm" variant="quiet" onClick={onReopen}>
            {tc('flag.reopen')}
          </Button>
        )}
      </div>
      {flag.reason && (
        <p className="small t2" dir="auto">
          {flag.reason}
        </p>
      )}
      <FlagSaid flag={flag} />
      {open && <Quotes id={id} evidence={flag.evidence} />}
    </section>
  )
}
