/** What was said, and by a switch everything else that happened; with the box to write in below. */
import type { Conversation, Entry } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Search from 'lucide-react/icons/search'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Composer } from '../conversations/composer/Composer.tsx'
import { usePendingMessages } from '../conversations/composer/outbox.ts'
import { readEntries } from '../conversations/live.ts'
import { reviewQuery } from '../conversations/queries.ts'
import { FindBar } from '../conversations/thread/FindBar.tsx'
import { Minimap } from '../conversations/thread/Minimap.tsx'
import { useReading } from '../conversations/thread/reading.tsx'
import { Failed } from '../conversations/thread/Thread.tsx'
import { ThreadSkeleton } from '../conversations/thread/ThreadSkeleton.tsx'
import { Transcript } from '../conversations/thread/Transcript.tsx'
import { useEntries } from '../conversations/thread/use-entries.ts'
import { useFind } from '../conversations/thread/use-find.ts'
import { IconButton } from '../ui/Button.tsx'
import { Switch } from '../ui/Choice.tsx'

/** With fewer messages than this on the screen, older ones are read at once. */
const ENOUGH = 20

type Props = {
  conversation: Conversation
  /** What was searched for on the way here. */
  searched: string | undefined
}

export function Transcription({ conversation, searched }: Props) {
  const { t } = useTranslation('detail')
  const { data: review } = useQuery(reviewQuery(conversation))
  const { query, entries, reading } = useEntries(conversation.id, conversation.lastPosition)
  const find = useFind(conversation, searched)
  const [everything, setEverything] = useState(false)
  useEffect(() => {
    if (entries) readEntries(conversation.id, entries.entries)
  }, [conversation.id, entries])
  const shown = useMemo(
    () => entries && (everything ? entries : { ...entries, entries: entries.entries.filter(isSaid) }),
    [entries, everything],
  )
  useRevealing(conversation.id, entries?.entries ?? [], setEverything)
  const { loadOlder, loadingOlder, olderFailed } = reading
  const short = shown?.hasMore && !shown.hasNewer && shown.entries.length < ENOUGH
  useEffect(() => {
    if (short && !loadingOlder && !olderFailed) void loadOlder()
  }, [short, loadingOlder, olderFailed, loadOlder])
  return (
    <>
      <div className="row dtools">
        <Switch label={t('everything')} checked={everything} onChange={setEverything} />
        <span className="small t2 grow">{t('everything')}</span>
        <IconButton label={t('keys.find')} keys="Ctrl F" icon={Search} onClick={find.show} pressed={find.open} />
      </div>
      <FindBar find={find} />
      {shown && entries ? (
        <>
          <Minimap conversation={conversation} entries={entries.entries} hasNewer={entries.hasNewer} review={review} />
          <Transcript conversation={conversation} entries={shown} review={review} find={find} reading={reading} />
        </>
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ThreadSkeleton />
      )}
      <Composer conversation={conversation} />
    </>
  )
}

const isSaid = (entry: Entry) => entry.kind === 'message'

/** A place that leads to a note or a function call, or a note being written here, shows what was folded away. */
function useRevealing(id: string, entries: readonly Entry[], setEverything: (on: boolean) => void): void {
  const { at } = useReading()
  const target = at === undefined ? undefined : entries.find((entry) => entry.position === at)
  const writesNote = usePendingMessages(id, entries).some(({ body }) => body.kind !== 'message')
  const due = writesNote || (target !== undefined && !isSaid(target))
  useEffect(() => {
    if (due) setEverything(true)
  }, [due, setEverything])
}
