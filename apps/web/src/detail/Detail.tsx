/** One conversation in full: head, tabs, what is always known beside them, and the questions over all. */
import '../conversations/texts.ts'
import type { Conversation } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFollow } from '../app/live-feed.ts'
import { useShortcuts } from '../app/shortcuts.ts'
import { useTitle } from '../app/title.ts'
import { Heard } from '../calls/recorded/Heard.tsx'
import { ClientData } from '../client-data/ClientData.tsx'
import { findRow } from '../conversations/cache.ts'
import { ControlDialogs } from '../conversations/control/Dialogs.tsx'
import { type Question, QuestionContext } from '../conversations/control/dialog-context.ts'
import { contactName } from '../conversations/names.ts'
import { conversationQuery } from '../conversations/queries.ts'
import { ReadingPlace } from '../conversations/thread/reading.tsx'
import { Failed } from '../conversations/thread/Thread.tsx'
import { ThreadSkeleton } from '../conversations/thread/ThreadSkeleton.tsx'
import { useRememberOpened } from '../conversations/thread/use-remember-opened.ts'
import { useFollowMerged } from '../conversations/use-follow-merged.ts'
import { DetailHead } from './DetailHead.tsx'
import { DetailTabs, panelId, type Tab, tabId } from './DetailTabs.tsx'
import type { Frame } from './frame.ts'
import { Metadata } from './Metadata.tsx'
import { Overview } from './Overview.tsx'
import { Transcription } from './Transcription.tsx'
import { useDetailPlace } from './use-detail-place.ts'

type Props = {
  id: string
  frame: Frame
  at?: number
  query?: string
  onLeave: () => void
  onPrevious?: () => void
  onNext?: () => void
}

export function Detail({ id, at, query, ...frame }: Props) {
  const cache = useQueryClient()
  const { t } = useTranslation('conversations')
  const { t: td } = useTranslation('detail')
  // A row of the list is a full reading of the conversation: everything but its words stands at once.
  const read = useQuery({ ...conversationQuery(cache, id), placeholderData: () => findRow(cache, id) })
  const conversation = read.data
  const isMoving = useFollowMerged(read.error)
  const place = useDetailPlace(id, at)
  useFollow([id])
  useTitle(conversation ? contactName(conversation.contact, t) : t('title'))
  // Without a head to do it, the way out is still a key.
  useShortcuts(
    conversation && !read.isError ? [] : [{ keys: 'Esc', group: 'move', label: td('keys.leave'), run: frame.onLeave }],
  )
  if (!conversation || read.isError) {
    return read.isError && !isMoving ? (
      <Failed error={read.error} onRetry={() => void read.refetch()} />
    ) : (
      <ThreadSkeleton />
    )
  }
  return (
    <ReadingPlace value={place.reading}>
      <Whole conversation={conversation} query={query} tab={place.tab} onTab={place.setTab} {...frame} />
    </ReadingPlace>
  )
}

type WholeProps = Omit<Props, 'id' | 'at'> & { conversation: Conversation; tab: Tab; onTab: (tab: Tab) => void }

function Whole({ conversation, query, tab, onTab, frame, onLeave, onPrevious, onNext }: WholeProps) {
  const { t } = useTranslation('detail')
  const [question, setQuestion] = useState<Question>(null)
  useRememberOpened(conversation.id)
  return (
    <QuestionContext value={setQuestion}>
      <DetailHead {...{ conversation, frame, onLeave, onPrevious, onNext, tab, onTab }} />
      <Heard conversation={conversation} key={conversation.id} />
      <div className="dgrid" data-tab={tab}>
        <div className="dmain">
          <DetailTabs conversation={conversation} tab={tab} onTab={onTab} />
          <div className={`dpane ${tab}`} role="tabpanel" id={panelId(tab)} aria-labelledby={tabId(tab)}>
            {tab === 'overview' && <Overview conversation={conversation} key={conversation.id} />}
            {tab === 'client' && <ClientData conversationId={conversation.id} key={conversation.id} />}
            {tab === 'transcription' && (
              <Transcription conversation={conversation} searched={query} key={conversation.id} />
            )}
          </div>
        </div>
        <aside className="dside" aria-label={t('metadata')}>
          <Metadata conversation={conversation} />
        </aside>
      </div>
      <ControlDialogs conversation={conversation} question={question} onClose={() => setQuestion(null)} />
    </QuestionContext>
  )
}
