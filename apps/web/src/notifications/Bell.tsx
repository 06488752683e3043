/** The bell: how many notifications are unread, and the list of them. */
import './texts.ts'
import '../styles/notifications.css'
import { useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import BellIcon from 'lucide-react/icons/bell'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'
import { Popover } from '../ui/Popover.tsx'
import { NotificationList } from './NotificationList.tsx'
import { newestQuery, useMarkRead } from './queries.ts'
import { useAnnounce } from './use-announce.ts'

export default function Bell() {
  const { t } = useTranslation('notifications')
  const [open, setOpen] = useState(false)
  const { data } = useQuery(newestQuery)
  const unread = data?.unread ?? 0
  const openId = useLocation({
    select: ({ pathname }) => /^\/conversations\/([0-9a-f-]{36})/.exec(pathname)?.[1] ?? null,
  })
  useAnnounce(data?.items, openId)
  useOpenFromPush()
  useReadWhatIsOpen(
    openId,
    data?.items.some(({ conversation, readAt }) => conversation?.id === openId && openId !== null && readAt === null) ??
      false,
  )
  const label = unread > 0 ? t('bellUnread', { count: unread }) : t('bell')
  return (
    <Popover
      label={t('title')}
      align="end"
      className="notifications"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className="ib bell" aria-label={label} title={label}>
          <Icon of={BellIcon} />
          {unread > 0 && (
            <span className="unread" aria-hidden>
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </button>
      }
    >
      <NotificationList unread={unread} onClose={() => setOpen(false)} />
    </Popover>
  )
}

/** A push that was clicked, while Earshot was open, leads to its conversation here. */
function useOpenFromPush(): void {
  const navigate = useNavigate()
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return
    const open = ({ data }: MessageEvent) => {
      const path: unknown = data?.open
      if (typeof path === 'string' && path.startsWith('/')) void navigate({ href: path })
    }
    navigator.serviceWorker.addEventListener('message', open)
    return () => navigator.serviceWorker.removeEventListener('message', open)
  }, [navigate])
}

/** Whoever has the conversation before their eyes has seen what they were told of it. */
function useReadWhatIsOpen(openId: string | null, hasUnread: boolean): void {
  const { mutate } = useMarkRead()
  useEffect(() => {
    if (!openId || !hasUnread) return
    const read = () => {
      if (document.visibilityState === 'visible' && document.hasFocus()) mutate({ conversationId: openId })
    }
    read()
    window.addEventListener('focus', read)
    return () => window.removeEventListener('focus', read)
  }, [openId, hasUnread, mutate])
}
