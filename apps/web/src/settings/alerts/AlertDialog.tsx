/** Add or change an alert, and ask what it would say now. */
import type { Alert } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { AlertScope } from './AlertScope.tsx'
import { AlertTell } from './AlertTell.tsx'
import { AlertWatch } from './AlertWatch.tsx'
import { STATE_TONES, valueText } from './alert-words.ts'
import { type AlertWish, useAlertCommands } from './use-alerts.ts'

const FRESH: AlertWish = {
  name: '',
  watch: { kind: 'metric', metric: 'handoff_rate' },
  compare: 'over',
  warnAt: 30,
  alertAt: 50,
  windowMinutes: 60,
  least: 10,
  agentIds: [],
  channelIds: [],
  tellApp: true,
  webhookUrl: null,
  enabled: true,
}

function wishOf(of: AlertWish): AlertWish {
  const { name, watch, compare, warnAt, alertAt, windowMinutes, least, agentIds, channelIds } = of
  const { tellApp, webhookUrl, enabled } = of
  return {
    name,
    watch,
    compare,
    warnAt,
    alertAt,
    windowMinutes,
    least,
    agentIds,
    channelIds,
    tellApp,
    webhookUrl,
    enabled,
  }
}

const isOrdered = ({ compare, warnAt, alertAt }: AlertWish): boolean =>
  warnAt === null || (compare === 'over' ? warnAt <= alertAt : warnAt >= alertAt)

type Props = { alert?: Alert; onDone: () => void; onSaved: (secret: string | null) => void }

export function AlertDialog({ alert, onDone, onSaved }: Props) {
  const { t } = useTranslation('alerts')
  const { save, look } = useAlertCommands()
  const [wish, setWish] = useState(() => wishOf(alert ?? FRESH))
  const set = (change: Partial<AlertWish>) => setWish((now) => ({ ...now, ...change }))
  const isWatchable = Number.isFinite(wish.alertAt) && isOrdered(wish) && wish.least >= 1
  const whole = isWatchable && wish.name.trim() !== ''
  const submit = () => {
    if (!whole || save.isPending) return
    save.mutate(
      { ...wish, name: wish.name.trim(), ...(alert && { id: alert.id }) },
      {
        onSuccess: ({ alert: kept, secret }) => {
          toast.done(t('saved', { name: kept.name }))
          onSaved(secret)
        },
      },
    )
  }
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onDone()}
      title={alert ? t('changeTitle', { name: alert.name }) : t('addTitle')}
      onSubmit={submit}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending} disabled={!whole}>
            {t(alert ? 'save' : 'add')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('name')}
        value={wish.name}
        maxLength={80}
        autoFocus
        dir="auto"
        onChange={(event) => set({ name: event.target.value })}
      />
      <AlertWatch wish={wish} isOrdered={isOrdered(wish)} onChange={set} />
      <AlertScope wish={wish} onChange={set} />
      <div className="row g3 wrap" aria-live="polite">
        <Button
          size="sm"
          busy={look.isPending}
          disabled={!isWatchable}
          onClick={() => look.mutate({ ...wish, name: wish.name.trim() || '?' })}
        >
          {t('look')}
        </Button>
        {look.data && (
          <>
            <Badge tone={STATE_TONES[look.data.state]}>{t(`state.${look.data.state}`)}</Badge>
            <span className="small t2">
              {t('lookSays', {
                value: look.data.value === null ? t('lookNone') : valueText(wish.watch, look.data.value),
                count: look.data.seen,
              })}
            </span>
          </>
        )}
      </div>
      <AlertTell wish={wish} onChange={set} />
      <Checkbox checked={wish.enabled} onChange={(enabled) => set({ enabled })}>
        {t('enabled')}
      </Checkbox>
    </Dialog>
  )
}
