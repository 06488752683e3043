/** The filters on a phone: those that are on, one below the other, and each field's values on a page of its own. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { countsQuery } from '../queries.ts'
import { type ConversationSearch, FILTER_NAMES, filterOf, NO_FILTERS, unsorted } from '../search.ts'
import { useAddress, useListFilter } from '../use-address.ts'
import { FieldList, FieldPane } from './FilterMenu.tsx'
import type { Field } from './fields.ts'
import { type ActiveFilter, useActiveFilters } from './use-active-filters.ts'

export default function FilterSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('table')
  const { search, filter } = useAddress()
  const { view } = useListFilter()
  const [draft, setDraft] = useState<ConversationSearch>(search)
  const [page, setPage] = useState<Field | 'fields' | null>(null)
  const { data } = useQuery({
    ...countsQuery(unsorted(filterOf({ ...draft, view }, 'all'))),
    placeholderData: keepPreviousData,
  })
  const apply = () => {
    filter(Object.fromEntries(FILTER_NAMES.map((one) => [one, draft[one]])))
    onClose()
  }
  const title = page === null || page === 'fields' ? t('filter.sheet') : t(`filter.field.${page}`)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        <span className="row">
          {page !== null && <IconButton label={t('filter.back')} icon={ArrowLeft} onClick={() => setPage(null)} />}
          <span className="grow">{title}</span>
          {page === null && (
            <Button variant="quiet" onClick={() => setDraft({ ...draft, ...NO_FILTERS })}>
              {t('filter.clearAll')}
            </Button>
          )}
        </span>
      }
      footer={
        <Button variant="primary" size="lg" full onClick={apply}>
          {t('filter.show', { count: data?.total ?? 0 })}
        </Button>
      }
    >
      <div className="fsheet">
        {page === null ? (
          <On draft={draft} onDraft={setDraft} onPage={setPage} />
        ) : page === 'fields' ? (
          <FieldList field={null} draft={draft} onField={setPage} />
        ) : (
          <FieldPane field={page} draft={draft} onChange={setDraft} />
        )}
      </div>
    </Dialog>
  )
}

type OnProps = {
  draft: ConversationSearch
  onDraft: (draft: ConversationSearch) => void
  onPage: (page: Field | 'fields') => void
}

function On({ draft, onDraft, onPage }: OnProps) {
  const { t } = useTranslation('table')
  const active = useActiveFilters(draft)
  const without = ({ names }: ActiveFilter) =>
    onDraft({ ...draft, ...Object.fromEntries(names.map((name) => [name, undefined])) })
  return (
    <>
      {active.map((one) => {
        const said = `${one.name} ${one.operator} ${one.value}`
        return (
          <div className="row fline" key={one.names.join()}>
            <button
              type="button"
              className="grow row"
              aria-label={t('filter.edit', { filter: said })}
              onClick={() => onPage(one.field)}
              disabled={one.field === 'contactId'}
            >
              <span className="grow">
                <span className="small t3">
                  {one.name} {one.operator}
                </span>{' '}
                <span className="strong" dir="auto">
                  {one.value}
                </span>
              </span>
              <Icon of={ChevronRight} className="flip t3" />
            </button>
            <IconButton label={t('filter.remove', { filter: said })} icon={X} onClick={() => without(one)} />
          </div>
        )
      })}
      <Button full icon={Plus} onClick={() => onPage('fields')}>
        {t('filter.add')}
      </Button>
    </>
  )
}
