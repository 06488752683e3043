/** Which model answers: none (from the articles), any OpenAI-compatible one, or Anthropic; and which one when it fails. */
import { useTranslation } from 'react-i18next'
import { RadioCards } from '../../ui/Choice.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { ModelAddress, type ModelSettings } from './ModelAddress.tsx'
import { NumberField } from './NumberField.tsx'
import { NamedSection } from './Section.tsx'
import type { SectionProps } from './section-props.ts'
import { Temperature } from './Temperature.tsx'

export function ModelSection({ draft }: SectionProps) {
  const { t } = useTranslation('agents')
  const { model } = draft.config
  const put = (edits: Partial<typeof model>) => draft.change({ model: { ...model, ...edits } })
  return (
    <NamedSection name="model">
      <RadioCards
        label={t('section.model')}
        value={model.provider}
        onChange={(provider) => put({ provider })}
        options={(['embedded', 'openai-compatible', 'anthropic'] as const).map((value) => ({
          value,
          title: t(`provider.${value}.name`),
          text: t(`provider.${value}.text`),
        }))}
      />
      {model.provider !== 'embedded' && (
        <>
          <div className="two model-fields">
            <ModelAddress
              which="model"
              value={{ ...model, provider: model.provider }}
              onChange={put}
              stored={draft.base.hasKey}
              draftKey={draft.keys.model}
              onKey={(key) => draft.changeKeys({ model: key })}
            />
            <Temperature value={model.temperature} onChange={(temperature) => put({ temperature })} />
          </div>
          <Limits draft={draft} />
          <Fallback draft={draft} />
        </>
      )}
    </NamedSection>
  )
}

type Props = Pick<SectionProps, 'draft'>

function Limits({ draft: { config, change } }: Props) {
  const { t } = useTranslation('agents')
  const { model } = config
  const limit = (key: 'maxOutputTokens' | 'firstWordSeconds' | 'answerSeconds' | 'steps', min: number, max: number) => (
    <NumberField
      label={t(`limit.${key}`)}
      hint={t(`limitHint.${key}`)}
      whole
      min={min}
      max={max}
      value={model[key]}
      onChange={(value) => value !== null && change({ model: { ...model, [key]: value } })}
    />
  )
  return (
    <div className="two below">
      {limit('maxOutputTokens', 16, 16_000)}
      {limit('steps', 1, 10)}
      {limit('firstWordSeconds', 1, 60)}
      {limit('answerSeconds', 5, 300)}
    </div>
  )
}

const NEW: ModelSettings = {
  provider: 'openai-compatible',
  baseUrl: null,
  model: null,
  inputPricePerMillion: null,
  outputPricePerMillion: null,
}

/** "If it fails or is slow". */
function Fallback({ draft }: Props) {
  const { t } = useTranslation('agents')
  const { model } = draft.config
  const { fallback } = model
  const put = (next: typeof fallback) => draft.change({ model: { ...model, fallback: next } })
  return (
    <div className="below">
      <Field label={t('fallback.label')} hint={t('fallback.hint')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('fallback.label')}
            value={fallback?.provider ?? 'none'}
            onChange={(provider) => put(provider === 'none' ? null : { ...(fallback ?? NEW), provider })}
            options={[
              { value: 'none', label: t('fallback.none') },
              { value: 'embedded', label: t('fallback.embedded') },
              { value: 'openai-compatible', label: t('provider.openai-compatible.name') },
              { value: 'anthropic', label: t('provider.anthropic.name') },
            ]}
          />
        )}
      </Field>
      {fallback && fallback.provider !== 'embedded' && (
        <div className="two below">
          <ModelAddress
            which="fallback"
            value={{ ...fallback, provider: fallback.provider }}
            onChange={(edits) => put({ ...fallback, ...edits })}
            stored={draft.base.hasFallbackKey}
            draftKey={draft.keys.fallback}
            onKey={(key) => draft.changeKeys({ fallback: key })}
          />
        </div>
      )}
    </div>
  )
}
