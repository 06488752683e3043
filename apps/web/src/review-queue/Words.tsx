/** What was said: who it was, why it was picked, the shape of it, and every line. */
import type { Conversation, ReviewQueueItem } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import ExternalLink from 'lucide-react/icons/external-link'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Heard } from '../calls/recorded/Heard.tsx'
import { readEntries } from '../conversations/live.ts'
import { agentName, contactName } from '../conversations/names.ts'
import { reviewQuery } from '../conversations/queries.ts'
import { Minimap } from '../conversations/thread/Minimap.tsx'
import { Failed } from '../conversations/thread/Thread.tsx'
import { ThreadSkeleton } from '../conversations/thread/ThreadSkeleton.tsx'
import { Transcript } from '../conversations/thread/Transcript.tsx'
import { useEntries } from '../conversations/thread/use-entries.ts'
import { useFind } from '../conversations/thread/use-find.ts'
import { Badge } from '../ui/Badge.tsx'
import { Icon } from '../ui/Icon.tsx'
import { readerLocale } from '../ui/reader-locale.ts'
import { allWords } from './reason-words.ts'

type Props = { conversation: Conversation; item: ReviewQueueItem }

const begun = new Intl.DateTimeFormat(readerLocale(), {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
})

export function Words({ conversation, item }: Props) {
  const { t } = useTranslation('judging')
  return (
    <section className="tcol" aria-label={t('queue.conversation')}>
      <Head conversation={conversation} item={item} />
      {conversation.hasAudio && <Heard conversation={conversation} />}
      <Log conversation={conversation} />
    </section>
  )
}

function Head({ conversation, item }: Props) {
  const { t } = useTranslation('judging')
  const { t: tc } = useTranslation('conversations')
  const heading = useRef<HTMLHeadingElement>(null)
  // The next one is announced, and the reader begins at its top.
  useEffect(() => heading.current?.focus(), [])
  const sub = [
    agentName(conversation, tc),
    conversation.flow?.name,
    tc(`channel.${conversation.channel.kind}`),
    begun.format(new Date(conversation.startedAt)),
  ]
  return (
    <header className="thead">
      <div className="who">
        <h2 className="title tr" dir="auto" ref={heading} tabIndex={-1}>
          {contactName(conversation.contact, tc)}
        </h2>
        <div className="small t3 tr">{sub.filter(Boolean).join(' · ')}</div>
        <div className="only-s small t2">{t('queue.picked', { reasons: allWords(item.why, t) })}</div>
      </div>
      <Badge tone="warn" className="hide-s review-picked">
        <span className="tr">{t('queue.picked', { reasons: allWords(item.why, t) })}</span>
      </Badge>
      <Link
        className="ib"
        to="/conversations/$id/full"
        params={{ id: conversation.id }}
        aria-label={t('queue.open')}
        title={t('queue.open')}
      >
        <Icon of={ExternalLink} />
      </Link>
    </header>
  )
}

function Log({ conversation }: { conversation: Conversation }) {
  const find = useFind(conversation, undefined)
  const { data: review } = useQuery(reviewQuery(conversation))
  const { query, entries, reading } = useEntries(conversation.id, conversation.lastPosition)
  useEffect(() => {
    if (entries) readEntries(conversation.id, entries.entries)
  }, [conversation.id, entries])
  if (!entries)
    return query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : <ThreadSkeleton />
  return (
    <>
      <Minimap conversation={conversation} entries={entries.entries} review={review} />
      <Transcript conversation={conversation} entries={entries} review={review} find={find} reading={reading} />
    </>
  )
}
