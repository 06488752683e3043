/** The values of one field: several may be ticked, wanted or unwanted; long lists can be searched. */
import { useQuery } from '@tanstack/react-query'
import Search from 'lucide-react/icons/search'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { ChannelMark } from '../../ui/ChannelMark.tsx'
import { Checkbox, Segmented } from '../../ui/Choice.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { StageGlyph } from '../../ui/Stage.tsx'
import { stagesQuery } from '../queries.ts'
import { type ConversationSearch, type ManyField, notOf, readSearch } from '../search.ts'
import { isFoundByTyping, useFoundValues } from './use-found-values.ts'
import { type FilterValue, useFilterValues } from './use-values.ts'

type Props = { field: ManyField; draft: ConversationSearch; onChange: (draft: ConversationSearch) => void }

/** From so many values on there is a field to find one. */
const SEARCHED = 9

export function ValuesPane({ field, draft, onChange }: Props) {
  const { t } = useTranslation('table')
  const [way, setWay] = useState<'wanted' | 'unwanted'>(draft[notOf(field)] && !draft[field] ? 'unwanted' : 'wanted')
  const [typed, setTyped] = useState('')
  const closed = useFilterValues([field])(field)
  const searched = useFoundValues(field, isFoundByTyping(field) ? typed : '')
  const offered = isFoundByTyping(field) ? (searched ?? []) : closed
  const name = way === 'wanted' ? field : notOf(field)
  const other = way === 'wanted' ? notOf(field) : field
  const chosen: readonly string[] = draft[name] ?? []
  const known = new Set(offered.map(({ value }) => value))
  const words = new Map(closed.map(({ value, label }) => [value, label]))
  const values = [
    ...chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: words.get(value) ?? value })),
    ...offered,
  ]
  const found = values.filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase()))
  const set = (next: readonly string[]) =>
    // Reading it back keeps only what the field may hold.
    onChange(readSearch({ ...draft, [name]: next, [other]: draft[other]?.filter((value) => !next.includes(value)) }))
  const toggle = (value: string, on: boolean) => set(on ? [...chosen, value] : chosen.filter((one) => one !== value))
  const turn = (to: 'wanted' | 'unwanted') => {
    if (to === way) return
    setWay(to)
    onChange(readSearch({ ...draft, [other]: chosen, [name]: draft[other] }))
  }
  const word = typed.trim()
  const mayBeTyped = field === 'tag' && word !== '' && !values.some(({ value }) => value === word)
  const addTyped = () => {
    set([...chosen, word])
    setTyped('')
  }
  return (
    <>
      <div className="pvhead">
        <Segmented
          label={t('filter.way')}
          value={way}
          onChange={turn}
          options={[
            { value: 'wanted', label: t('filter.wanted') },
            { value: 'unwanted', label: t('filter.unwanted') },
          ]}
        />
        {(values.length >= SEARCHED || isFoundByTyping(field)) && (
          <label className="searchbox">
            <Icon of={Search} size="s" />
            <input
              type="search"
              value={typed}
              placeholder={field === 'tag' ? t('filter.tagHint') : t('filter.findValue')}
              aria-label={t('filter.findValue')}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || !mayBeTyped) return
                event.preventDefault()
                addTyped()
              }}
            />
          </label>
        )}
      </div>
      <Ticks field={field} values={found} chosen={chosen} onToggle={toggle} />
      {mayBeTyped && (
        <Button size="sm" variant="quiet" onClick={addTyped}>
          {t('filter.useTyped', { value: word })}
        </Button>
      )}
      {found.length === 0 && !mayBeTyped && (
        <p className="small t3 pad">{t(values.length === 0 ? 'filter.noValues' : 'filter.noSuchValue')}</p>
      )}
    </>
  )
}

type TicksProps = {
  field: ManyField
  values: readonly FilterValue[]
  chosen: readonly string[]
  onToggle: (value: string, on: boolean) => void
}

function Ticks({ field, values, chosen, onToggle }: TicksProps) {
  const { t } = useTranslation('table')
  const id = useId()
  return (
    <fieldset className="pvalues scroll" aria-label={t(`filter.field.${field}`)}>
      {values.map(({ value, label }) => (
        <label className="mi" key={value} htmlFor={`${id} ${value}`}>
          <Checkbox
            id={`${id} ${value}`}
            checked={chosen.includes(value)}
            onChange={(on) => onToggle(value, on)}
            aria-label={label}
          />
          <ValueMark field={field} value={value} />
          <span className="grow tr" dir="auto">
            {label}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function ValueMark({ field, value }: { field: ManyField; value: string }) {
  const { data: stages } = useQuery(stagesQuery)
  if (field === 'channel') return <ChannelMark kind={value} size="s" />
  const stage = field === 'stage' ? stages?.find(({ key }) => key === value) : undefined
  return stage ? <StageGlyph stageKey={stage.key} category={stage.category} color={stage.color} /> : null
}
