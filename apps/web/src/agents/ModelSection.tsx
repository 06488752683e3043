/** Which model answers: none (from the articles), any OpenAI-compatible one, or Anthropic; with the workspace's own key. */
import type { Agent } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../app/use-draft.ts'
import { Button } from '../ui/Button.tsx'
import { RadioCards } from '../ui/Choice.tsx'
import { Field, PasswordField, TextField } from '../ui/Field.tsx'
import { Section } from './AgentSections.tsx'
import { type AgentFields, problemOf } from './agent-fields.ts'

type Props = { draft: Draft<AgentFields>; agent: Agent }

export function ModelSection({ draft, agent }: Props) {
  const { t } = useTranslation('agents')
  const { provider } = draft.value
  return (
    <Section title={t('model')} text={t('modelText')}>
      <RadioCards
        label={t('model')}
        value={provider}
        onChange={(next) => draft.change({ provider: next })}
        options={(['embedded', 'openai-compatible', 'anthropic'] as const).map((value) => ({
          value,
          title: t(`provider.${value}.name`),
          text: t(`provider.${value}.text`),
        }))}
      />
      {provider !== 'embedded' && <ModelFields draft={draft} agent={agent} />}
    </Section>
  )
}

function ModelFields({ draft: { value, change }, agent }: Props) {
  const { t } = useTranslation('agents')
  const problem = problemOf(value)
  const own = value.provider === 'openai-compatible'
  return (
    <div className="two model-fields">
      <TextField
        label={t('baseUrl')}
        hint={own ? t('baseUrlHint') : t('baseUrlOptional')}
        type="url"
        inputMode="url"
        dir="ltr"
        maxLength={500}
        placeholder={own ? 'https://api.openai.com/v1' : 'https://api.anthropic.com/v1'}
        value={value.baseUrl}
        error={problem === 'baseUrl' && value.baseUrl !== '' ? t('baseUrlWrong') : undefined}
        onChange={(event) => change({ baseUrl: event.target.value })}
      />
      <TextField
        label={t('modelName')}
        hint={t('modelNameHint')}
        dir="ltr"
        maxLength={200}
        spellCheck={false}
        value={value.model}
        onChange={(event) => change({ model: event.target.value })}
      />
      <KeyField draftKey={value.key} stored={agent.model.hasKey} onChange={(key) => change({ key })} />
      <TextField
        label={t('maxTokens')}
        hint={t('maxTokensHint')}
        type="number"
        inputMode="numeric"
        min={16}
        max={16_000}
        value={Number.isNaN(value.maxOutputTokens) ? '' : value.maxOutputTokens}
        error={problem === 'maxOutputTokens' ? t('maxTokensWrong') : undefined}
        onChange={(event) => change({ maxOutputTokens: event.target.valueAsNumber })}
      />
      <Temperature value={value.temperature} onChange={(temperature) => change({ temperature })} />
    </div>
  )
}

function KeyField({
  draftKey,
  stored,
  onChange,
}: {
  draftKey: string | null
  stored: boolean
  onChange: (key: string | null) => void
}) {
  const { t } = useTranslation('agents')
  const removing = draftKey === '' && stored
  return (
    <div className="key-field">
      <PasswordField
        label={t('key')}
        hint={removing ? t('keyRemoved') : stored ? t('keyStored') : t('keyHint')}
        autoComplete="off"
        dir="ltr"
        maxLength={500}
        placeholder={stored && !removing ? '••••••••••••' : undefined}
        value={draftKey ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      />
      {stored && (
        <Button size="sm" variant="quiet" onClick={() => onChange(removing ? null : '')}>
          {removing ? t('keyKeep') : t('keyRemove')}
        </Button>
      )}
    </div>
  )
}

/** Empty means the model's own setting; the slider then stands at its start and says so. */
function Temperature({ value, onChange }: { value: number | null; onChange: (value: number | null) => void }) {
  const { t } = useTranslation('agents')
  return (
    <Field
      label={
        <span className="row">
          <span className="grow">{t('temperature')}</span>
          <span className="num t3">{value === null ? t('temperatureDefault') : value.toFixed(1)}</span>
        </span>
      }
      hint={
        <span className="row">
          <span className="grow">{t('temperatureLow')}</span>
          {t('temperatureHigh')}
        </span>
      }
    >
      {(control) => (
        <input
          {...control}
          type="range"
          min={0}
          max={2}
          step={0.1}
          value={value ?? 0}
          aria-valuetext={value === null ? t('temperatureDefault') : value.toFixed(1)}
          onChange={(event) => onChange(event.target.valueAsNumber)}
          onDoubleClick={() => onChange(null)}
        />
      )}
    </Field>
  )
}
