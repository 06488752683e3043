/** One offer: who asks, why, how long it stands. A accepts, D declines; the focus stays where it is. */
import type { QueueItem } from '@earshot/contracts'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../app/shortcuts.ts'
import { codeWords } from '../conversations/code-words.ts'
import { ContactAvatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { ChannelMark } from '../ui/ChannelMark.tsx'
import { clockTime } from '../ui/relative-time.ts'
import { announce } from './announce.ts'
import { useTick } from './tick.ts'
import { useContactName } from './use-contact-name.ts'
import { useQueueCommands } from './use-queue-commands.ts'

type Props = { item: QueueItem & { offer: NonNullable<QueueItem['offer']> } }

export function OfferCard({ item }: Props) {
  const { t } = useTranslation(['inbox', 'conversations'])
  const navigate = useNavigate()
  const { conversation, offer, reason } = item
  const { accept, decline } = useQueueCommands(
    conversation,
    () => void navigate({ to: '/inbox/$id', params: { id: conversation.id }, search: { queue: 'mine' } }),
  )
  const name = useContactName(conversation.contact)
  const busy = accept.isPending || decline.isPending
  const take = () => {
    if (!busy) accept.mutate()
  }
  const pass = () => {
    if (!busy) decline.mutate()
  }
  useEffect(() => announce(t('offer.announce', { name })), [t, name])
  useShortcuts([
    { keys: 'A', group: 'act', label: t('offer.accept'), run: take },
    { keys: 'D', group: 'act', label: t('offer.decline'), run: pass },
  ])
  return (
    <article className="offer">
      <div className="row g5 t">
        <ContactAvatar
          name={conversation.contact.name}
          size="md"
          corner={<ChannelMark kind={conversation.channel.kind} />}
        />
        <div className="grow">
          <div className="strong" dir="auto">
            {t('offer.title', { name })}
          </div>
          <div className="small t2 offer-why" dir="auto">
            {reason ? codeWords('reason', reason) : t('reasonNone')}
          </div>
          <div className="small t3 tr">
            {t('offer.waiting', { channel: conversation.channel.name, at: clockTime(new Date(item.requestedAt)) })}
          </div>
        </div>
        <Left until={offer.until} />
      </div>
      <TimeBar at={offer.at} until={offer.until} />
      <div className="row">
        <Button variant="primary" keys="A" busy={accept.isPending} onClick={take}>
          {t('offer.accept')}
        </Button>
        <Button keys="D" busy={decline.isPending} onClick={pass}>
          {t('offer.decline')}
        </Button>
      </div>
    </article>
  )
}

function Left({ until }: { until: string }) {
  const { t } = useTranslation('inbox')
  const text = useRef<HTMLSpanElement>(null)
  useTick((now) => {
    if (text.current) text.current.textContent = t('offer.left', { count: secondsLeft(until, now) })
  })
  return <span className="num strong" role="timer" ref={text} />
}

function TimeBar({ at, until }: { at: string; until: string }) {
  const bar = useRef<HTMLElement>(null)
  useTick((now) => {
    const whole = Math.max(1, Date.parse(until) - Date.parse(at))
    const part = Math.min(1, Math.max(0, Date.parse(until) - now) / whole)
    if (bar.current) bar.current.style.transform = `scaleX(${part})`
  })
  return (
    <div className="offer-time" aria-hidden>
      <i ref={bar} />
    </div>
  )
}

export const secondsLeft = (until: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(until) - now) / 1000))
