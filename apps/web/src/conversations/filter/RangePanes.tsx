/** The filters that are no list of values: stars, the quality's range, and what is so or is not. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../ui/Field.tsx'
import { Stars } from '../../ui/Score.tsx'
import type { ConversationSearch, YesNo, YesNoField } from '../search.ts'

type Props = { draft: ConversationSearch; onChange: (draft: ConversationSearch) => void }

export function RatingPane({ draft, onChange }: Props) {
  const { t } = useTranslation('table')
  const set = (minRating: number | undefined) => onChange({ ...draft, minRating, maxRating: undefined })
  return (
    <div className="pvalues scroll" role="radiogroup" aria-label={t('filter.field.rating')}>
      <Choice name="rating" checked={draft.minRating === undefined} onChoose={() => set(undefined)}>
        {t('filter.any')}
      </Choice>
      {[1, 2, 3, 4, 5].map((count) => (
        <Choice key={count} name="rating" checked={draft.minRating === count} onChoose={() => set(count)}>
          <Stars stars={count} label="" none="" />
          <span>{t(count === 5 ? 'filter.starsExactly' : 'filter.stars', { count })}</span>
        </Choice>
      ))}
    </div>
  )
}

const BANDS = [
  [80, 100],
  [60, 79],
  [40, 59],
  [0, 39],
] as const

export function QualityPane({ draft, onChange }: Props) {
  const { t } = useTranslation('table')
  const set = (minQuality: number | undefined, maxQuality: number | undefined) =>
    onChange({ ...draft, minQuality, maxQuality })
  const field = (label: string, value: number | undefined, change: (value: number | undefined) => void) => (
    <TextField
      label={label}
      type="number"
      min={0}
      max={100}
      value={value ?? ''}
      onChange={({ target }) => {
        const number = target.value === '' ? undefined : Math.round(Number(target.value))
        if (number === undefined || (number >= 0 && number <= 100)) change(number)
      }}
    />
  )
  return (
    <div className="datepane">
      <fieldset className="chips" aria-label={t('filter.bands')}>
        {BANDS.map(([min, max]) => {
          const on = draft.minQuality === min && draft.maxQuality === max
          return (
            <button
              type="button"
              className={on ? 'btn sm on' : 'btn sm'}
              aria-pressed={on}
              key={min}
              onClick={() => set(min, max)}
            >
              {min}–{max}
            </button>
          )
        })}
      </fieldset>
      <div className="row t datefields">
        {field(t('filter.qualityFrom'), draft.minQuality, (min) => set(min, draft.maxQuality))}
        {field(t('filter.qualityTo'), draft.maxQuality, (max) => set(draft.minQuality, max))}
      </div>
      <p className="small t3">{t('filter.qualityHint')}</p>
    </div>
  )
}

export function YesNoPane({ field, draft, onChange }: Props & { field: YesNoField }) {
  const { t } = useTranslation('table')
  const choices: [value: YesNo | undefined, label: string][] = [
    [undefined, t('filter.any')],
    ['true', t('filter.yes')],
    ['false', t('filter.no')],
  ]
  return (
    <div className="pvalues scroll" role="radiogroup" aria-label={t(`filter.field.${field}`)}>
      {choices.map(([value, label]) => (
        <Choice
          key={label}
          name={field}
          checked={draft[field] === value}
          onChoose={() => onChange({ ...draft, [field]: value })}
        >
          {label}
        </Choice>
      ))}
    </div>
  )
}

type ChoiceProps = { name: string; checked: boolean; onChoose: () => void; children: ReactNode }

function Choice({ name, checked, onChoose, children }: ChoiceProps) {
  return (
    <label className="mi">
      <input type="radio" className="radio" name={name} checked={checked} onChange={onChoose} />
      <span className="grow row g3">{children}</span>
    </label>
  )
}
