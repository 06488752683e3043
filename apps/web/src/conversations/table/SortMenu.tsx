/** The order, always in sight, also where the column that shows it is hidden. */
import type { Sort } from '@earshot/contracts'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Menu, MenuChoices, MenuSeparator } from '../../ui/Menu.tsx'
import { DEFAULT_SORT } from '../search.ts'
import { useAddress } from '../use-address.ts'
import { COLUMN_KEYS, type ColumnKey, columnOf, sortedBy } from './columns.ts'

const SORTED = COLUMN_KEYS.filter((key) => columnOf(key).sort !== undefined)

export function SortMenu() {
  const { t } = useTranslation('table')
  const { search, filter } = useAddress()
  const now = sortedBy(search.sort ?? DEFAULT_SORT)
  const kind = columnOf(now.key).kind ?? 'text'
  const set = (key: ColumnKey, descending: boolean) => {
    const name = columnOf(key).sort
    if (!name) return
    const sort: Sort = descending ? `-${name}` : name
    filter({ sort: sort === DEFAULT_SORT ? undefined : sort })
  }
  const way = t(`sort.${now.descending ? 'descending' : 'ascending'}.${kind}`)
  const column = t(`column.${now.key}`)
  return (
    <Menu
      align="end"
      trigger={
        <Button
          variant="quiet"
          icon={now.descending ? ArrowDown : ArrowUp}
          aria-label={t('sort.label', { column, way })}
          title={way}
        >
          {column}
        </Button>
      }
    >
      <MenuChoices
        label={t('sort.menu')}
        value={now.key}
        onChange={(key) => set(key, columnOf(key).kind !== 'text')}
        choices={SORTED.map((key) => ({ value: key, label: t(`column.${key}`) }))}
      />
      <MenuSeparator />
      <MenuChoices
        label={t('sort.way')}
        value={now.descending ? 'descending' : 'ascending'}
        onChange={(to) => set(now.key, to === 'descending')}
        choices={(['descending', 'ascending'] as const).map((value) => ({ value, label: t(`sort.${value}.${kind}`) }))}
      />
    </Menu>
  )
}
