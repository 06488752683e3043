/** The filters that are on, as chips: each opens its own values, and goes by its cross. */

import X from 'lucide-react/icons/x'
import { cloneElement, lazy, type ReactElement, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { loadLate } from '../../app/load-late.ts'
import { Icon } from '../../ui/Icon.tsx'
import { useAddress } from '../use-address.ts'
import type { Field } from './fields.ts'
import { type ActiveFilter, useActiveFilters } from './use-active-filters.ts'

// The panes come when the first one is opened: most visits change no filter.
const FilterMenu = lazy(() => loadLate(() => import('./FilterMenu.tsx')))

type OpenerProps = {
  button: ReactElement<{ onClick?: () => void; 'aria-haspopup'?: 'dialog' }>
  field?: Field
  align?: 'start' | 'end'
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** A button that opens the filter menu, which is loaded by the first that is pressed. */
export function FilterOpener({ button, open, onOpenChange, ...rest }: OpenerProps) {
  const [used, setUsed] = useState(open)
  if (open && !used) setUsed(true)
  const bare = cloneElement(button, { onClick: () => onOpenChange(true), 'aria-haspopup': 'dialog' })
  if (!used) return bare
  return (
    <Suspense fallback={bare}>
      <FilterMenu open={open} onOpenChange={onOpenChange} trigger={button} {...rest} />
    </Suspense>
  )
}

export function FilterChips() {
  const { search } = useAddress()
  const active = useActiveFilters(search)
  return active.map((one) => <FilterChip one={one} key={one.names.join()} />)
}

function FilterChip({ one }: { one: ActiveFilter }) {
  const { t } = useTranslation('table')
  const { filter } = useAddress()
  const [open, setOpen] = useState(false)
  const said = `${one.name} ${one.operator} ${one.value}`
  const words = (
    <>
      <span className="k">{one.name}</span> <span className="op">{one.operator}</span>{' '}
      <span className="v" dir="auto">
        {one.value}
      </span>
    </>
  )
  return (
    <span className="chip">
      {one.field === 'contactId' ? (
        <span className="edit">{words}</span>
      ) : (
        <FilterOpener
          open={open}
          onOpenChange={setOpen}
          field={one.field}
          button={
            <button type="button" className="edit" aria-label={t('filter.edit', { filter: said })}>
              {words}
            </button>
          }
        />
      )}
      <button
        type="button"
        aria-label={t('filter.remove', { filter: said })}
        onClick={() => filter(Object.fromEntries(one.names.map((name) => [name, undefined])))}
      >
        <Icon of={X} size="xs" />
      </button>
    </span>
  )
}
