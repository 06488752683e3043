/** Which reviews the queue is about: flags, score, agent, channel, period, and a random sample. */
import { ChannelKind, type ReviewQueueFilter, ScoreBand } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import ListFilter from 'lucide-react/icons/list-filter'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { flagName } from '../contact/Flags.tsx'
import { agentNamesQuery } from '../conversations/queries.ts'
import { Button } from '../ui/Button.tsx'
import { Checkbox } from '../ui/Choice.tsx'
import { Popover } from '../ui/Popover.tsx'
import { Select } from '../ui/Select.tsx'
import { queueListQuery } from './list-query.ts'
import { filterOf, type QueueSearch } from './queue-filter.ts'

type Props = { filter: ReviewQueueFilter; search: QueueSearch; onSearch: (search: QueueSearch) => void }

const DAYS = [1, 7, 30, 90]
const SAMPLES = [1, 5, 10, 25, 50]
const percent = new Intl.NumberFormat(undefined, { style: 'percent' })
const ANY = 'any'

export function FilterChoice(props: Props) {
  const { t } = useTranslation('judging')
  const count = Object.keys(props.search).length
  return (
    <Popover
      label={t('queue.filterLabel')}
      className="review-filter"
      align="end"
      trigger={
        <Button icon={ListFilter} variant="quiet">
          {count > 0 ? t('queue.filterOn', { count }) : t('queue.filter')}
        </Button>
      }
    >
      <Choices {...props} />
    </Popover>
  )
}

function Choices({ search, onSearch }: Props) {
  const { t } = useTranslation('judging')
  // With everything else as it is: a flag that was not chosen must not vanish from the choices.
  const { flag: _, ...rest } = search
  const { data } = useQuery(queueListQuery(filterOf(rest)))
  const flags = [...new Set([...(data?.flags ?? []).map(({ code }) => code), ...(search.flag ?? [])])]
  const change = (changed: Partial<QueueSearch>) => onSearch(without({ ...search, ...changed }))
  return (
    <div className="col gap">
      <Single search={search} onChange={change} />
      <Group title={t('queue.score')}>
        {ScoreBand.options.map((band) => (
          <Checkbox
            key={band}
            checked={search.band?.includes(band) ?? false}
            onChange={(on) => change({ band: toggled(search.band, band, on) })}
          >
            {t(`queue.bands.${band}`)}
          </Checkbox>
        ))}
      </Group>
      <Group title={t('queue.flags')}>
        {flags.length === 0 && <span className="small t3">{t('queue.noneFlagged')}</span>}
        {flags.map((code) => (
          <Checkbox
            key={code}
            checked={search.flag?.includes(code) ?? false}
            onChange={(on) => change({ flag: toggled(search.flag, code, on) })}
          >
            {flagName(code)} <span className="t3 num">{data?.flags.find((one) => one.code === code)?.count}</span>
          </Checkbox>
        ))}
      </Group>
      {Object.keys(search).length > 0 && <Button onClick={() => onSearch({})}>{t('queue.clear')}</Button>}
    </div>
  )
}

function Single({ search, onChange }: { search: QueueSearch; onChange: (changed: Partial<QueueSearch>) => void }) {
  const { t } = useTranslation('judging')
  const { t: tc } = useTranslation('conversations')
  const { data: agents } = useQuery(agentNamesQuery)
  const number = (value: string) => (value === ANY ? undefined : Number(value))
  return (
    <>
      <One
        label={t('queue.agent')}
        any={t('queue.anyAgent')}
        value={search.agent}
        options={(agents ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(agent) => onChange({ agent: agent === ANY ? undefined : agent })}
      />
      <One
        label={t('queue.channel')}
        any={t('queue.anyChannel')}
        value={search.channel}
        options={ChannelKind.options.map((value) => ({ value, label: tc(`channel.${value}`) }))}
        onChange={(value) => onChange({ channel: ChannelKind.options.find((one) => one === value) })}
      />
      <One
        label={t('queue.period')}
        any={t('queue.anyTime')}
        value={search.days?.toString()}
        options={DAYS.map((count) => ({ value: String(count), label: t('queue.days', { count }) }))}
        onChange={(value) => onChange({ days: number(value) })}
      />
      <One
        label={t('queue.sample')}
        any={t('queue.noSample')}
        value={search.sample?.toString()}
        options={SAMPLES.map((share) => ({
          value: String(share),
          label: t('queue.percent', { percent: percent.format(share / 100) }),
        }))}
        onChange={(value) => onChange({ sample: number(value) })}
      />
    </>
  )
}

type OneProps = {
  label: string
  any: string
  value: string | undefined
  options: { value: string; label: string }[]
  onChange: (value: string) => void
}

function One({ label, any, value, options, onChange }: OneProps) {
  const held = value !== undefined && !options.some((one) => one.value === value)
  return (
    <div className="row">
      <span className="small grow">{label}</span>
      <Select
        label={label}
        value={value ?? ANY}
        onChange={onChange}
        options={[{ value: ANY, label: any }, ...options, ...(held ? [{ value, label: value }] : [])]}
      />
    </div>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="whys">
      <legend className="strong">{title}</legend>
      {children}
    </fieldset>
  )
}

const toggled = <V,>(held: readonly V[] | undefined, value: V, on: boolean): V[] =>
  on ? [...(held ?? []), value] : (held ?? []).filter((one) => one !== value)

/** What is empty is not in the address. */
const without = (search: QueueSearch): QueueSearch =>
  Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  )
