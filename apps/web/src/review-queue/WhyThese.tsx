/** What is in the queue and why, with who has it; any that nobody has can be taken out of turn. */
import type { ReviewQueueFilter, ReviewQueueItem } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import ListChecks from 'lucide-react/icons/list-checks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../app/session.ts'
import { contactName } from '../conversations/names.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Popover } from '../ui/Popover.tsx'
import { queueListQuery } from './list-query.ts'
import { allWords } from './reason-words.ts'

type Props = { filter: ReviewQueueFilter; mine: string | undefined; onTake: (id: string) => void }

export function WhyThese({ filter, mine, onTake }: Props) {
  const { t } = useTranslation('judging')
  const [open, setOpen] = useState(false)
  const { data } = useQuery(queueListQuery(filter))
  if (!data || data.items.length === 0) return null
  const more = data.total - data.items.length
  const take = (id: string) => {
    setOpen(false)
    onTake(id)
  }
  return (
    <Popover
      label={t('queue.whyLabel')}
      className="review-why"
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={<Button icon={ListChecks}>{t('queue.why', { count: data.items.length })}</Button>}
    >
      <p className="small t2">{t('queue.whyText')}</p>
      <ul>
        {data.items.map((item) => (
          <Row item={item} isMine={item.conversation.id === mine} onTake={take} key={item.conversation.id} />
        ))}
      </ul>
      {more > 0 && <p className="small t3">{t('queue.more', { count: more })}</p>}
    </Popover>
  )
}

function Row({ item, isMine, onTake }: { item: ReviewQueueItem; isMine: boolean; onTake: (id: string) => void }) {
  const { t } = useTranslation('judging')
  const { t: tc } = useTranslation('conversations')
  const { member } = useSession()
  const { conversation, why, lock } = item
  const name = contactName(conversation.contact, tc)
  const words = allWords(why, t)
  const other = lock && lock.by.id !== member.id ? lock.by.name : null
  const inner = (
    <>
      <span className="row">
        <span className="strong grow tr" dir="auto">
          {name}
        </span>
        {isMine && <Badge tone="info">{t('queue.yours')}</Badge>}
        {other && <Badge tone="warn">{t('queue.lockedBy', { name: other })}</Badge>}
        <span className="num small t3">{item.score ?? t('queue.noScore')}</span>
      </span>
      <span className="small t2">{words}</span>
    </>
  )
  return (
    <li>
      {isMine || other ? (
        <div className="whyrow">{inner}</div>
      ) : (
        <button
          type="button"
          className="whyrow"
          aria-label={`${t('queue.take', { name })}: ${words}`}
          onClick={() => onTake(conversation.id)}
        >
          {inner}
        </button>
      )}
    </li>
  )
}
