/** The places at the start of the window; the queues stand under Conversations. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'
import { PLACES, type Place } from './navigation.ts'
import { useUnreadTotal } from './title.ts'

export function Rail({ queues, views }: { queues?: ReactNode; views?: ReactNode }) {
  const { t } = useTranslation('shell')
  return (
    <nav className="rail" aria-label={t('main')}>
      {PLACES.filter((place) => place.key !== 'settings').map((place) => (
        <RailPlace place={place} key={place.key}>
          {place.key === 'conversations' && queues}
        </RailPlace>
      ))}
      {views}
      <div className="grow" />
      {PLACES.filter((place) => place.key === 'settings').map((place) => (
        <RailPlace place={place} key={place.key} />
      ))}
    </nav>
  )
}

function RailPlace({ place, children }: { place: Place; children?: ReactNode }) {
  const { t } = useTranslation('shell')
  const unread = useUnreadTotal()
  const count = place.key === 'conversations' ? unread : 0
  return (
    <>
      <Link className="railitem" to={place.to} title={t(`nav.${place.key}`)}>
        <Icon of={place.icon} />
        <span>{t(`nav.${place.key}`)}</span>
        {count > 0 && (
          <span className="count hot num" role="img" aria-label={t('unread', { count })}>
            {count > 99 ? '99+' : count}
          </span>
        )}
      </Link>
      {children}
    </>
  )
}
