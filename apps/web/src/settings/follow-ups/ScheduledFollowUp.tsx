/** What the agent promised to write later, in the card of the contact: when, what, and the way to cancel it. */
import './texts.ts'
import { call } from '@earshot/client'
import { type Conversation, cancelScheduledFollowUp, getScheduledFollowUp } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { IconButton } from '../../ui/Button.tsx'

export default function ScheduledFollowUp({ conversation }: { conversation: Conversation }) {
  const { t, i18n } = useTranslation('followUps')
  const may = useMay('operator')
  const cache = useQueryClient()
  const { id, lastPosition, epoch } = conversation
  const params = { id }
  // Every entry and every change of who has the floor may end or make a promise.
  const queryKey = ['follow-ups', 'scheduled', id, lastPosition, epoch]
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(getScheduledFollowUp, { params, signal }),
    placeholderData: (before) => before,
  })
  const cancel = useMutation({
    mutationFn: () => call(cancelScheduledFollowUp, { params }),
    onSuccess: () => cache.setQueryData(queryKey, { scheduled: null }),
    onError: tellProblem,
  })
  if (!data?.scheduled) return null
  const { text, dueAt } = data.scheduled
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <>
      <dt>{t('scheduled')}</dt>
      <dd>
        <div className="row g2">
          <time className="grow" dateTime={dueAt}>
            {when.format(new Date(dueAt))}
          </time>
          {may && (
            <IconButton
              size="sm"
              icon={X}
              label={t('cancelScheduled')}
              disabled={cancel.isPending}
              onClick={() => cancel.mutate()}
            />
          )}
        </div>
        <div className="small t3" dir="auto">
          {text}
        </div>
      </dd>
    </>
  )
}
