/** The conversations workspace: list, transcript, intelligence. */

import { usePrefetchInfiniteQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { loadLate } from '../app/load-late.ts'
import { onceIdle } from '../app/once-idle.ts'
import { useTitle } from '../app/title.ts'
import { EmptyState, SkeletonRows } from '../ui/States.tsx'
import { ConversationList } from './list/ConversationList.tsx'
import { listQuery } from './queries.ts'
import { ThreadSkeleton } from './thread/ThreadSkeleton.tsx'
import { useAddress, useLayout, useListFilter } from './use-address.ts'

// What writes and reads a conversation is most of the script: a list comes without it.
const loadOpen = () => loadLate(() => import('./OpenConversation.tsx'))
const OpenConversation = lazy(loadOpen)
const TableScreen = lazy(() => loadLate(() => import('./table/TableScreen.tsx')))

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
  useEffect(() => onceIdle(() => void loadOpen().catch(() => {})), [])
  const pane = id === undefined ? 'list' : (search.pane ?? 'thread')
  return (
    <div className="split" data-pane={pane}>
      <ConversationList />
      {id === undefined ? (
        <NothingOpen title={t('title')} />
      ) : (
        <Suspense fallback={<OnItsWay />}>
          <OpenConversation id={id} />
        </Suspense>
      )}
    </div>
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

function OnItsWay() {
  const { t } = useTranslation('conversations')
  return (
    <>
      <section className="tcol" aria-label={t('title')}>
        <ThreadSkeleton />
      </section>
      <aside className="icol" aria-label={t('panel.label')} />
    </>
  )
}
