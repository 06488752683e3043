/** One day of the week: its hours as a track and as buttons that open them. */
import type { Interval } from '@earshot/contracts'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Field, Input } from '../../ui/Field.tsx'
import { Popover } from '../../ui/Popover.tsx'
import { asClock, fromClock, intervalOf } from './hours-preview.ts'

const DAY = 1440
const NEW: Interval = { from: 540, until: 1020 }

type Props = {
  day: string
  intervals: readonly Interval[]
  disabled: boolean
  onChange: (intervals: Interval[]) => void
}

export function DayRow({ day, intervals, disabled, onChange }: Props) {
  const { t } = useTranslation('hours')
  const words = useSpanWords()
  const hours = intervals.length > 0 ? intervals.map(words).join(', ') : t('closed')
  const sorted = (next: Interval[]) => onChange(next.toSorted((a, b) => a.from - b.from))
  return (
    <div className="hours">
      <span className="strong">{day}</span>
      <div className="track" role="img" aria-label={t('dayLabel', { day, hours })}>
        {intervals.map(({ from, until }) => (
          <i key={from} style={{ insetInlineStart: percent(from), width: percent(Math.min(until, DAY) - from) }} />
        ))}
      </div>
      <Spans day={day} intervals={intervals} disabled={disabled} onChange={sorted} />
    </div>
  )
}

/** The buttons of a day, also used for exceptions. */
export function Spans({ day, intervals, disabled, onChange }: Props) {
  const { t } = useTranslation('hours')
  const words = useSpanWords()
  return (
    <div className="row g3 wrap">
      {intervals.length === 0 && <span className="none">{t('closed')}</span>}
      {intervals.map((interval, i) => (
        <Span
          // biome-ignore lint/suspicious/noArrayIndexKey: intervals have no other name
          key={i}
          label={t('edit', { span: words(interval), day })}
          text={words(interval)}
          interval={interval}
          disabled={disabled}
          onChange={(next) => onChange(intervals.map((was, j) => (j === i ? next : was)))}
          onRemove={() => onChange(intervals.filter((_, j) => j !== i))}
        />
      ))}
      {!disabled && intervals.length < 10 && (
        <IconButton
          size="sm"
          icon={Plus}
          label={t('add', { day })}
          onClick={() => onChange([...intervals, after(intervals)])}
        />
      )}
    </div>
  )
}

type SpanProps = {
  label: string
  text: string
  interval: Interval
  disabled: boolean
  onChange: (interval: Interval) => void
  onRemove: () => void
}

function Span({ label, text, interval, disabled, onChange, onRemove }: SpanProps) {
  const { t } = useTranslation('hours')
  const [open, setOpen] = useState(false)
  const set = (part: 'from' | 'until', typed: string) => {
    const minute = fromClock(typed)
    if (minute === undefined) return
    const until = interval.until % DAY
    onChange(part === 'from' ? intervalOf(minute, until) : intervalOf(interval.from, minute))
  }
  return (
    <Popover
      label={label}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" className="num" disabled={disabled} aria-label={label}>
          {text}
        </Button>
      }
    >
      <form
        className="span-form"
        onSubmit={(event) => {
          event.preventDefault()
          setOpen(false)
        }}
      >
        {(['from', 'until'] as const).map((part) => (
          <Field key={part} label={t(part)} hint={part === 'until' ? t('untilHint') : undefined}>
            {(control) => (
              <Input
                {...control}
                className="num"
                type="time"
                defaultValue={asClock(interval[part])}
                onChange={(event) => set(part, event.target.value)}
              />
            )}
          </Field>
        ))}
        <div className="row">
          <Button
            size="sm"
            onClick={() => {
              setOpen(false)
              onRemove()
            }}
          >
            {t('remove')}
          </Button>
          <span className="grow" />
          <Button size="sm" variant="primary" type="submit">
            {t('take')}
          </Button>
        </div>
      </form>
    </Popover>
  )
}

export function Scale() {
  return (
    <div className="hours hours-scale" aria-hidden>
      <span />
      <div className="hscale">
        {['00', '06', '12', '18', '24'].map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
      <span />
    </div>
  )
}

/** "08:00 to 18:00"; what goes on after midnight says so. */
export function useSpanWords(): (interval: Interval) => string {
  const { t } = useTranslation('hours')
  return ({ from, until }) =>
    t(until > DAY ? 'spanNext' : 'span', { from: asClock(from), until: until === DAY ? '24:00' : asClock(until) })
}

const percent = (minutes: number) => `${(minutes / DAY) * 100}%`

/** A first interval is a working day; a further one begins an hour after the last. */
function after(intervals: readonly Interval[]): Interval {
  const last = intervals.at(-1)
  if (!last || last.until + 60 >= DAY) return NEW
  return { from: last.until + 60, until: Math.min(DAY, last.until + 240) }
}
