/** Two panes: the field, then its values; the foot always says how many conversations would remain. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Search from 'lucide-react/icons/search'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Popover } from '../../ui/Popover.tsx'
import { countsQuery } from '../queries.ts'
import { type ConversationSearch, FILTER_NAMES, filterOf, unsorted } from '../search.ts'
import { useAddress, useListFilter } from '../use-address.ts'
import { DatePane } from './DatePane.tsx'
import { chosenIn, FIELD_ICON, FIELDS, type Field, isMany, isYesNo, namesOf } from './fields.ts'
import { QualityPane, RatingPane, YesNoPane } from './RangePanes.tsx'
import { ValuesPane } from './ValuesPane.tsx'

type Props = {
  trigger: ReactElement
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Where to begin; a chip begins at its own. */
  field?: Field
  align?: 'start' | 'end'
}

export default function FilterMenu({ trigger, open, onOpenChange, field, align = 'start' }: Props) {
  const { t } = useTranslation('table')
  return (
    <Popover
      trigger={trigger}
      open={open}
      onOpenChange={onOpenChange}
      label={t('filter.add')}
      className="pane2"
      align={align}
    >
      {open && <Panes first={field ?? 'status'} done={() => onOpenChange(false)} />}
    </Popover>
  )
}

function Panes({ first, done }: { first: Field; done: () => void }) {
  const { search, filter } = useAddress()
  const [field, setField] = useState<Field>(first)
  const [draft, setDraft] = useState<ConversationSearch>(search)
  const { t } = useTranslation('table')
  const apply = (next: ConversationSearch) => {
    filter(Object.fromEntries(FILTER_NAMES.map((one) => [one, next[one]])))
    done()
  }
  const without = Object.fromEntries(namesOf(field).map((name) => [name, undefined]))
  return (
    <>
      <FieldList field={field} draft={draft} onField={setField} />
      <div>
        <FieldPane field={field} draft={draft} onChange={setDraft} />
        <div className="mfoot">
          <Remaining draft={draft} />
          <Button size="sm" variant="quiet" onClick={() => setDraft({ ...draft, ...without })}>
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

type FieldListProps = { field: Field | null; draft: ConversationSearch; onField: (field: Field) => void }

export function FieldList({ field, draft, onField }: FieldListProps) {
  const { t } = useTranslation('table')
  const [typed, setTyped] = useState('')
  const found = FIELDS.filter((one) =>
    t(`filter.field.${one}`).toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase()),
  )
  return (
    <div className="pfields">
      <label className="searchbox">
        <Icon of={Search} size="s" />
        <input
          type="search"
          value={typed}
          placeholder={t('filter.findField')}
          aria-label={t('filter.findField')}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && found[0]) onField(found[0])
          }}
        />
      </label>
      <div className="scroll">
        {found.map((one) => (
          <button
            type="button"
            key={one}
            className={clsx('mi', one === field && 'on')}
            aria-pressed={one === field}
            onClick={() => onField(one)}
          >
            <Icon of={FIELD_ICON[one]} size="s" />
            <span className="grow tr">{t(`filter.field.${one}`)}</span>
            {chosenIn(draft, one) > 0 && <span className="c num">{chosenIn(draft, one)}</span>}
            <Icon of={ChevronRight} size="xs" className="flip" />
          </button>
        ))}
        {found.length === 0 && <p className="small t3 pad">{t('filter.noField')}</p>}
      </div>
    </div>
  )
}

type PaneProps = { field: Field; draft: ConversationSearch; onChange: (draft: ConversationSearch) => void }

export function FieldPane({ field, draft, onChange }: PaneProps) {
  if (isMany(field)) return <ValuesPane key={field} field={field} draft={draft} onChange={onChange} />
  if (isYesNo(field)) return <YesNoPane field={field} draft={draft} onChange={onChange} />
  if (field === 'rating') return <RatingPane draft={draft} onChange={onChange} />
  if (field === 'quality') return <QualityPane draft={draft} onChange={onChange} />
  return <DatePane draft={draft} onChange={onChange} />
}

function Remaining({ draft }: { draft: ConversationSearch }) {
  const { t } = useTranslation('table')
  const { view } = useListFilter()
  const wanted = unsorted(filterOf({ ...draft, view }, 'all'))
  const { data } = useQuery({ ...countsQuery(wanted), placeholderData: keepPreviousData })
  return (
    <span className="small t3 grow num" role="status">
      {data ? t('filter.remaining', { count: data.total, all: data.views[view ?? 'all'] }) : ''}
    </span>
  )
}
