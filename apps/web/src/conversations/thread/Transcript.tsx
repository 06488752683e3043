/** The transcript: lines of the log, what is being said right now, and the way back to the end. */
import { type Entries, MOST_HELD } from '@earshot/client'
import type { Conversation, Review } from '@earshot/contracts'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Unread } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { usePendingMessages } from '../composer/outbox.ts'
import { Lines } from './Lines.tsx'
import { LiveTail } from './LiveTail.tsx'
import { messagesAfter } from './lines.ts'
import { PendingTurn } from './PendingTurn.tsx'
import type { EntriesReading } from './use-entries.ts'
import type { Find } from './use-find.ts'
import { useJump } from './use-jump.ts'
import { useMarks } from './use-marks.ts'
import { useMarkRead, useNewAfter } from './use-read-mark.ts'
import { useRows } from './use-rows.ts'
import { useTranscriptScroll } from './use-transcript-scroll.ts'

/** More than is held at most comes by following for long; it is let go so many at a time. */
const SLACK = 200

type Props = {
  conversation: Conversation
  entries: Entries
  review: Review | null | undefined
  reading: EntriesReading
  find: Find
}

export function Transcript({ conversation, entries: held, review, reading, find }: Props) {
  const { t } = useTranslation('conversations')
  const { entries, hasMore, hasNewer } = held
  const { loadOlder, loadNewer, loadingOlder, olderFailed, reach, reachEnd, letGo } = reading
  const scroller = useRef<HTMLElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const rows = useRows({ scroller, list, entries: held, newAfter: useNewAfter(conversation) })
  const onNearTop = () => {
    if (hasMore && !olderFailed) void loadOlder()
  }
  const onNearEnd = () => {
    if (hasNewer && !olderFailed) void loadNewer()
  }
  const scroll = useTranscriptScroll({ scroller, content, id: conversation.id, rows, hasNewer, onNearTop, onNearEnd })
  const { atEnd, onScroll, toEnd, leaveEnd } = scroll
  useMarkRead(conversation, atEnd)
  useJump({ scroller, rows, reach, leaveEnd })
  useMarks(content, { ...find.ways, query: find.open ? find.query : '', current: find.hits[find.index] ?? null })
  const pending = usePendingMessages(conversation.id, entries)
  const missed = useMissed(held, atEnd)
  const goToEnd = async () => {
    const wasAway = hasNewer
    if (await reachEnd()) requestAnimationFrame(() => toEnd(!wasAway))
  }
  useEndOnSending(pending.length, hasNewer, goToEnd)
  useEffect(() => {
    if (atEnd && entries.length > MOST_HELD + SLACK) letGo()
  }, [atEnd, entries.length, letGo])
  return (
    <div className="grow threadbox">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <section className="thread" ref={scroller} onScroll={onScroll} tabIndex={0} aria-label={t('transcript')}>
        <div className="lines" ref={content}>
          {hasMore && <Earlier busy={loadingOlder} failed={olderFailed} onMore={() => void loadOlder()} />}
          <div
            className="lines"
            ref={list}
            role="log"
            // What is drawn because it was scrolled to is not said.
            aria-live={loadingOlder || !atEnd ? 'off' : 'polite'}
            aria-relevant="additions"
            aria-label={t('messages')}
            style={{ paddingTop: rows.above, paddingBottom: rows.below }}
          >
            <Lines rows={rows} conversation={conversation} review={review} />
          </div>
          {!hasNewer && (
            <>
              {pending.map((message) => (
                <PendingTurn message={message} key={message.key} />
              ))}
              <LiveTail conversation={conversation} />
            </>
          )}
        </div>
      </section>
      {!atEnd && (
        <button type="button" className="jump" onClick={() => void goToEnd()}>
          <Icon of={ArrowDown} size="xs" />
          {t('jumpToLatest')}
          <Unread count={missed} label={t('newMessages', { count: missed })} />
        </button>
      )}
      <span className="sr" role="status">
        {!atEnd && missed > 0 && t('newMessages', { count: missed })}
      </span>
    </div>
  )
}

/** What is sent from the middle of a log is seen at its end. */
function useEndOnSending(sending: number, hasNewer: boolean, goToEnd: () => Promise<void>): void {
  const latest = useRef(goToEnd)
  latest.current = goToEnd
  useEffect(() => {
    if (sending > 0 && hasNewer) void latest.current()
  }, [sending, hasNewer])
}

/** How many messages came since the reader left the end. */
function useMissed({ conversationId, entries, hasNewer, knownLast }: Entries, atEnd: boolean): number {
  const last = entries.at(-1)?.position ?? 0
  const [seen, setSeen] = useState({ conversationId, position: last })
  const stale = seen.conversationId !== conversationId || (atEnd && seen.position !== last)
  if (stale) setSeen({ conversationId, position: last })
  if (atEnd) return 0
  return hasNewer ? Math.max(0, knownLast - seen.position) : messagesAfter(entries, seen.position)
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
