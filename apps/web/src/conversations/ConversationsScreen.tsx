/** The conversations workspace: list, transcript, intelligence. */
import { usePrefetchInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useTitle } from '../app/title.ts'
import { ContactPanel } from '../contact/ContactPanel.tsx'
import { EmptyState, SkeletonRows } from '../ui/States.tsx'
import { findRow } from './cache.ts'
import { ConversationList } from './list/ConversationList.tsx'
import { contactName } from './names.ts'
import { conversationQuery, listQuery } from './queries.ts'
import { Failed, Thread } from './thread/Thread.tsx'
import { ThreadSkeleton } from './thread/ThreadSkeleton.tsx'
import { useAddress, useLayout, useListFilter } from './use-address.ts'

const TableScreen = lazy(() => import('./table/TableScreen.tsx'))

/** One query, two drawings of it. */
export function ConversationsScreen(): ReactNode {
  const layout = useLayout()
  // The rows are asked for while it is still being asked how to draw them.
  usePrefetchInfiniteQuery(listQuery(useListFilter()))
  if (layout === undefined) return <SkeletonRows rows={9} />
  if (layout === 'split') return <SplitScreen />
  return (
    <Suspense fallback={<SkeletonRows rows={14} />}>
      <TableScreen />
    </Suspense>
  )
}

function SplitScreen() {
  const { t } = useTranslation('conversations')
  const { id, search } = useAddress()
  const pane = id === undefined ? 'list' : (search.pane ?? 'thread')
  return (
    <div className="split" data-pane={pane}>
      <ConversationList />
      {id === undefined ? <NothingOpen title={t('title')} /> : <Open id={id} />}
    </div>
  )
}

function Open({ id }: { id: string }) {
  const cache = useQueryClient()
  const { t } = useTranslation('conversations')
  // A row of the list is a full reading of the conversation: the head stands at once.
  const query = useQuery({ ...conversationQuery(cache, id), placeholderData: () => findRow(cache, id) })
  const conversation = query.data
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
        {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : <ThreadSkeleton />}
      </section>
      <aside className="icol" aria-label={t('panel.label')} />
    </>
  )
}

function NothingOpen({ title }: { title: string }) {
  const { t } = useTranslation('conversations')
  useTitle(title)
  return (
    <>
      <section className="tcol" aria-label={t('nothingOpen.title')}>
        <EmptyState art="wave" title={t('nothingOpen.title')} text={t('nothingOpen.text')} />
      </section>
      <aside className="icol" aria-label={t('panel.label')} />
    </>
  )
}
