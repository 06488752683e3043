/** The filters that are on, in words: for the chips, the sheet of a phone, and the list with nothing in it. */
import { useTranslation } from 'react-i18next'
import { readerLocale } from '../../ui/reader-locale.ts'
import { type ConversationSearch, MANY_FIELDS, type ManyField, notOf, type Wanted, YES_NO_FIELDS } from '../search.ts'
import { lastDayBefore } from './calendar.ts'
import type { Field } from './fields.ts'
import { useContactFilterName, useFilterValues } from './use-values.ts'

export type ActiveFilter = {
  field: Field
  /** What goes from the address when this one is taken away. */
  names: (keyof Wanted)[]
  name: string
  operator: string
  value: string
}

/** More than so many values are counted instead of named. */
const NAMED = 2

export function useActiveFilters(search: ConversationSearch): ActiveFilter[] {
  const { t } = useTranslation('table')
  const valuesOf = useFilterValues(search.flowId || search[notOf('flowId')] ? ['flowId'] : [])
  const contact = useContactFilterName(search)
  const inWords = (field: ManyField, chosen: readonly string[]) => {
    if (field === 'contactId' && chosen.length === 1) return contact ?? '…'
    if (chosen.length > NAMED) return t('filter.many', { count: chosen.length })
    const known = new Map(valuesOf(field).map(({ value, label }) => [value, label]))
    const isWord = field === 'tag' || field === 'flag' || field === 'stage'
    return chosen.map((value) => known.get(value) ?? (isWord ? value : '…')).join(', ')
  }
  const found: ActiveFilter[] = MANY_FIELDS.flatMap((field) => {
    const wanted = search[field]
    const unwanted = search[notOf(field)]
    const name = t(`filter.field.${field}`)
    const one = (names: (keyof Wanted)[], chosen: readonly string[], operator: string): ActiveFilter => ({
      field,
      names,
      name,
      operator,
      value: inWords(field, chosen),
    })
    return [
      ...(wanted ? [one([field], wanted, t(wanted.length > 1 ? 'filter.anyOf' : 'filter.is'))] : []),
      ...(unwanted ? [one([notOf(field)], unwanted, t(unwanted.length > 1 ? 'filter.noneOf' : 'filter.not'))] : []),
    ]
  })
  for (const field of YES_NO_FIELDS) {
    const value = search[field]
    const words = value && t(value === 'true' ? 'filter.yes' : 'filter.no')
    if (words)
      found.push({ field, names: [field], name: t(`filter.field.${field}`), operator: t('filter.is'), value: words })
  }
  return [...found, ...useRanges(search)]
}

function useRanges(search: ConversationSearch): ActiveFilter[] {
  const { t } = useTranslation('table')
  const { minRating, maxRating, minQuality, maxQuality, from, to, lastDays } = search
  const found: ActiveFilter[] = []
  const add = (
    field: Field,
    names: (keyof Wanted)[],
    operator: string,
    value: string,
    name = t(`filter.field.${field}`),
  ) => found.push({ field, names, name, operator, value })
  const range = (min: number | undefined, max: number | undefined): [operator: string, value: string] => {
    if (min !== undefined && max !== undefined) return [t('filter.between'), t('filter.rangeValue', { min, max })]
    return min === undefined ? [t('filter.atMost'), String(max)] : [t('filter.atLeast'), String(min)]
  }
  if (minRating !== undefined && maxRating === undefined)
    add('rating', ['minRating'], t('filter.is'), t('filter.starsValue', { count: minRating }))
  else if (maxRating !== undefined)
    add('rating', ['minRating', 'maxRating'], ...range(minRating, maxRating), t('filter.field.ratingOver'))
  if (minQuality !== undefined || maxQuality !== undefined)
    add('quality', ['minQuality', 'maxQuality'], ...range(minQuality, maxQuality))
  if (lastDays !== undefined) add('date', ['lastDays'], t('filter.within'), t('filter.lastDays', { count: lastDays }))
  if (from !== undefined) add('date', ['from'], t('filter.from'), shortDay(new Date(from)))
  if (to !== undefined) add('date', ['to'], t('filter.to'), shortDay(lastDayBefore(new Date(to))))
  return found
}

function shortDay(day: Date): string {
  const year = day.getFullYear() === new Date().getFullYear() ? undefined : 'numeric'
  return new Intl.DateTimeFormat(readerLocale(), { day: 'numeric', month: 'short', year }).format(day)
}
