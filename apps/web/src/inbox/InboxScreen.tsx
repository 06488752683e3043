/** The inbox: who waits for a person, with clocks and briefs; an item opens as the same conversation as everywhere. */
import './texts.ts'
import type { QueueItem } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { loadLate } from '../app/load-late.ts'
import { useMay, useSession } from '../app/session.ts'
import { useTitle } from '../app/title.ts'
import { useCallIds } from '../calls/incoming/use-waiting-calls.ts'
import { ThreadSkeleton } from '../conversations/thread/ThreadSkeleton.tsx'
import { useMediaQuery } from '../conversations/use-media-query.ts'
import { Board } from './Board.tsx'
import { BriefAside } from './BriefAside.tsx'
import { countsOf, groupsOf } from './groups.ts'
import { QUEUES, type QueueTab } from './inbox-search.ts'
import { PresenceButton } from './PresenceButton.tsx'
import { QueueList } from './QueueList.tsx'
import { queueQuery } from './queue-cache.ts'
import { useCoarseNow } from './use-now.ts'

const OpenConversation = lazy(() => loadLate(() => import('../conversations/OpenConversation.tsx')))

export function InboxScreen() {
  const { t } = useTranslation('inbox')
  const { id } = useParams({ strict: false })
  const { queue: tab = 'needs', pane } = useSearch({ from: '/work/inbox' })
  const items = useQuery(queueQuery)
  useTitle(t('title'))
  return (
    <>
      <Bar tab={tab} items={items.data} />
      <Loaded query={items} rows={7}>
        {(all) => (id ? <WithOpen id={id} pane={pane} tab={tab} all={all} /> : <Whole tab={tab} all={all} />)}
      </Loaded>
    </>
  )
}

function Bar({ tab, items }: { tab: QueueTab; items: readonly QueueItem[] | undefined }) {
  const { t } = useTranslation('inbox')
  const { member } = useSession()
  const maySupervise = useMay('supervisor')
  const mayAct = useMay('operator')
  const calling = useCallIds()
  const counts = items && countsOf(items, member.id, calling)
  return (
    <div className="bar inbox-bar">
      <h1 className="title">{t('title')}</h1>
      <nav className="pills grow" aria-label={t('tabs')}>
        {QUEUES.filter((one) => one !== 'board' || maySupervise).map((one) => (
          <Link key={one} to="/inbox" search={{ queue: one }} aria-current={one === tab ? 'true' : undefined}>
            {t(`tab.${one}`)}
            {one !== 'board' && counts && <span className="c">{counts[one]}</span>}
          </Link>
        ))}
      </nav>
      {mayAct && <PresenceButton />}
    </div>
  )
}

type Part = { tab: QueueTab; all: QueueItem[] }

function useQueue({ tab, all }: Part) {
  const { member } = useSession()
  const now = useCoarseNow()
  const mayAct = useMay('operator')
  const maySupervise = useMay('supervisor')
  const calling = useCallIds()
  return { groups: groupsOf(all, tab, member.id, now, calling), memberId: member.id, mayAct, maySupervise }
}

function Whole({ tab, all }: Part) {
  const { groups, memberId, mayAct, maySupervise } = useQueue({ tab, all })
  const [chosen, setChosen] = useState<string>()
  const wide = useMediaQuery('(min-width: 1181px)')
  if (tab === 'board') return <Board items={all} />
  const rows = groups.flatMap(({ items }) => items)
  const selected = rows.find(({ conversationId }) => conversationId === chosen) ?? rows[0]
  return (
    <div className="inbox">
      <QueueList
        key={tab}
        groups={groups}
        all={all}
        tab={tab}
        memberId={memberId}
        mayAct={mayAct}
        selected={selected?.conversationId}
        openId={undefined}
        onSelect={setChosen}
        selectFirst={wide}
      />
      {wide && <BriefAside item={selected} tab={tab} memberId={memberId} mayAct={mayAct} maySupervise={maySupervise} />}
    </div>
  )
}

const nothing = () => {}

function WithOpen({ id, pane, tab, all }: Part & { id: string; pane: 'details' | undefined }) {
  const { t } = useTranslation('conversations')
  const { groups, memberId, mayAct } = useQueue({ tab: tab === 'board' ? 'needs' : tab, all })
  return (
    <div className="split" data-pane={pane ?? 'thread'}>
      <section className="lcol">
        <QueueList
          key={tab}
          groups={groups}
          all={all}
          tab={tab}
          memberId={memberId}
          mayAct={mayAct}
          selected={id}
          openId={id}
          onSelect={nothing}
          selectFirst={false}
        />
      </section>
      <Suspense
        fallback={
          <section className="tcol" aria-label={t('title')}>
            <ThreadSkeleton />
          </section>
        }
      >
        <OpenConversation id={id} />
      </Suspense>
    </div>
  )
}
