/** A notification in one sentence. */
import type { Notification } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'

export function useNotificationWords(): (one: Notification) => string {
  const { t } = useTranslation('notifications')
  return ({ kind, conversation, alert, by }) =>
    alert?.name ?? t(`is.${kind}`, { who: conversation?.contact ?? t('anonymous'), by: by ?? t('somebody') })
}
