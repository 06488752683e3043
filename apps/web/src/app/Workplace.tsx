/** The signed-in app: the shell with what the screens put into it, and the feed that keeps them true. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { QueueLinks, UnreadLink } from '../conversations/QueueLinks.tsx'
import { SavedViewLinks } from '../conversations/views/SavedViewLinks.tsx'
import { DialogHost } from '../exports/DialogHost.tsx'
import { JobTray } from '../work/JobTray.tsx'
import { NoWorkspacePage } from './ErrorPages.tsx'
import { useFollowFeed } from './follow-feed.ts'
import { useLiveFeed } from './live-feed.ts'
import { loadLate } from './load-late.ts'
import { Shell } from './Shell.tsx'
import { isComplete, meQuery } from './session.ts'

const CallsHost = lazy(() => loadLate(() => import('../calls/CallsHost.tsx')))
const InboxHost = lazy(() => loadLate(() => import('../inbox/InboxHost.tsx')))

export function Workplace() {
  const { data: me } = useSuspenseQuery(meQuery)
  if (!isComplete(me)) return <NoWorkspacePage email={me.user?.email ?? ''} />
  return <SignedIn />
}

function SignedIn() {
  useLiveFeed()
  useFollowFeed()
  return (
    <>
      <Shell queues={<QueueLinks />} lists={<UnreadLink />} views={<SavedViewLinks />} />
      <JobTray />
      <DialogHost />
      <Suspense>
        <InboxHost />
      </Suspense>
      <Suspense>
        <CallsHost />
      </Suspense>
    </>
  )
}
