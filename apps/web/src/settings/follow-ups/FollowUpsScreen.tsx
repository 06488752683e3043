/** Settings → Follow-ups: the plans, what each did, and when the agent answers again by itself. */
import './texts.ts'
import '../../styles/replies.css'
import type { FollowUpPlan } from '@earshot/contracts'
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
import type { Asked } from './asked.ts'
import { HistoryDialog } from './HistoryDialog.tsx'
import { PlanDialog } from './PlanDialog.tsx'
import { PlanRow } from './PlanRow.tsx'
import { PreviewDialog } from './PreviewDialog.tsx'
import { ResumeRow } from './ResumeRow.tsx'
import { plansQuery, usePlanCommands } from './use-follow-ups.ts'

export function FollowUpsScreen() {
  const { t } = useTranslation('followUps')
  const may = useMay('admin')
  const plans = useQuery(plansQuery)
  const [asked, setAsked] = useState<Asked>(null)
  const done = () => setAsked(null)
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
      <Loaded query={plans} rows={3}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState art="book" title={t('none')} text={t('noneText')} />
          ) : (
            <ul className="lbox" aria-label={t('title')}>
              {items.map((plan) => (
                <PlanRow plan={plan} key={plan.id} onAsk={setAsked} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <ResumeRow />
      {asked?.what === 'add' && <PlanDialog onDone={done} />}
      {asked?.what === 'change' && <PlanDialog plan={asked.plan} onDone={done} />}
      {asked?.what === 'preview' && <PreviewDialog plan={asked.plan} onDone={done} />}
      {asked?.what === 'history' && <HistoryDialog plan={asked.plan} onDone={done} />}
      {asked?.what === 'delete' && <DeletePlan plan={asked.plan} onDone={done} />}
    </SettingsPage>
  )
}

function DeletePlan({ plan, onDone }: { plan: FollowUpPlan; onDone: () => void }) {
  const { t } = useTranslation('followUps')
  const { remove } = usePlanCommands()
  const onSuccess = () => {
    onDone()
    toast.done(t('deleted', { name: plan.name }))
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={t('deleteTitle', { name: plan.name })}
      description={t('deleteText')}
      verb={t('delete')}
      cancel={t('cancel')}
      destructive
      busy={remove.isPending}
      onConfirm={() => remove.mutate(plan.id, { onSuccess })}
    />
  )
}
