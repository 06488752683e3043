/** What an alert watches, and from where on it warns and alerts. */
import { AlertMetric } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { codeWords } from '../../conversations/code-words.ts'
import { Segmented } from '../../ui/Choice.tsx'
import { Field, TextField } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { rulesQuery } from '../rules/use-rules.ts'
import type { AlertWish } from './use-alerts.ts'

const WINDOWS = [15, 60, 240, 1440, 10_080, 43_200] as const
const FLAGS = [
  'human_refused',
  'wants_human',
  'unanswered_question',
  'contradicted_claim',
  'unsafe_promise',
  'secret_leaked',
  'rude_answer',
  'function_error',
  'abandoned_in_queue',
  'dissatisfied',
  'prompt_injection',
  'low_score',
] as const

type Props = { wish: AlertWish; isOrdered: boolean; onChange: (change: Partial<AlertWish>) => void }

export function AlertWatch({ wish, isOrdered, onChange }: Props) {
  const { t } = useTranslation('alerts')
  const number = (text: string): number | null => (text === '' ? null : Number(text))
  const windows = WINDOWS.some((one) => one === wish.windowMinutes) ? WINDOWS : [...WINDOWS, wish.windowMinutes]
  return (
    <>
      <Watched wish={wish} onChange={onChange} />
      <div className="row g3 wrap alert-thresholds">
        <Field label={t('compareLabel')}>
          {({ id }) => (
            <Select
              id={id}
              label={t('compareLabel')}
              value={wish.compare}
              onChange={(compare) => onChange({ compare })}
              options={(['over', 'under'] as const).map((one) => ({ value: one, label: t(`compare.${one}`) }))}
            />
          )}
        </Field>
        <TextField
          type="number"
          min={0}
          step="any"
          label={t('warnAt')}
          hint={t('warnHint')}
          error={isOrdered ? undefined : t('warnLate')}
          value={wish.warnAt ?? ''}
          onChange={(event) => onChange({ warnAt: number(event.target.value) })}
        />
        <TextField
          type="number"
          min={0}
          step="any"
          label={t('alertAt')}
          hint={t('alertUnit', { unit: t(`unit.${wish.watch.kind === 'flag' ? 'flag' : wish.watch.metric}`) })}
          value={Number.isNaN(wish.alertAt) ? '' : wish.alertAt}
          onChange={(event) => onChange({ alertAt: number(event.target.value) ?? Number.NaN })}
        />
      </div>
      <Field label={t('window')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('window')}
            value={String(wish.windowMinutes)}
            onChange={(minutes) => onChange({ windowMinutes: Number(minutes) })}
            options={windows.map((minutes) => {
              const known = WINDOWS.find((one) => one === minutes)
              return {
                value: String(minutes),
                label: known ? t(`windows.${known}`) : t('windowOf', { count: minutes }),
              }
            })}
          />
        )}
      </Field>
    </>
  )
}

function Watched({ wish, onChange }: Omit<Props, 'isOrdered'>) {
  const { t } = useTranslation('alerts')
  const { data: own = [] } = useQuery({ ...rulesQuery, enabled: useMay('viewer') })
  const { watch } = wish
  return (
    <div className="field">
      <Segmented
        label={t('watch')}
        value={watch.kind}
        onChange={(kind) =>
          onChange({
            watch: kind === 'metric' ? { kind, metric: 'handoff_rate' } : { kind, code: own[0]?.name ?? FLAGS[0] },
          })
        }
        options={(['metric', 'flag'] as const).map((kind) => ({ value: kind, label: t(`watchKind.${kind}`) }))}
      />
      {watch.kind === 'metric' ? (
        <Select
          label={t('metricLabel')}
          value={watch.metric}
          onChange={(metric) => onChange({ watch: { kind: 'metric', metric } })}
          options={AlertMetric.options.map((one) => ({ value: one, label: t(`metric.${one}`) }))}
        />
      ) : (
        <Select<string>
          label={t('flagLabel')}
          value={watch.code}
          onChange={(code) => onChange({ watch: { kind: 'flag', code } })}
          options={[...new Set([...own.map(({ name }) => name), ...FLAGS, watch.code])].map((code) => ({
            value: code,
            label: codeWords('flag.code', code),
          }))}
        />
      )}
    </div>
  )
}
