/** The saved views in the rail, with their exact numbers. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import ListFilter from 'lucide-react/icons/list-filter'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/Icon.tsx'
import { viewCountsQuery, viewsQuery } from '../views.ts'
import { addressOf } from './address-of.ts'

export function SavedViewLinks() {
  const { t } = useTranslation('table')
  const { data: views = [] } = useQuery(viewsQuery)
  const { data: counts } = useQuery({ ...viewCountsQuery, enabled: views.length > 0 })
  if (views.length === 0) return null
  return (
    <>
      <div className="railgroup">{t('views.saved')}</div>
      {views.map((view) => (
        <Link
          key={view.id}
          to="/conversations"
          search={addressOf(view)}
          className="railitem"
          activeOptions={{ exact: true, includeSearch: true }}
          title={view.shared ? t('views.whose', { name: view.owner.name }) : undefined}
        >
          <Icon of={ListFilter} size="s" />
          <span className="tr" dir="auto">
            {view.name}
          </span>
          <span className="count">{counts?.[view.id]?.toLocaleString()}</span>
        </Link>
      ))}
    </>
  )
}
