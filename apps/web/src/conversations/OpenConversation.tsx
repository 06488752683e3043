/** The open conversation of the split: its thread, and what is known beside it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useTitle } from '../app/title.ts'
import { ContactPanel } from '../contact/ContactPanel.tsx'
import { findRow } from './cache.ts'
import { contactName } from './names.ts'
import { conversationQuery } from './queries.ts'
import { Failed, Thread } from './thread/Thread.tsx'
import { ThreadSkeleton } from './thread/ThreadSkeleton.tsx'
import { useFollowMerged } from './use-follow-merged.ts'

export default function OpenConversation({ id }: { id: string }) {
  const cache = useQueryClient()
  const { t } = useTranslation('conversations')
  // A row of the list is a full reading of the conversation: the head stands at once.
  const query = useQuery({ ...conversationQuery(cache, id), placeholderData: () => findRow(cache, id) })
  const conversation = query.data
  const isMoving = useFollowMerged(query.error)
  useTitle(conversation ? contactName(conversation.contact, t) : t('title'))
  if (conversation && !query.isError) {
    return (
      <>
        <Thread conversation={conversation} />
        <ContactPanel conversation={conversation} />
      </>
    )
  }
  return (
    <>
      <section className="tcol" aria-label={t('title')}>
        {query.isError && !isMoving ? (
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <ThreadSkeleton />
        )}
      </section>
      <aside className="icol" aria-label={t('panel.label')} />
    </>
  )
}
