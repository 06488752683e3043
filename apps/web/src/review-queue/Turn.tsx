/** One review in the reader's hands: what was said beside how it was judged. */
import type { ReviewQueueItem } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useFollow } from '../app/live-feed.ts'
import { conversationQuery } from '../conversations/queries.ts'
import { ReadingPlace } from '../conversations/thread/reading.tsx'
import { Judging } from './Judging.tsx'
import { Words } from './Words.tsx'

type Props = {
  item: ReviewQueueItem
  busy: boolean
  onDone: (wish: { reviewId: string; agreed: string[] }) => void
  onSkip: (minutes: number) => void
}

export function Turn({ item, ...rest }: Props) {
  const cache = useQueryClient()
  const { id } = item.conversation
  const { data } = useQuery({ ...conversationQuery(cache, id), placeholderData: item.conversation })
  const conversation = data ?? item.conversation
  const [at, setAt] = useState<number>()
  const place = useMemo(
    () => ({
      at,
      goTo: (position: number) => setAt(position),
      leavePlace: () => setAt(undefined),
    }),
    [at],
  )
  useFollow([id])
  return (
    <ReadingPlace value={place}>
      <div className="rv">
        <Words conversation={conversation} item={item} />
        <Judging conversation={conversation} item={item} {...rest} />
      </div>
    </ReadingPlace>
  )
}
