/** How the queue works for everybody: capacity, how long offers stand, and within what time people should answer. */
import type { QueueSettings } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { LeaveGuard } from '../../app/LeaveGuard.tsx'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { useDraft } from '../../app/use-draft.ts'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Choice.tsx'
import { Input } from '../../ui/Field.tsx'
import { FormRow } from '../SettingsPage.tsx'
import { capsAreRight, KINDS } from './CapsFields.tsx'
import { queueSettingsQuery, useTeamCommands } from './use-teams.ts'

export function QueueTab() {
  return <Loaded query={useQuery(queueSettingsQuery)}>{(settings) => <Form settings={settings} />}</Loaded>
}

type Row = 'caps' | 'offerSeconds' | 'firstAnswer' | 'nextAnswer'

function Form({ settings }: { settings: QueueSettings }) {
  const { t } = useTranslation(['teams', 'common'])
  const draft = useDraft(settings)
  const { settings: save } = useTeamCommands()
  const mayChange = useMay('admin')
  const { value, change } = draft
  const valid = isRight(value)
  return (
    <fieldset disabled={!mayChange}>
      <p className="t3 section-lead">{t('queue.lead')}</p>
      <FormRow label={t('queue.offers')} hint={t('queue.offersText')}>
        <Switch label={t('queue.offers')} checked={value.offers} onChange={(offers) => change({ offers })} />
      </FormRow>
      <Numbers row="caps" values={value.caps} onChange={(caps) => change({ caps: filled(caps) })} />
      <Numbers
        row="offerSeconds"
        values={value.offerSeconds}
        onChange={(offerSeconds) => change({ offerSeconds: filled(offerSeconds) })}
      />
      <Numbers
        row="firstAnswer"
        values={value.firstAnswerMinutes}
        optional
        onChange={(firstAnswerMinutes) => change({ firstAnswerMinutes })}
      />
      <Numbers
        row="nextAnswer"
        values={value.nextAnswerMinutes}
        optional
        onChange={(nextAnswerMinutes) => change({ nextAnswerMinutes })}
      />
      <FormRow label={t('queue.escalate')} hint={t('queue.escalateText')}>
        <NumberBox
          label={t('queue.escalate')}
          value={value.escalateAfterMinutes}
          optional
          onChange={(escalateAfterMinutes) => change({ escalateAfterMinutes })}
        />
      </FormRow>
      {!valid && (
        <p className="errmsg" role="alert">
          {t('queue.invalid')}
        </p>
      )}
      {mayChange && (
        <div className="row section-foot">
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={!draft.changed || !valid}
            onClick={() => save.mutate(value, { onSuccess: draft.reset })}
          >
            {t('common:save')}
          </Button>
        </div>
      )}
      <LeaveGuard changed={draft.changed} />
    </fieldset>
  )
}

type Values = Record<(typeof KINDS)[number], number | null>
type NumbersProps = { row: Row; values: Values; optional?: boolean; onChange: (values: Values) => void }

function Numbers({ row, values, optional, onChange }: NumbersProps) {
  const { t } = useTranslation('teams')
  const what = t(`queue.${row}`)
  return (
    <FormRow label={what}>
      <div className="three">
        {KINDS.map((kind) => (
          <span key={kind} className="small t2">
            {t(`kind.${kind}`)}
            <NumberBox
              label={t('queue.field', { what, kind: t(`kind.${kind}`) })}
              value={values[kind]}
              optional={optional}
              onChange={(next) => onChange({ ...values, [kind]: next })}
            />
          </span>
        ))}
      </div>
    </FormRow>
  )
}

type BoxProps = { label: string; value: number | null; optional?: boolean; onChange: (value: number | null) => void }

/** An empty box is no target where one may be missing, else a mistake. */
function NumberBox({ label, value, optional, onChange }: BoxProps) {
  const { t } = useTranslation('teams')
  return (
    <Input
      className="num narrow"
      type="number"
      inputMode="numeric"
      min={0}
      aria-label={label}
      placeholder={optional ? t('queue.none') : undefined}
      value={value === null || Number.isNaN(value) ? '' : value}
      onChange={({ target }) => onChange(target.value === '' && optional ? null : target.valueAsNumber)}
    />
  )
}

const filled = (values: Values) => ({
  voice: values.voice ?? Number.NaN,
  chat: values.chat ?? Number.NaN,
  mail: values.mail ?? Number.NaN,
})

function isRight({ caps, offerSeconds, firstAnswerMinutes, nextAnswerMinutes, escalateAfterMinutes }: QueueSettings) {
  const within = (value: number | null, least: number, most: number) =>
    value === null || (Number.isInteger(value) && value >= least && value <= most)
  const minutes = [...Object.values(firstAnswerMinutes), ...Object.values(nextAnswerMinutes), escalateAfterMinutes]
  return (
    capsAreRight(caps) &&
    Object.values(offerSeconds).every((seconds) => within(seconds, 5, 3600)) &&
    minutes.every((value) => within(value, 1, 43_200))
  )
}
