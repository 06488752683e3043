/** Settings → Alerts: what is watched and where it stands, live. */
import '../rules/texts.ts'
import '../../styles/rules.css'
import type { Alert } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DeleteOne, ListPage } from '../ListPage.tsx'
import { AlertDialog } from './AlertDialog.tsx'
import { AlertHistory } from './AlertHistory.tsx'
import { AlertRow, type Asked } from './AlertRow.tsx'
import { SecretDialog } from './SecretDialog.tsx'
import { alertsQuery, useAlertCommands } from './use-alerts.ts'

export function AlertsScreen() {
  const { t } = useTranslation('alerts')
  const alerts = useQuery(alertsQuery)
  const [asked, setAsked] = useState<Asked>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const done = () => setAsked(null)
  const saved = (made: string | null) => {
    setAsked(null)
    setSecret(made)
  }
  return (
    <ListPage
      words={{ title: t('title'), lead: t('lead'), add: t('add'), none: t('none'), noneText: t('noneText') }}
      art="chart"
      query={alerts}
      row={(alert) => <AlertRow alert={alert} key={alert.id} onAsk={setAsked} />}
      onAdd={() => setAsked({ what: 'add' })}
    >
      {asked?.what === 'add' && <AlertDialog onDone={done} onSaved={saved} />}
      {asked?.what === 'change' && <AlertDialog alert={asked.alert} onDone={done} onSaved={saved} />}
      {asked?.what === 'history' && <AlertHistory alert={asked.alert} onDone={done} />}
      {asked?.what === 'delete' && <DeleteAlert alert={asked.alert} onDone={done} />}
      {secret !== null && <SecretDialog secret={secret} onDone={() => setSecret(null)} />}
    </ListPage>
  )
}

function DeleteAlert({ alert, onDone }: { alert: Alert; onDone: () => void }) {
  const { t } = useTranslation('alerts')
  const { remove } = useAlertCommands()
  const words = {
    title: t('deleteTitle', { name: alert.name }),
    text: t('deleteText'),
    verb: t('delete'),
    cancel: t('cancel'),
    done: t('deleted', { name: alert.name }),
  }
  return <DeleteOne id={alert.id} remove={remove} words={words} onDone={onDone} />
}
