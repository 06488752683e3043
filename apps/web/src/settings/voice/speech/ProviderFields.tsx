/** The recogniser and the voice: which provider, which model, what it costs. */
import { Recogniser, type SpeechDraft, type SpeechSettings, Synthesizer } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Field, TextField } from '../../../ui/Field.tsx'
import { Select } from '../../../ui/Select.tsx'
import { FormRow } from '../../SettingsPage.tsx'
import { PriceField } from './PriceField.tsx'
import { VoicePicker } from './VoicePicker.tsx'

type Wish = Required<SpeechDraft>
type Props = { wish: Wish; offline: SpeechSettings['offline']; onChange: (part: Partial<Wish>) => void }

export function ProviderFields({ wish, offline, onChange }: Props) {
  const { t } = useTranslation('speech')
  const { recogniser, synthesizer } = wish
  const listen = (part: Partial<Wish['recogniser']>) => onChange({ recogniser: { ...recogniser, ...part } })
  const speak = (part: Partial<Wish['synthesizer']>) => onChange({ synthesizer: { ...synthesizer, ...part } })
  return (
    <>
      <FormRow label={t('recogniser')} hint={t('recogniserHint')}>
        <div className="col gap">
          <Select
            label={t('recogniser')}
            value={recogniser.provider}
            // What was named for one provider means nothing to another.
            onChange={(provider) => listen({ provider, model: null })}
            options={Recogniser.options.map((value) => ({ value, label: t(value) }))}
          />
          {recogniser.provider === 'none' ? (
            <p className="small t3">{t('noneText')}</p>
          ) : (
            <div className="two">
              <ModelField value={recogniser.model} onChange={(model) => listen({ model })} />
              <PriceField
                label={t('pricePerMinute')}
                value={recogniser.pricePerMinute}
                onChange={(pricePerMinute) => listen({ pricePerMinute })}
              />
            </div>
          )}
        </div>
      </FormRow>
      <FormRow label={t('synthesizer')} hint={t('synthesizerHint')}>
        <div className="col gap">
          <Select
            label={t('synthesizer')}
            value={synthesizer.provider}
            onChange={(provider) => speak({ provider, model: null, voice: null })}
            options={Synthesizer.options.map((value) => ({ value, label: t(value) }))}
          />
          {synthesizer.provider === 'espeak' ? (
            <>
              <p className="small t3">{t(offline.available ? 'offlineReady' : 'offlineMissing')}</p>
              <Field label={t('voice')}>
                {() => (
                  <VoicePicker
                    voices={offline.voices}
                    value={synthesizer.voice}
                    disabled={!offline.available}
                    onChange={(voice) => speak({ voice })}
                  />
                )}
              </Field>
            </>
          ) : (
            <div className="two">
              <ModelField value={synthesizer.model} onChange={(model) => speak({ model })} />
              <TextField
                label={t('voice')}
                hint={t('voiceHint')}
                value={synthesizer.voice ?? ''}
                maxLength={100}
                dir="ltr"
                spellCheck={false}
                onChange={(event) => speak({ voice: event.target.value.trim() || null })}
              />
              <PriceField
                label={t('pricePerThousand')}
                value={synthesizer.pricePerThousand}
                onChange={(pricePerThousand) => speak({ pricePerThousand })}
              />
            </div>
          )}
        </div>
      </FormRow>
    </>
  )
}

function ModelField({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const { t } = useTranslation('speech')
  return (
    <TextField
      label={t('model')}
      hint={t('modelHint')}
      value={value ?? ''}
      maxLength={100}
      dir="ltr"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value.trim() || null)}
    />
  )
}
