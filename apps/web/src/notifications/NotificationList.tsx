/** The list under the bell: all or unread, newest first; a click leads to the conversation. */
import type { Notification, NotificationKind } from '@earshot/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Activity from 'lucide-react/icons/activity'
import AtSign from 'lucide-react/icons/at-sign'
import Clock from 'lucide-react/icons/clock'
import Hand from 'lucide-react/icons/hand'
import MessageCircle from 'lucide-react/icons/message-circle'
import PhoneIncoming from 'lucide-react/icons/phone-incoming'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { Segmented } from '../ui/Choice.tsx'
import { Icon, type IconShape } from '../ui/Icon.tsx'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { SkeletonRows } from '../ui/States.tsx'
import { pagesQuery, useMarkRead } from './queries.ts'
import { useNotificationWords } from './use-words.ts'

const ICONS: Record<NotificationKind, IconShape> = {
  handoff: Hand,
  offer: PhoneIncoming,
  assigned: UserRoundCheck,
  mention: AtSign,
  reply: MessageCircle,
  sla: Clock,
  alert: Activity,
}

export function NotificationList({ unread, onClose }: { unread: number; onClose: () => void }) {
  const { t } = useTranslation('notifications')
  const [which, setWhich] = useState<'all' | 'unread'>('all')
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(pagesQuery(which === 'unread'))
  const { mutate: markRead } = useMarkRead()
  const items = data?.pages.flatMap((page) => page.items)
  return (
    <>
      <div className="row g3 pad notifications-head">
        <span className="strong grow">{t('title')}</span>
        <Button size="sm" variant="quiet" disabled={unread === 0} onClick={() => markRead({ all: true })}>
          {t('markAll')}
        </Button>
      </div>
      <div className="pad">
        <Segmented
          label={t('title')}
          value={which}
          onChange={setWhich}
          options={[
            { value: 'all', label: t('all') },
            { value: 'unread', label: t('unread', { count: unread }) },
          ]}
        />
      </div>
      {items === undefined && <SkeletonRows rows={3} />}
      {items?.length === 0 && (
        <p className="pad t3">
          {which === 'unread' ? (
            t('noneUnread')
          ) : (
            <>
              <span className="strong">{t('none')}</span> {t('noneText')}
            </>
          )}
        </p>
      )}
      <ul className="notification-list" aria-label={t('title')}>
        {items?.map((one) => (
          <Row one={one} key={one.id} onOpen={onClose} />
        ))}
      </ul>
      <div className="row g3 pad">
        {hasNextPage && (
          <Button size="sm" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('older')}
          </Button>
        )}
        <span className="grow" />
        <Link className="small link" to="/settings/notifications" onClick={onClose}>
          {t('settings')}
        </Link>
      </div>
    </>
  )
}

function Row({ one, onOpen }: { one: Notification; onOpen: () => void }) {
  const say = useNotificationWords()
  const { mutate: markRead } = useMarkRead()
  const open = () => {
    if (one.readAt === null) markRead({ ids: [one.id] })
    onOpen()
  }
  return (
    <li>
      <Link
        className="notification"
        data-unread={one.readAt === null || undefined}
        {...(one.conversation
          ? { to: '/conversations/$id', params: { id: one.conversation.id } }
          : { to: '/settings/alerts' })}
        onClick={open}
      >
        <Icon of={ICONS[one.kind]} size="s" className={one.kind === 'sla' ? 'bad-mark' : undefined} />
        <span className="grow">
          <span className={one.readAt === null ? 'strong' : undefined} dir="auto">
            {say(one)}
          </span>
          {one.alert && (
            <span className="small t3 notification-excerpt" dir="auto">
              {one.alert.says}
            </span>
          )}
          {one.excerpt && (
            <span className="small t3 notification-excerpt" dir="auto">
              {one.excerpt}
            </span>
          )}
        </span>
        <span className="small t3 num">
          <RelativeTime at={one.at} />
        </span>
      </Link>
    </li>
  )
}
