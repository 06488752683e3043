/** The workspace's own settings: name, what lists show first, when a conversation is reviewed. */
import { call } from '@earshot/client'
import { changeWorkspace, type Workspace } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { LeaveGuard } from '../app/LeaveGuard.tsx'
import { tellProblem } from '../app/problem.ts'
import { meQuery, useMay, useSession } from '../app/session.ts'
import { useDraft } from '../app/use-draft.ts'
import { Button } from '../ui/Button.tsx'
import { Input } from '../ui/Field.tsx'
import { toast } from '../ui/Toasts.tsx'
import { FormRow, SettingsPage } from './SettingsPage.tsx'

type Fields = Pick<Workspace, 'name' | 'reviewAfterMinutes' | 'defaultView'>

export function GeneralScreen() {
  const { t } = useTranslation(['settings', 'common'])
  const { workspace } = useSession()
  const { name, reviewAfterMinutes, defaultView } = workspace
  const draft = useDraft<Fields>({ name, reviewAfterMinutes, defaultView })
  const mayChange = useMay('admin')
  const save = useSaveWorkspace()
  const minutes = draft.value.reviewAfterMinutes
  const valid = draft.value.name.trim() !== '' && Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440
  return (
    <SettingsPage
      documentTitle={t('settings:general.title')}
      title={t('settings:general.head')}
      lead={mayChange ? t('settings:general.lead') : t('settings:general.readOnly')}
      actions={
        mayChange && (
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={!draft.changed || !valid}
            onClick={() => save.mutate(draft.edits, { onSuccess: draft.reset })}
          >
            {t('common:save')}
          </Button>
        )
      }
    >
      <fieldset disabled={!mayChange}>
        <FormRow label={t('settings:general.name')} hint={t('settings:general.nameHint')}>
          <Input
            aria-label={t('settings:general.name')}
            maxLength={100}
            value={draft.value.name}
            onChange={(event) => draft.change({ name: event.target.value })}
          />
        </FormRow>
        <DefaultView value={draft.value.defaultView} onChange={(view) => draft.change({ defaultView: view })} />
        <FormRow label={t('settings:general.reviewAfter')} hint={t('settings:general.reviewAfterHint')}>
          <Input
            className="num narrow"
            type="number"
            inputMode="numeric"
            min={1}
            max={1440}
            aria-label={t('settings:general.reviewAfterLabel')}
            value={Number.isNaN(minutes) ? '' : minutes}
            onChange={(event) => draft.change({ reviewAfterMinutes: event.target.valueAsNumber })}
          />
        </FormRow>
      </fieldset>
      <LeaveGuard changed={draft.changed} />
    </SettingsPage>
  )
}

function DefaultView({
  value,
  onChange,
}: {
  value: Fields['defaultView']
  onChange: (view: Fields['defaultView']) => void
}) {
  const { t } = useTranslation('settings')
  return (
    <FormRow label={t('general.defaultView')} hint={t('general.defaultViewHint')}>
      <div className="lbox" role="radiogroup" aria-label={t('general.defaultView')}>
        {(['everything', 'reviewed'] as const).map((view) => (
          <label className="lrow" key={view}>
            <input
              type="radio"
              className="radio"
              name="view"
              checked={value === view}
              onChange={() => onChange(view)}
            />
            <span className="grow">
              <span className="strong">{t(`general.view.${view}`)}</span>
              <span className="sub block">{t(`general.view.${view}Text`)}</span>
            </span>
          </label>
        ))}
      </div>
    </FormRow>
  )
}

function useSaveWorkspace() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (edits: Partial<Fields>) => call(changeWorkspace, { body: edits }),
    onSuccess: (workspace) => {
      queries.setQueryData(meQuery.queryKey, (me) => me && { ...me, workspace })
      toast.done(t('saved'))
    },
    onError: tellProblem,
  })
}
