/** The places at the foot of a phone. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Unread } from '../ui/Badge.tsx'
import { Icon } from '../ui/Icon.tsx'
import { PLACES } from './navigation.ts'
import { useUnreadTotal, useWaitingTotal } from './title.ts'

export function TabBar() {
  const { t } = useTranslation('shell')
  const unread = useUnreadTotal()
  const waiting = useWaitingTotal()
  return (
    <nav className="tabbar" aria-label={t('main')}>
      {PLACES.filter((place) => !('sub' in place)).map((place) => (
        <Link to={place.to} key={place.key}>
          <Icon of={place.icon} size="l" />
          <span>{t(place.key === 'conversations' ? 'nav.conversationsShort' : `nav.${place.key}`)}</span>
          {place.key === 'inbox' && <Unread count={waiting} label={t('waiting', { count: waiting })} />}
          {place.key === 'conversations' && <Unread count={unread} label={t('unread', { count: unread })} />}
        </Link>
      ))}
    </nav>
  )
}
