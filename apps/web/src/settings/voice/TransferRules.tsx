/** Where calls may be transferred to: countries, and how often a day. What somebody else's telephone bill hangs on. */
import { useTranslation } from 'react-i18next'
import { Chip } from '../../ui/Badge.tsx'
import { readerLocale } from '../../ui/reader-locale.ts'
import { Select } from '../../ui/Select.tsx'
import { FormRow } from '../SettingsPage.tsx'
import type { RulesProps } from './Announcement.tsx'
import { Amount } from './CallRules.tsx'
import { CALLING_COUNTRIES } from './countries.ts'

/** The first line of the list says what it is for. */
const NONE = 'none'

export function TransferRules({ value, disabled, onChange }: RulesProps & { disabled: boolean }) {
  const { t } = useTranslation('voice')
  const names = new Intl.DisplayNames(readerLocale(), { type: 'region' })
  const nameOf = (code: string) => names.of(code) ?? code
  const { countries } = value
  const left = CALLING_COUNTRIES.filter((code) => !countries.includes(code))
    .map((code) => ({ value: code, label: nameOf(code) }))
    .sort((a, b) => a.label.localeCompare(b.label))
  return (
    <section aria-labelledby="voice-transfers">
      <h2 className="title section" id="voice-transfers">
        {t('transfers')}
      </h2>
      <FormRow label={t('countries')} hint={t('countriesHint')}>
        {countries.length === 0 ? (
          <p className="t2 voice-none">{t('countriesNone')}</p>
        ) : (
          <div className="row g2 wrap voice-none">
            {countries.map((code) => (
              <Chip
                key={code}
                value={nameOf(code)}
                removeLabel={t('countryRemove', { name: nameOf(code) })}
                {...(!disabled && { onRemove: () => onChange({ countries: countries.filter((one) => one !== code) }) })}
              />
            ))}
          </div>
        )}
        <Select
          label={t('countryAdd')}
          value={NONE}
          disabled={disabled}
          onChange={(code) => code !== NONE && onChange({ countries: [...countries, code].sort() })}
          options={[{ value: NONE, label: t('countryAdd') }, ...left]}
        />
      </FormRow>
      <FormRow label={t('perDay')} hint={t('perDayHint')}>
        <Amount
          label={t('perDay')}
          unit={t('transfersUnit')}
          value={value.transfersPerDay}
          from={0}
          to={10_000}
          onChange={(transfersPerDay) => onChange({ transfersPerDay })}
        />
      </FormRow>
    </section>
  )
}
