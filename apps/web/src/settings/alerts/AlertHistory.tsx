/** When an alert changed its state, what it read then, and whether anybody was told. */
import type { Alert } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { STATE_TONES } from './alert-words.ts'
import { changesQuery } from './use-alerts.ts'

export function AlertHistory({ alert, onDone }: { alert: Alert; onDone: () => void }) {
  const { t } = useTranslation('alerts')
  const changes = useQuery(changesQuery(alert.id))
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onDone()}
      title={t('historyTitle', { name: alert.name })}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('close')}</Button>
        </>
      }
    >
      <Loaded query={changes} rows={2}>
        {(items) =>
          items.length === 0 ? (
            <p className="t3">{t('historyNone')}</p>
          ) : (
            <ul className="lbox">
              {items.map(({ id, to, says, told, at }) => (
                <li className="lrow rule-row2" key={id}>
                  <Badge className="alert-state" tone={STATE_TONES[to]}>
                    {t(`state.${to}`)}
                  </Badge>
                  <span className="grow">
                    {says}
                    <span className="small t3 rule-facts">
                      <RelativeTime at={at} /> · {t(told ? 'told' : 'quiet')}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Dialog>
  )
}
