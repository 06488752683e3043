/** A month of days of which one or a span is chosen, by pointer or by keys alone (the grid pattern of ARIA). */
import clsx from 'clsx'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/Button.tsx'
import { readerLocale } from '../../ui/reader-locale.ts'
import { addDays, addMonths, isoDay, type Span, sameDay, startOfDay, weeksOf } from './calendar.ts'

type Props = Span & { onChoose: (day: Date) => void }

export function Calendar({ from, to, onChoose }: Props) {
  const { t } = useTranslation('table')
  const today = startOfDay(new Date())
  /** The day that the keys stand on; its month is shown. */
  const [here, setHere] = useState(to ?? from ?? today)
  const grid = useRef<HTMLTableElement>(null)
  const moved = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the day, once it is drawn
  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus()
    moved.current = false
  }, [here])
  // A day that was typed, or a preset, is turned to; one chosen here is where the keys stand already.
  const chosen = useRef<number>(undefined)
  const start = from?.getTime()
  const known = useRef(start)
  useEffect(() => {
    if (start === known.current) return
    known.current = start
    if (start !== undefined && start !== chosen.current) setHere(new Date(start))
  }, [start])
  const month = new Intl.DateTimeFormat(readerLocale(), { month: 'long', year: 'numeric' }).format(here)
  const weeks = weeksOf(here)
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moveBy(event, here, weeks)
    if (!to) return
    event.preventDefault()
    moved.current = true
    setHere(to)
  }
  return (
    <div className="calbox">
      <div className="row">
        <IconButton
          size="sm"
          label={t('date.previous')}
          icon={ChevronLeft}
          className="flip"
          onClick={() => setHere(addMonths(here, -1))}
        />
        <span className="grow strong calmonth" aria-live="polite">
          {month}
        </span>
        <IconButton
          size="sm"
          label={t('date.next')}
          icon={ChevronRight}
          className="flip"
          onClick={() => setHere(addMonths(here, 1))}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the calendar is a grid of buttons, as the ARIA pattern draws it */}
      <table className="cal" role="grid" ref={grid} aria-label={t('date.calendar', { month })} onKeyDown={onKeyDown}>
        <Weekdays week={weeks[0] ?? []} />
        <tbody>
          {weeks.map((week) => (
            <tr key={isoDay(week[0] ?? here)}>
              {week.map((day) => (
                <Day
                  key={isoDay(day)}
                  day={day}
                  here={here}
                  from={from}
                  to={to}
                  today={sameDay(day, today)}
                  onChoose={() => {
                    moved.current = true
                    chosen.current = day.getTime()
                    setHere(day)
                    onChoose(day)
                  }}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Weekdays({ week }: { week: Date[] }) {
  const named = (day: Date, weekday: 'short' | 'long') =>
    new Intl.DateTimeFormat(readerLocale(), { weekday }).format(day)
  return (
    <thead>
      <tr>
        {week.map((day) => (
          <th className="wd" scope="col" abbr={named(day, 'long')} key={day.getDay()}>
            {named(day, 'short').slice(0, 2)}
          </th>
        ))}
      </tr>
    </thead>
  )
}

type DayProps = Span & { day: Date; here: Date; today: boolean; onChoose: () => void }

function Day({ day, here, from, to, today, onChoose }: DayProps) {
  const { t } = useTranslation('table')
  const begins = sameDay(day, from)
  const ends = sameDay(day, to)
  const inside = from !== undefined && to !== undefined && day > from && day < to
  const said = new Intl.DateTimeFormat(readerLocale(), { dateStyle: 'full' }).format(day)
  const label = begins ? t('date.begins', { day: said }) : ends ? t('date.ends', { day: said }) : said
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as above
    <td role="gridcell" tabIndex={-1} aria-selected={begins || ends || inside} className={inside ? 'in' : undefined}>
      <button
        type="button"
        className={clsx((begins || ends) && 'from', day.getMonth() !== here.getMonth() && 'out', today && 'today')}
        tabIndex={sameDay(day, here) ? 0 : -1}
        aria-label={label}
        aria-current={today ? 'date' : undefined}
        onClick={onChoose}
      >
        {day.getDate()}
      </button>
    </td>
  )
}

function moveBy(event: KeyboardEvent, here: Date, weeks: Date[][]): Date | undefined {
  const week = weeks.find((days) => days.some((day) => sameDay(day, here))) ?? []
  const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1
  switch (event.key) {
    case 'ArrowLeft':
      return addDays(here, -forward)
    case 'ArrowRight':
      return addDays(here, forward)
    case 'ArrowUp':
      return addDays(here, -7)
    case 'ArrowDown':
      return addDays(here, 7)
    case 'PageUp':
      return addMonths(here, event.shiftKey ? -12 : -1)
    case 'PageDown':
      return addMonths(here, event.shiftKey ? 12 : 1)
    case 'Home':
      return week[0]
    case 'End':
      return week.at(-1)
    default:
      return undefined
  }
}
