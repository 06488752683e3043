/** Settings → Alerts: what is watched and where it stands, live. */
import '../rules/texts.ts'
import '../../styles/rules.css'
import type { Alert } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { AlertDialog } from './AlertDialog.tsx'
import { AlertHistory } from './AlertHistory.tsx'
import { AlertRow, type Asked } from './AlertRow.tsx'
import { SecretDialog } from './SecretDialog.tsx'
import { alertsQuery, useAlertCommands } from './use-alerts.ts'

export function AlertsScreen() {
  const { t } = useTranslation('alerts')
  const may = useMay('admin')
  const alerts = useQuery(alertsQuery)
  const [asked, setAsked] = useState<Asked>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const done = () => setAsked(null)
  const saved = (made: string | null) => {
    setAsked(null)
    setSecret(made)
  }
  return (
    <SettingsPage
      documentTitle={t('title')}
      title={t('title')}
      lead={t('lead')}
      actions={
        may && (
          <Button variant="primary" icon={Plus} onClick={() => setAsked({ what: 'add' })}>
            {t('add')}
          </Button>
        )
      }
    >
      <Loaded query={alerts} rows={3}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState art="chart" title={t('none')} text={t('noneText')} />
          ) : (
            <ul className="lbox" aria-label={t('title')}>
              {items.map((alert) => (
                <AlertRow alert={alert} key={alert.id} onAsk={setAsked} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {asked?.what === 'add' && <AlertDialog onDone={done} onSaved={saved} />}
      {asked?.what === 'change' && <AlertDialog alert={asked.alert} onDone={done} onSaved={saved} />}
      {asked?.what === 'history' && <AlertHistory alert={asked.alert} onDone={done} />}
      {asked?.what === 'delete' && <DeleteAlert alert={asked.alert} onDone={done} />}
      {secret !== null && <SecretDialog secret={secret} onDone={() => setSecret(null)} />}
    </SettingsPage>
  )
}

function DeleteAlert({ alert, onDone }: { alert: Alert; onDone: () => void }) {
  const { t } = useTranslation('alerts')
  const { remove } = useAlertCommands()
  const onSuccess = () => {
    onDone()
    toast.done(t('deleted', { name: alert.name }))
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={t('deleteTitle', { name: alert.name })}
      description={t('deleteText')}
      verb={t('delete')}
      cancel={t('cancel')}
      destructive
      busy={remove.isPending}
      onConfirm={() => remove.mutate(alert.id, { onSuccess })}
    />
  )
}
