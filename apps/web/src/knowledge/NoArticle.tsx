/** What stands beside the list while no article is open. */
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/States.tsx'

export function NoArticle() {
  const { t } = useTranslation('knowledge')
  return <EmptyState art="book" title={t('choose')} text={t('chooseText')} />
}
