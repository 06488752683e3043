/** Settings → Business hours: the week, exceptions, and what a contact is told when nobody is here. */
import type { Hours } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import CircleCheck from 'lucide-react/icons/circle-check'
import Clock from 'lucide-react/icons/clock'
import Globe from 'lucide-react/icons/globe'
import { useTranslation } from 'react-i18next'
import { LeaveGuard } from '../../app/LeaveGuard.tsx'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { useDraft } from '../../app/use-draft.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Choice.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { readerLocale } from '../../ui/reader-locale.ts'
import { Select } from '../../ui/Select.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { DayRow, Scale } from './DayRow.tsx'
import { Exceptions } from './Exceptions.tsx'
import { asClock, overlap, type Preview, previewOf } from './hours-preview.ts'
import { type Fields, hoursQuery, useSaveHours } from './use-hours.ts'

export function HoursScreen() {
  const { t } = useTranslation('hours')
  const hours = useQuery(hoursQuery)
  if (hours.data) return <Form hours={hours.data} />
  return (
    <SettingsPage documentTitle={t('title')} title={t('title')} lead={t('lead')}>
      <Loaded query={hours} rows={7}>
        {() => null}
      </Loaded>
    </SettingsPage>
  )
}

function Form({ hours }: { hours: Hours }) {
  const { t } = useTranslation(['hours', 'common'])
  const { open: _, changesAt: __, ...fields } = hours
  const draft = useDraft<Fields>(fields)
  const mayChange = useMay('admin')
  const save = useSaveHours()
  const { value, change } = draft
  const wrong = value.week.findIndex(overlap)
  return (
    <SettingsPage
      documentTitle={t('title')}
      title={t('title')}
      lead={mayChange ? t('lead') : t('readOnly')}
      actions={
        mayChange && (
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={!draft.changed || wrong >= 0}
            onClick={() => save.mutate(value, { onSuccess: draft.reset })}
          >
            {t('common:save')}
          </Button>
        )
      }
    >
      <fieldset disabled={!mayChange}>
        <div className="row wrap hours-head">
          <div className="hours-zone">
            <Select
              label={t('zone')}
              icon={Globe}
              disabled={!mayChange}
              value={value.timeZone}
              onChange={(timeZone) => change({ timeZone })}
              options={zones(value.timeZone).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
            />
          </div>
          <span className="grow" />
          <State preview={previewOf(value, new Date())} unsaved={draft.changed} />
        </div>
        <SwitchRow
          label={t('always')}
          hint={t('alwaysText')}
          on={value.always}
          onChange={(always) => change({ always })}
        />
        <div className={value.always ? 'hours-week off' : 'hours-week'}>
          <Scale />
          {value.week.map((intervals, day) => (
            <DayRow
              // biome-ignore lint/suspicious/noArrayIndexKey: the days of the week
              key={day}
              day={t(`day.${day as 0}`)}
              intervals={intervals}
              disabled={!mayChange}
              onChange={(next) => change({ week: withDay(value.week, day, next) })}
            />
          ))}
        </div>
        {wrong >= 0 && (
          <p className="errmsg" role="alert">
            {t('overlap', { day: t(`day.${wrong as 0}`) })}
          </p>
        )}
        <Exceptions holidays={value.holidays} disabled={!mayChange} onChange={(holidays) => change({ holidays })} />
        <WhenClosed value={value} onChange={change} />
      </fieldset>
      <LeaveGuard changed={draft.changed} />
    </SettingsPage>
  )
}

/** What the contact is told and asked while nobody is here. */
function WhenClosed({ value, onChange }: { value: Fields; onChange: (edits: Partial<Fields>) => void }) {
  const { t } = useTranslation('hours')
  return (
    <>
      <h2 className="title section">{t('whenClosed')}</h2>
      <TextArea
        label={t('closedText')}
        hint={t('closedTextHint')}
        value={value.closedText}
        maxLength={1000}
        rows={2}
        dir="auto"
        onChange={(event) => onChange({ closedText: event.target.value })}
      />
      <SwitchRow
        label={t('askForDetails')}
        on={value.askForDetails}
        onChange={(askForDetails) => onChange({ askForDetails })}
      />
      <SwitchRow
        label={t('pauseClocks')}
        on={value.pauseClocks}
        onChange={(pauseClocks) => onChange({ pauseClocks })}
      />
    </>
  )
}

type SwitchRowProps = { label: string; hint?: string; on: boolean; onChange: (on: boolean) => void }

function SwitchRow({ label, hint, on, onChange }: SwitchRowProps) {
  return (
    <div className="lbox switch-row">
      <div className="lrow">
        <span className="grow">
          {label}
          {hint && <span className="sub block">{hint}</span>}
        </span>
        <Switch label={label} checked={on} onChange={onChange} />
      </div>
    </div>
  )
}

/** What the schedule says now; of changes that are not saved, as a preview. */
function State({ preview, unsaved }: { preview: Preview; unsaved: boolean }) {
  const { t } = useTranslation('hours')
  const { open, change } = preview
  const at = change && momentOf(change)
  const state = open
    ? at
      ? t('openUntil', { at })
      : t('openAlways')
    : at
      ? t('closedUntil', { at })
      : t('closedAlways')
  return (
    <span role="status">
      <Badge tone={open ? 'ok' : 'warn'} icon={open ? CircleCheck : Clock}>
        {unsaved ? t('preview', { state }) : state}
      </Badge>
    </span>
  )
}

function momentOf({ days, minute, date }: NonNullable<Preview['change']>): string {
  const clock = asClock(minute)
  if (days === 0) return clock
  const day = new Intl.DateTimeFormat(readerLocale(), { weekday: 'long', timeZone: 'UTC' })
  return `${day.format(new Date(`${date}T12:00:00Z`))} ${clock}`
}

function withDay(week: Fields['week'], day: number, intervals: Fields['week'][0]): Fields['week'] {
  const [a, b, c, d, e, f, g] = week.map((was, i) => (i === day ? intervals : was))
  return [a ?? [], b ?? [], c ?? [], d ?? [], e ?? [], f ?? [], g ?? []]
}

/** All that this browser knows, and the one that is set. */
function zones(set: string): string[] {
  return [...new Set([set, 'UTC', ...Intl.supportedValuesOf('timeZone')])]
}
