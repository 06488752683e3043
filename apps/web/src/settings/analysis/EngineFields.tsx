/** Who reviews: Earshot itself, or a model beside it, with where that is and a test of it. */
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import { useTranslation } from 'react-i18next'
import { ModelAddress } from '../../agents/edit/ModelAddress.tsx'
import { dollars } from '../../agents/playground/money.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { RadioCards } from '../../ui/Choice.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { Banner } from '../../ui/States.tsx'
import { type EngineSettings, useEngineCommands } from './use-analysis.ts'

const ENGINES = ['embedded', 'model'] as const
const PROVIDERS = ['openai-compatible', 'anthropic'] as const

type Props = {
  value: EngineSettings
  onChange: (edits: Partial<EngineSettings>) => void
  hasKey: boolean
  draftKey: string | null | undefined
  onKey: (key: string | null | undefined) => void
  changed: boolean
}

export function EngineFields({ value, onChange, hasKey, draftKey, onKey, changed }: Props) {
  const { t } = useTranslation('analysis')
  return (
    <>
      <RadioCards
        label={t('engine')}
        value={value.engine}
        onChange={(engine) => onChange({ engine })}
        options={ENGINES.map((one) => ({ value: one, title: t(`engines.${one}`), text: t(`engines.${one}Text`) }))}
      />
      {value.engine === 'model' && (
        <>
          <Field label={t('provider')}>
            {({ id }) => (
              <Select
                id={id}
                label={t('provider')}
                value={value.provider}
                onChange={(provider) => onChange({ provider })}
                options={PROVIDERS.map((one) => ({ value: one, label: t(`providers.${one}`) }))}
              />
            )}
          </Field>
          <ModelAddress
            which="model"
            value={value}
            onChange={onChange}
            stored={hasKey}
            draftKey={draftKey}
            onKey={onKey}
          />
          <TestModel changed={changed} />
        </>
      )}
    </>
  )
}

function TestModel({ changed }: { changed: boolean }) {
  const { t } = useTranslation('analysis')
  const may = useMay('admin')
  const { test } = useEngineCommands()
  const { data } = test
  if (!may) return null
  return (
    <div className="reviewing">
      <div className="row g3 wrap">
        <Button busy={test.isPending} disabled={changed} onClick={() => test.mutate()}>
          {t('test')}
        </Button>
        <span className="small t3">{t(changed ? 'testSaveFirst' : 'testHint')}</span>
      </div>
      <div aria-live="polite">
        {data && !test.isPending && (
          <Banner tone={data.ok ? 'ok' : 'bad'} icon={data.ok ? CircleCheck : CircleAlert}>
            {data.ok ? t('testOk', { summary: data.summary }) : t('testFailed', { error: data.error })}
            {data.tokens > 0 && (
              <span className="block small">
                {t('testUsed', {
                  tokens: data.tokens,
                  cost: dollars(data.costUsd),
                  seconds: (data.durationMs / 1000).toFixed(1),
                })}
              </span>
            )}
          </Banner>
        )}
      </div>
    </div>
  )
}
