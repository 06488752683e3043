/** Split or table: two drawings of one query. The row that is open and the place in the list stay. */
import Columns2 from 'lucide-react/icons/columns-2'
import Table2 from 'lucide-react/icons/table-2'
import { useTranslation } from 'react-i18next'
import { Segmented } from '../ui/Choice.tsx'
import { Icon } from '../ui/Icon.tsx'
import { useAddress, useLayout } from './use-address.ts'
import { useListPreferences } from './views.ts'

export function LayoutSwitch() {
  const { t } = useTranslation('table')
  const layout = useLayout() ?? 'split'
  const { filter } = useAddress()
  const { change } = useListPreferences()
  const choose = (next: 'split' | 'table') => {
    if (next === layout) return
    change({ layout: next })
    filter({ layout: next })
  }
  return (
    <Segmented
      label={t('layout.label')}
      value={layout}
      onChange={choose}
      options={[
        { value: 'split', label: <Word icon={Columns2}>{t('layout.split')}</Word> },
        { value: 'table', label: <Word icon={Table2}>{t('layout.table')}</Word> },
      ]}
    />
  )
}

const Word = ({ icon, children }: { icon: typeof Columns2; children: string }) => (
  <>
    <Icon of={icon} size="s" />
    {children}
  </>
)
