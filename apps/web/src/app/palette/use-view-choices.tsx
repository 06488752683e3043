/** The views of the list, preset and saved; choosing one goes there. */
import { View } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import ListFilter from 'lucide-react/icons/list-filter'
import { useTranslation } from 'react-i18next'
import { fromBody } from '../../conversations/search.ts'
import { viewsQuery } from '../../conversations/views.ts'
import { Icon } from '../../ui/Icon.tsx'
import type { Choice } from './choice.ts'

export function useViewChoices(): Choice[] {
  const { t } = useTranslation(['shell', 'conversations'])
  const navigate = useNavigate()
  const { data = [] } = useQuery(viewsQuery)
  const saved = data.map(({ id, name, filter, sort, layout }) => ({
    key: `view ${id}`,
    label: name,
    more: t('palette.savedView'),
    mark: <Icon of={ListFilter} />,
    run: () => void navigate({ to: '/conversations', search: { ...fromBody(filter), sort, layout, savedView: id } }),
  }))
  const preset = View.options.map((view) => ({
    key: `preset ${view}`,
    label: t(`conversations:views.${view}`),
    more: t('palette.view'),
    mark: <Icon of={ListFilter} />,
    run: () => void navigate({ to: '/conversations', search: { view } }),
  }))
  return [...saved, ...preset]
}
