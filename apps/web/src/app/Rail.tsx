/** The places at the start of the window; the queues stand under Inbox. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'
import { PLACES, type Place } from './navigation.ts'
import { useCallTotal, useUnreadTotal, useWaitingTotal } from './title.ts'

export function Rail({ queues, lists, views }: { queues?: ReactNode; lists?: ReactNode; views?: ReactNode }) {
  const { t } = useTranslation('shell')
  return (
    <nav className="rail" aria-label={t('main')}>
      {PLACES.filter((place) => place.key !== 'settings').map((place) => (
        <RailPlace place={place} key={place.key}>
          {place.key === 'inbox' && queues}
          {place.key === 'conversations' && lists}
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
  const waiting = useWaitingTotal()
  const calls = useCallTotal()
  const count = place.key === 'conversations' ? unread : place.key === 'inbox' ? waiting : 0
  const word = place.key === 'inbox' ? 'waiting' : 'unread'
  const sub = 'sub' in place
  return (
    <>
      <Link className={sub ? 'railitem sub' : 'railitem'} to={place.to} title={t(`nav.${place.key}`)}>
        {!sub && <Icon of={place.icon} />}
        <span>{t(`nav.${place.key}`)}</span>
        {count > 0 && (
          <span className="count hot num" role="img" aria-label={t(word, { count })}>
            {count > 99 ? '99+' : count}
          </span>
        )}
        {place.key === 'calls' && calls > 0 && (
          <>
            <span className="pulse" />
            <span className="count">{calls}</span>
          </>
        )}
      </Link>
      {children}
    </>
  )
}
