/** One alert: where it stands, what it reads, and what can be done with it. */
import type { Alert } from '@earshot/contracts'
import BellOff from 'lucide-react/icons/bell-off'
import Ellipsis from 'lucide-react/icons/ellipsis'
import History from 'lucide-react/icons/history'
import Pencil from 'lucide-react/icons/pencil'
import Send from 'lucide-react/icons/send'
import Trash2 from 'lucide-react/icons/trash-2'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { codeWords } from '../../conversations/code-words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { IconButton } from '../../ui/Button.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { STATE_TONES, valueText } from './alert-words.ts'
import { useAlertCommands } from './use-alerts.ts'

export type Asked = { what: 'add' } | { what: 'change' | 'history' | 'delete'; alert: Alert } | null

export function AlertRow({ alert, onAsk }: { alert: Alert; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('alerts')
  const mayEdit = useMay('admin')
  const mayHush = useMay('operator')
  const { hush } = useAlertCommands()
  const test = useTest(alert.id)
  const { id, name } = alert
  const isQuiet = alert.muted || alert.snoozedUntil !== null
  const quiet = (muted: boolean, snoozeMinutes: number | null) => hush.mutate({ id, muted, snoozeMinutes })
  return (
    <li className="lrow rule-row2">
      <Badge className="alert-state" tone={alert.enabled ? STATE_TONES[alert.state] : undefined}>
        {alert.enabled ? t(`state.${alert.state}`) : t('off')}
      </Badge>
      <span className="grow tr">
        <span className="strong" dir="auto">
          {name}
        </span>
        <Facts alert={alert} />
      </span>
      <Menu align="end" trigger={<IconButton size="sm" label={t('more', { name })} icon={Ellipsis} />}>
        <MenuItem icon={History} onSelect={() => onAsk({ what: 'history', alert })}>
          {t('history')}
        </MenuItem>
        {mayHush &&
          (isQuiet ? (
            <MenuItem icon={BellOff} onSelect={() => quiet(false, null)}>
              {t('unhush')}
            </MenuItem>
          ) : (
            <>
              <MenuItem icon={BellOff} onSelect={() => quiet(false, 60)}>
                {t('snooze1')}
              </MenuItem>
              <MenuItem icon={BellOff} onSelect={() => quiet(false, 1440)}>
                {t('snooze24')}
              </MenuItem>
              <MenuItem icon={BellOff} onSelect={() => quiet(true, null)}>
                {t('mute')}
              </MenuItem>
            </>
          ))}
        {mayEdit && (
          <>
            <MenuItem icon={Send} onSelect={test}>
              {t('test')}
            </MenuItem>
            <MenuItem icon={Pencil} onSelect={() => onAsk({ what: 'change', alert })}>
              {t('change')}
            </MenuItem>
            <MenuItem icon={Trash2} bad onSelect={() => onAsk({ what: 'delete', alert })}>
              {t('delete')}
            </MenuItem>
          </>
        )}
      </Menu>
    </li>
  )
}

function Facts({ alert }: { alert: Alert }) {
  const { t } = useTranslation('alerts')
  const { watch, value, seen, compare, alertAt, since, lookedAt, muted, snoozedUntil, webhook } = alert
  const what = watch.kind === 'flag' ? codeWords('flag.code', watch.code) : t(`metric.${watch.metric}`)
  return (
    <>
      <span className="small t3 rule-facts">
        {what} {t(`compare.${compare}`)} {valueText(watch, alertAt)} ·{' '}
        {lookedAt === null || value === null ? t('none_yet') : t('now', { value: valueText(watch, value) })}
        {lookedAt !== null && ` · ${t('rests', { count: seen })}`} · {t('since')} <RelativeTime at={since} />
      </span>
      {(muted || snoozedUntil) && (
        <span className="small t2 rule-facts">
          {muted ? t('muted') : t('snoozed', { at: new Date(snoozedUntil ?? '').toLocaleString() })}
        </span>
      )}
      {webhook.problem && (
        <span className="small warn rule-facts">{t('webhookProblem', { why: webhook.problem })}</span>
      )}
    </>
  )
}

/** Each way is answered for by itself. */
function useTest(id: string): () => void {
  const { t } = useTranslation('alerts')
  const { test } = useAlertCommands()
  return () =>
    test.mutate(id, {
      onSuccess: ({ app, mail, webhook }) => {
        const ways = [
          app && t('testApp'),
          mail !== 'not_wanted' && t(`testMail.${mail}`),
          webhook &&
            (webhook.problem === null
              ? t('testWebhook', { status: webhook.status })
              : t('testWebhookFailed', { why: webhook.problem })),
        ].filter((way) => !!way)
        const isBad = mail === 'failed' || (webhook !== null && webhook.problem !== null) || ways.length === 0
        const says = ways.length === 0 ? t('testNothing') : ways.join('. ')
        if (isBad) toast.failed(says)
        else toast.done(says)
      },
    })
}
