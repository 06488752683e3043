/** Where a model is, what it is called and costs, and its key, which goes in and never comes out. */
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { PasswordField, TextField } from '../../ui/Field.tsx'
import { NumberField } from './NumberField.tsx'

export type ModelSettings = {
  provider: 'openai-compatible' | 'anthropic'
  baseUrl: string | null
  model: string | null
  inputPricePerMillion: number | null
  outputPricePerMillion: number | null
}

type Props = {
  which: 'model' | 'fallback'
  value: ModelSettings
  onChange: (edits: Partial<Omit<ModelSettings, 'provider'>>) => void
  stored: boolean
  draftKey: string | null | undefined
  onKey: (key: string | null | undefined) => void
}

export function ModelAddress({ which, value, onChange, stored, draftKey, onKey }: Props) {
  const { t } = useTranslation('agents')
  const own = value.provider === 'openai-compatible'
  const missing = value.model === null || value.model.trim() === ''
  return (
    <>
      <TextField
        label={which === 'model' ? t('baseUrl') : t('fallback.baseUrl')}
        hint={own ? t('baseUrlHint') : t('baseUrlOptional')}
        type="url"
        inputMode="url"
        dir="ltr"
        maxLength={500}
        placeholder={own ? 'https://api.openai.com/v1' : 'https://api.anthropic.com/v1'}
        value={value.baseUrl ?? ''}
        error={value.baseUrl && !isHttp(value.baseUrl) ? t('baseUrlWrong') : undefined}
        onChange={(event) => onChange({ baseUrl: event.target.value.trim() === '' ? null : event.target.value.trim() })}
      />
      <TextField
        label={which === 'model' ? t('modelName') : t('fallback.modelName')}
        hint={t('modelNameHint')}
        error={missing ? t('modelNeeded') : undefined}
        dir="ltr"
        maxLength={200}
        spellCheck={false}
        value={value.model ?? ''}
        onChange={(event) => onChange({ model: event.target.value === '' ? null : event.target.value })}
      />
      <KeyField
        label={which === 'model' ? t('key') : t('fallback.key')}
        draftKey={draftKey}
        stored={stored}
        onChange={onKey}
      />
      <div className="two">
        <NumberField
          label={which === 'model' ? t('price.input') : t('fallback.priceInput')}
          hint={t('price.hint')}
          optional
          empty={t('price.none')}
          min={0}
          max={10_000}
          value={value.inputPricePerMillion}
          onChange={(inputPricePerMillion) => onChange({ inputPricePerMillion })}
        />
        <NumberField
          label={which === 'model' ? t('price.output') : t('fallback.priceOutput')}
          hint={t('price.hint')}
          optional
          empty={t('price.none')}
          min={0}
          max={10_000}
          value={value.outputPricePerMillion}
          onChange={(outputPricePerMillion) => onChange({ outputPricePerMillion })}
        />
      </div>
    </>
  )
}

export const isHttp = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

function KeyField({
  label,
  draftKey,
  stored,
  onChange,
}: {
  label: string
  draftKey: string | null | undefined
  stored: boolean
  onChange: (key: string | null | undefined) => void
}) {
  const { t } = useTranslation('agents')
  const removing = draftKey === null
  return (
    <div className="key-field">
      <PasswordField
        label={label}
        hint={removing ? t('keyRemoved') : stored ? t('keyStored') : t('keyHint')}
        autoComplete="off"
        dir="ltr"
        maxLength={500}
        placeholder={stored && !removing ? '••••••••••••' : undefined}
        value={draftKey ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      />
      {stored && (
        <Button size="sm" variant="quiet" onClick={() => onChange(removing ? undefined : null)}>
          {removing ? t('keyKeep') : t('keyRemove')}
        </Button>
      )}
    </div>
  )
}
