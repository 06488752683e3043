/** The live transcript: what was said with its time, what is being said in gray, functions, coaching and what happened to the call. */
import type { Call, Conversation } from '@earshot/contracts'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../app/problem.ts'
import { useReading } from '../../conversations/thread/reading.tsx'
import { ThreadSkeleton } from '../../conversations/thread/ThreadSkeleton.tsx'
import { useEntries } from '../../conversations/thread/use-entries.ts'
import { Unread } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { usePartials } from '../partials.ts'
import { LineRow } from './LineRow.tsx'
import { PartialRow } from './PartialRow.tsx'
import { type Timeline, timelineOf } from './timeline.ts'

type Props = { call: Call; conversation: Conversation }

const NOTHING: Timeline = { lines: [], said: new Set() }
/** This near to the end, the reader follows it. */
const FOLLOWS_PX = 80

export function CallTranscript({ call, conversation }: Props) {
  const { t } = useTranslation('calls')
  const { query, entries, reading } = useEntries(conversation.id, conversation.lastPosition)
  const { lines, said } = useMemo(() => (entries ? timelineOf(entries.entries, call) : NOTHING), [entries, call])
  const saying = usePartials(conversation.id, said)
  // What nobody finished is not said any more.
  const partials = call.state === 'ended' ? [] : saying
  const { scroller, content, atEnd, missed, toEnd, onScroll } = useFollowEnd(lines.length)
  useGoTo(scroller, reading.reach)
  if (!entries) {
    return query.isError ? (
      <div className="grow threadbox" role="alert">
        <EmptyState
          art="search"
          title={problemText(query.error)}
          actions={<Button onClick={() => void query.refetch()}>{t('retry')}</Button>}
        />
      </div>
    ) : (
      <ThreadSkeleton />
    )
  }
  return (
    <div className="grow threadbox">
      <section
        className="thread calllog"
        ref={scroller}
        onScroll={onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
        tabIndex={0}
        aria-label={t('transcript.label')}
      >
        <div className="callend" ref={content}>
          {entries.hasMore && (
            <div className="earlier">
              <Button
                size="sm"
                variant="quiet"
                icon={ChevronUp}
                busy={reading.loadingOlder}
                onClick={() => void reading.loadOlder()}
              >
                {t('transcript.earlier')}
              </Button>
            </div>
          )}
          {lines.length === 0 && partials.length === 0 && <p className="none callquiet">{t('transcript.none')}</p>}
          <div
            role="log"
            aria-live={atEnd ? 'polite' : 'off'}
            aria-relevant="additions"
            aria-label={t('transcript.label')}
          >
            {lines.map((line) => (
              <LineRow key={line.key} line={line} call={call} conversation={conversation} />
            ))}
          </div>
          {/* Beside the log: words that still change are not said aloud one by one. */}
          {partials.map((partial) => (
            <PartialRow key={partial.utterance} partial={partial} call={call} contact={conversation.contact.name} />
          ))}
        </div>
      </section>
      {!atEnd && (
        <button type="button" className="jump" onClick={toEnd}>
          <Icon of={ArrowDown} size="xs" />
          {t('transcript.latest')}
          <Unread count={missed} label={t('transcript.new', { count: missed })} />
        </button>
      )}
    </div>
  )
}

/** Stays at the end while the reader does; else counts what came. */
function useFollowEnd(count: number) {
  const scroller = useRef<HTMLElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const [atEnd, setAtEnd] = useState(true)
  const [seen, setSeen] = useState(count)
  if (atEnd && seen !== count) setSeen(count)
  const toEnd = () => {
    const box = scroller.current
    if (!box) return
    follows.current = true
    setAtEnd(true)
    box.scrollTop = box.scrollHeight
  }
  const isReady = count > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first lines begin at their end
  useLayoutEffect(() => {
    const box = scroller.current
    if (box && follows.current) box.scrollTop = box.scrollHeight
  }, [isReady])
  useEffect(() => {
    const box = scroller.current
    const inside = content.current
    if (!box || !inside) return
    const observer = new ResizeObserver(() => {
      if (follows.current) box.scrollTop = box.scrollHeight
    })
    observer.observe(inside)
    observer.observe(box)
    return () => observer.disconnect()
  })
  const onScroll = ({ currentTarget: box }: { currentTarget: HTMLElement }) => {
    follows.current = box.scrollHeight - box.scrollTop - box.clientHeight < FOLLOWS_PX
    setAtEnd(follows.current)
  }
  return { scroller, content, atEnd, missed: Math.max(0, count - seen), toEnd, onScroll }
}

/** A quoted line is brought into sight. */
function useGoTo(scroller: React.RefObject<HTMLElement | null>, reach: (position: number) => Promise<boolean>): void {
  const { at, leavePlace } = useReading()
  const latest = useRef({ reach, leavePlace })
  latest.current = { reach, leavePlace }
  useEffect(() => {
    if (at === undefined) return
    void latest.current.reach(at).then(() => {
      requestAnimationFrame(() => {
        scroller.current?.querySelector(`#entry-${at}`)?.scrollIntoView({ block: 'center' })
        latest.current.leavePlace()
      })
    })
  }, [at, scroller])
}
