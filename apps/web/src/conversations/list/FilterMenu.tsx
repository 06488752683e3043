/** Two panes: the field, then its values; the foot always says how many conversations would remain. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import AudioLines from 'lucide-react/icons/audio-lines'
import ChevronRight from 'lucide-react/icons/chevron-right'
import CircleDot from 'lucide-react/icons/circle-dot'
import CircleDotDashed from 'lucide-react/icons/circle-dot-dashed'
import Radio from 'lucide-react/icons/radio'
import { type ReactElement, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { ChannelMark } from '../../ui/ChannelMark.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Icon, type IconShape } from '../../ui/Icon.tsx'
import { Popover } from '../../ui/Popover.tsx'
import { StageGlyph } from '../../ui/Stage.tsx'
import { countsQuery, stagesQuery } from '../queries.ts'
import { type ConversationSearch, FILTER_FIELDS, type FilterField, filterOf, readSearch } from '../search.ts'
import { useAddress, useListFilter } from '../use-address.ts'
import { useFilterValues } from './filter-words.ts'

const ICON: Record<FilterField, IconShape> = {
  status: CircleDot,
  channel: Radio,
  agentId: AudioLines,
  stage: CircleDotDashed,
}

type Props = { trigger: ReactElement; open: boolean; onOpenChange: (open: boolean) => void }

export function FilterMenu({ trigger, open, onOpenChange }: Props) {
  const { t } = useTranslation('conversations')
  return (
    <Popover
      trigger={trigger}
      open={open}
      onOpenChange={onOpenChange}
      label={t('filter.add')}
      className="pane2"
      align="end"
    >
      {open && <Panes done={() => onOpenChange(false)} />}
    </Popover>
  )
}

function Panes({ done }: { done: () => void }) {
  const { t } = useTranslation('conversations')
  const { search, filter } = useAddress()
  const [field, setField] = useState<FilterField>('status')
  const [draft, setDraft] = useState<ConversationSearch>(search)
  const apply = (next: ConversationSearch) => {
    filter(Object.fromEntries(FILTER_FIELDS.map((one) => [one, next[one]])))
    done()
  }
  return (
    <>
      <div className="pfields">
        {FILTER_FIELDS.map((one) => (
          <button
            type="button"
            key={one}
            className={clsx('mi', one === field && 'on')}
            aria-pressed={one === field}
            onClick={() => setField(one)}
          >
            <Icon of={ICON[one]} size="s" />
            <span className="grow tr">{t(`filter.field.${one}`)}</span>
            {draft[one] && <span className="c num">{draft[one].length}</span>}
            <Icon of={ChevronRight} size="xs" className="flip" />
          </button>
        ))}
      </div>
      <div>
        <Values field={field} draft={draft} onChange={setDraft} />
        <div className="mfoot">
          <Remaining draft={draft} />
          <Button size="sm" variant="quiet" onClick={() => apply({})}>
            {t('filter.clear')}
          </Button>
          <Button size="sm" variant="primary" onClick={() => apply(draft)}>
            {t('filter.apply')}
          </Button>
        </div>
      </div>
    </>
  )
}

type ValuesProps = { field: FilterField; draft: ConversationSearch; onChange: (draft: ConversationSearch) => void }

function Values({ field, draft, onChange }: ValuesProps) {
  const { t } = useTranslation('conversations')
  const values = useFilterValues()(field)
  const id = useId()
  const chosen: readonly string[] = draft[field] ?? []
  const toggle = (value: string, on: boolean) => {
    const next = on ? [...chosen, value] : chosen.filter((one) => one !== value)
    // Reading it back keeps only what the field may hold.
    onChange(readSearch({ ...draft, [field]: next }))
  }
  return (
    <fieldset className="pvalues scroll" aria-label={t(`filter.field.${field}`)}>
      {values.map(({ value, label }) => (
        <label className="mi" key={value} htmlFor={`${id} ${value}`}>
          <Checkbox
            id={`${id} ${value}`}
            checked={chosen.includes(value)}
            onChange={(on) => toggle(value, on)}
            aria-label={label}
          />
          <ValueMark field={field} value={value} />
          <span className="grow tr" dir="auto">
            {label}
          </span>
        </label>
      ))}
      {values.length === 0 && <p className="small t3 pad">{t('filter.noValues')}</p>}
    </fieldset>
  )
}

function ValueMark({ field, value }: { field: FilterField; value: string }) {
  const { data: stages } = useQuery(stagesQuery)
  if (field === 'channel') return <ChannelMark kind={value} size="s" />
  const stage = field === 'stage' ? stages?.find(({ key }) => key === value) : undefined
  return stage ? <StageGlyph stageKey={stage.key} category={stage.category} /> : null
}

function Remaining({ draft }: { draft: ConversationSearch }) {
  const { t } = useTranslation('conversations')
  const { view } = useListFilter()
  const { data } = useQuery({ ...countsQuery(filterOf({ ...draft, view }, 'all')), placeholderData: keepPreviousData })
  return (
    <span className="small t3 grow num" role="status">
      {data ? t('filter.remaining', { count: data.total, all: data.views[view ?? 'all'] }) : ''}
    </span>
  )
}
