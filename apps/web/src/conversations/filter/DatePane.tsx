/** From which day to which: two fields, the usual spans, and a calendar. */
import clsx from 'clsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../ui/Field.tsx'
import type { ConversationSearch } from '../search.ts'
import { Calendar } from './Calendar.tsx'
import { addDays, chooseDay, isoDay, lastDayBefore, parseDay, type Span, startOfDay } from './calendar.ts'

type Props = { draft: ConversationSearch; onChange: (draft: ConversationSearch) => void }

export function DatePane({ draft, onChange }: Props) {
  const { t } = useTranslation('table')
  const span: Span = {
    from: draft.from === undefined ? undefined : startOfDay(new Date(draft.from)),
    to: draft.to === undefined ? undefined : lastDayBefore(new Date(draft.to)),
  }
  const set = ({ from, to }: Span) =>
    onChange({
      ...draft,
      lastDays: undefined,
      from: from?.toISOString(),
      // The day that is named belongs to it, so the span ends where the next one begins.
      to: to && addDays(to, 1).toISOString(),
    })
  const setDays = (lastDays: number) => onChange({ ...draft, lastDays, from: undefined, to: undefined })
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <div className="datepane">
      <fieldset className="chips" aria-label={t('date.presets')}>
        {presets().map(({ key, label, ...preset }) => {
          const on =
            'days' in preset
              ? draft.lastDays === preset.days
              : draft.from === preset.from.toISOString() && draft.to === addDays(preset.to, 1).toISOString()
          return (
            <button
              type="button"
              className={clsx('btn sm', on && 'on')}
              aria-pressed={on}
              key={key}
              onClick={() => ('days' in preset ? setDays(preset.days) : set(preset))}
            >
              {t(label, 'days' in preset ? { count: preset.days } : {})}
            </button>
          )
        })}
      </fieldset>
      <div className="row t datefields">
        <DayField label={t('date.from')} day={span.from} onDay={(from) => set({ ...span, from })} />
        <DayField label={t('date.to')} day={span.to} onDay={(to) => set({ ...span, to })} />
      </div>
      <Calendar {...span} onChoose={(day) => set(chooseDay(span, day))} />
      <p className="small t3">{t('date.hint', { zone })}</p>
    </div>
  )
}

/** A day as text, so that it can be typed; it counts as soon as it is one. */
function DayField({
  label,
  day,
  onDay,
}: {
  label: string
  day: Date | undefined
  onDay: (day: Date | undefined) => void
}) {
  const { t } = useTranslation('table')
  const shown = day ? isoDay(day) : ''
  const [typed, setTyped] = useState<{ text: string; over: string } | null>(null)
  // What was chosen in the calendar since replaces what was typed.
  const text = typed && typed.over === shown ? typed.text : shown
  return (
    <TextField
      label={label}
      value={text}
      inputMode="numeric"
      placeholder={t('date.placeholder')}
      onChange={({ target: { value } }) => {
        const parsed = parseDay(value)
        setTyped({ text: value, over: parsed ? isoDay(parsed) : value === '' ? '' : shown })
        if (parsed || value === '') onDay(parsed)
      }}
    />
  )
}

function presets() {
  const today = startOfDay(new Date())
  const [year, month] = [today.getFullYear(), today.getMonth()]
  const quarter = month - (month % 3)
  return [
    { key: 'today', label: 'date.today', from: today, to: today },
    { key: '7', label: 'date.days', days: 7 },
    { key: '28', label: 'date.days', days: 28 },
    { key: 'month', label: 'date.month', from: new Date(year, month, 1), to: new Date(year, month + 1, 0) },
    { key: 'quarter', label: 'date.quarter', from: new Date(year, quarter, 1), to: new Date(year, quarter + 3, 0) },
  ] as const
}
