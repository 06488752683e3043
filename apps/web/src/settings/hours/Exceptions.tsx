/** Days with hours of their own: holidays, and nights that are worked. */
import type { Holiday } from '@earshot/contracts'
import Plus from 'lucide-react/icons/plus'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { readerLocale } from '../../ui/reader-locale.ts'
import { Spans } from './DayRow.tsx'

type Props = { holidays: readonly Holiday[]; disabled: boolean; onChange: (holidays: Holiday[]) => void }

export function Exceptions({ holidays, disabled, onChange }: Props) {
  const { t } = useTranslation('hours')
  const [adding, setAdding] = useState(false)
  const put = (next: Holiday[]) => onChange(next.toSorted((a, b) => (a.date < b.date ? -1 : 1)))
  return (
    <>
      <h2 className="title section">{t('exceptions')}</h2>
      <p className="t3 section-lead">{t('exceptionsText')}</p>
      <div className="lbox">
        {holidays.map((holiday) => {
          const name = holiday.name || t('noName')
          return (
            <div className="lrow exception" key={holiday.date}>
              <span className="strong num exception-date">{dateWords(holiday.date)}</span>
              <span className="grow t2 tr" dir="auto">
                {name}
              </span>
              <Spans
                day={name}
                intervals={holiday.intervals}
                disabled={disabled}
                onChange={(intervals) => put(holidays.map((was) => (was === holiday ? { ...was, intervals } : was)))}
              />
              {!disabled && (
                <IconButton
                  size="sm"
                  icon={Trash2}
                  label={t('removeNamed', { name })}
                  onClick={() => put(holidays.filter((was) => was !== holiday))}
                />
              )}
            </div>
          )
        })}
        {!disabled && (
          <button type="button" className="lrow t2 full" onClick={() => setAdding(true)}>
            <Icon of={Plus} size="s" />
            {t('addDay')}
          </button>
        )}
      </div>
      {adding && (
        <AddDay
          taken={holidays.map(({ date }) => date)}
          onClose={() => setAdding(false)}
          onAdd={(holiday) => put([...holidays, holiday])}
        />
      )}
    </>
  )
}

type AddProps = { taken: readonly string[]; onClose: () => void; onAdd: (holiday: Holiday) => void }

/** A new exception is closed all day; hours can be added to it in its row. */
function AddDay({ taken, onClose, onAdd }: AddProps) {
  const { t } = useTranslation(['hours', 'common'])
  const [date, setDate] = useState('')
  const [name, setName] = useState('')
  const isTaken = taken.includes(date)
  const ready = /^\d{4}-\d{2}-\d{2}$/.test(date) && date >= '1900' && !isTaken
  const add = () => {
    if (!ready) return
    onAdd({ date, name: name.trim(), intervals: [] })
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('dayTitle')}
      onSubmit={add}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready}>
            {t('addDay')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('date')}
        type="date"
        value={date}
        error={isTaken ? t('dayTaken') : undefined}
        onChange={(event) => setDate(event.target.value)}
      />
      <TextField
        label={t('name')}
        value={name}
        maxLength={120}
        dir="auto"
        onChange={(event) => setName(event.target.value)}
      />
    </Dialog>
  )
}

const dateWords = (date: string): string =>
  new Intl.DateTimeFormat(readerLocale(), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${date}T12:00:00Z`),
  )
