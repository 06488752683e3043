/** Settings → Analysis: who reviews, what a model may cost and what it used today, and reviewing what is past. */
import './texts.ts'
import '../../styles/reviewing.css'
import type { ReviewEngine } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isHttp } from '../../agents/edit/ModelAddress.tsx'
import { LeaveGuard } from '../../app/LeaveGuard.tsx'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { useDraft } from '../../app/use-draft.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { EngineFields } from './EngineFields.tsx'
import { PastReviews } from './PastReviews.tsx'
import { TodayUse } from './TodayUse.tsx'
import { type EngineSettings, engineQuery, useEngineCommands } from './use-analysis.ts'
import { WhichReviews } from './WhichReviews.tsx'

export function AnalysisScreen() {
  const engine = useQuery(engineQuery)
  return <Loaded query={engine}>{(data) => <Analysis engine={data} />}</Loaded>
}

function Analysis({ engine }: { engine: ReviewEngine }) {
  const { t } = useTranslation('analysis')
  const may = useMay('admin')
  const { today, hasKey, ...settings } = engine
  const draft = useDraft<EngineSettings>(settings)
  const [key, setKey] = useState<string | null | undefined>(undefined)
  const { save } = useEngineCommands()
  const { value } = draft
  const whole =
    value.engine === 'embedded' || (Boolean(value.model?.trim()) && (!value.baseUrl || isHttp(value.baseUrl)))
  const changed = draft.changed || key !== undefined
  const keep = () =>
    save.mutate(
      { ...value, ...(key !== undefined && { key }) },
      {
        onSuccess: () => {
          draft.reset()
          setKey(undefined)
          toast.done(t('saved'))
        },
      },
    )
  return (
    <SettingsPage
      documentTitle={t('title')}
      title={t('title')}
      lead={may ? t('lead') : t('readOnly')}
      actions={
        may && (
          <Button variant="primary" busy={save.isPending} disabled={!changed || !whole} onClick={keep}>
            {t('save')}
          </Button>
        )
      }
    >
      <fieldset disabled={!may} className="reviewing">
        <EngineFields
          value={value}
          onChange={draft.change}
          hasKey={hasKey}
          draftKey={key}
          onKey={setKey}
          changed={changed}
        />
        {value.engine === 'model' && <WhichReviews value={value} onChange={draft.change} />}
      </fieldset>
      {settings.engine === 'model' && <TodayUse today={today} budget={settings.budget} />}
      {may && <PastReviews hasModel={settings.engine === 'model'} />}
      <LeaveGuard changed={changed} />
    </SettingsPage>
  )
}
