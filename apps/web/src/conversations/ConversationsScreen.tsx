/** The conversations workspace: list, transcript, intelligence. */
import { useTranslation } from 'react-i18next'
import { useTitle } from '../app/title.ts'

export function ConversationsScreen() {
  const { t } = useTranslation('conversations')
  useTitle(t('title'))
  return (
    <div className="bar">
      <h1 className="title">{t('title')}</h1>
    </div>
  )
}
