/** The transcript: lines of the log, what is being said right now, and the way back to the end. */
import type { Entries } from '@earshot/client'
import type { Conversation, Review } from '@earshot/contracts'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Unread } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { usePendingMessages } from '../composer/outbox.ts'
import { Lines } from './Lines.tsx'
import { LiveTail } from './LiveTail.tsx'
import { linesOf, messagesAfter } from './lines.ts'
import { PendingTurn } from './PendingTurn.tsx'
import type { Find } from './use-find.ts'
import { useJump } from './use-jump.ts'
import { useMarks } from './use-marks.ts'
import { useMarkRead, useNewAfter } from './use-read-mark.ts'
import { useTranscriptScroll } from './use-transcript-scroll.ts'

type Props = {
  conversation: Conversation
  entries: Entries
  review: Review | null | undefined
  loadOlder: () => Promise<boolean>
  loadingOlder: boolean
  olderFailed: boolean
  reach: (position: number) => Promise<boolean>
  find: Find
}

export function Transcript({
  conversation,
  entries: held,
  review,
  loadOlder,
  loadingOlder,
  olderFailed,
  reach,
  find,
}: Props) {
  const { t } = useTranslation('conversations')
  const { entries, hasMore } = held
  const scroller = useRef<HTMLElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const newAfter = useNewAfter(conversation)
  const lines = useMemo(() => linesOf(entries, newAfter), [entries, newAfter])
  const onNearTop = () => {
    if (hasMore && !olderFailed) void loadOlder()
  }
  const firstPosition = entries[0]?.position ?? 0
  const { atEnd, onScroll, toEnd, leaveEnd } = useTranscriptScroll({
    scroller,
    content,
    id: conversation.id,
    firstPosition,
    onNearTop,
  })
  useMarkRead(conversation, atEnd)
  useJump(scroller, reach, leaveEnd)
  useMarks(content, find.open ? find.query : '', find.hits[find.index] ?? null)
  const pending = usePendingMessages(conversation.id, entries)
  const missed = useMissed(held, atEnd)
  return (
    <div className="grow threadbox">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <section className="thread" ref={scroller} onScroll={onScroll} tabIndex={0} aria-label={t('transcript')}>
        <div className="lines" ref={content}>
          {hasMore && <Earlier busy={loadingOlder} failed={olderFailed} onMore={() => void loadOlder()} />}
          <div
            className="lines"
            role="log"
            aria-live={loadingOlder ? 'off' : 'polite'}
            aria-relevant="additions"
            aria-label={t('messages')}
          >
            <Lines lines={lines} conversation={conversation} review={review} />
          </div>
          {pending.map((message) => (
            <PendingTurn message={message} key={message.key} />
          ))}
          <LiveTail conversation={conversation} />
        </div>
      </section>
      {!atEnd && (
        <button type="button" className="jump" onClick={() => toEnd(true)}>
          <Icon of={ArrowDown} size="xs" />
          {t('jumpToLatest')}
          <Unread count={missed} label={t('newMessages', { count: missed })} />
        </button>
      )}
    </div>
  )
}

/** How many messages came since the reader left the end. */
function useMissed({ conversationId, entries }: Entries, atEnd: boolean): number {
  const last = entries.at(-1)?.position ?? 0
  const [seen, setSeen] = useState({ conversationId, position: last })
  const stale = seen.conversationId !== conversationId || (atEnd && seen.position !== last)
  if (stale) setSeen({ conversationId, position: last })
  return atEnd ? 0 : messagesAfter(entries, seen.position)
}

function Earlier({ busy, failed, onMore }: { busy: boolean; failed: boolean; onMore: () => void }) {
  const { t } = useTranslation('conversations')
  return (
    <div className="earlier">
      <Button size="sm" variant="quiet" icon={ChevronUp} busy={busy} onClick={onMore}>
        {t(failed ? 'earlierFailed' : 'showEarlier')}
      </Button>
    </div>
  )
}
