/** Settings → Follow-ups: the plans, what each did, and when the agent answers again by itself. */
import './texts.ts'
import '../../styles/replies.css'
import type { FollowUpPlan } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DeleteOne, ListPage } from '../ListPage.tsx'
import type { Asked } from './asked.ts'
import { HistoryDialog } from './HistoryDialog.tsx'
import { PlanDialog } from './PlanDialog.tsx'
import { PlanRow } from './PlanRow.tsx'
import { PreviewDialog } from './PreviewDialog.tsx'
import { ResumeRow } from './ResumeRow.tsx'
import { plansQuery, usePlanCommands } from './use-follow-ups.ts'

export function FollowUpsScreen() {
  const { t } = useTranslation('followUps')
  const plans = useQuery(plansQuery)
  const [asked, setAsked] = useState<Asked>(null)
  const done = () => setAsked(null)
  return (
    <ListPage
      words={{ title: t('title'), lead: t('lead'), add: t('add'), none: t('none'), noneText: t('noneText') }}
      art="book"
      query={plans}
      row={(plan) => <PlanRow plan={plan} key={plan.id} onAsk={setAsked} />}
      onAdd={() => setAsked({ what: 'add' })}
    >
      <ResumeRow />
      {asked?.what === 'add' && <PlanDialog onDone={done} />}
      {asked?.what === 'change' && <PlanDialog plan={asked.plan} onDone={done} />}
      {asked?.what === 'preview' && <PreviewDialog plan={asked.plan} onDone={done} />}
      {asked?.what === 'history' && <HistoryDialog plan={asked.plan} onDone={done} />}
      {asked?.what === 'delete' && <DeletePlan plan={asked.plan} onDone={done} />}
    </ListPage>
  )
}

function DeletePlan({ plan, onDone }: { plan: FollowUpPlan; onDone: () => void }) {
  const { t } = useTranslation('followUps')
  const { remove } = usePlanCommands()
  const words = {
    title: t('deleteTitle', { name: plan.name }),
    text: t('deleteText'),
    verb: t('delete'),
    cancel: t('cancel'),
    done: t('deleted', { name: plan.name }),
  }
  return <DeleteOne id={plan.id} remove={remove} words={words} onDone={onDone} />
}
