/** Who would get what and when; switching on is done from here, after looking. */
import type { FollowUpPlan, FollowUpPreview } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { previewQuery, usePlanCommands } from './use-follow-ups.ts'

export function PreviewDialog({ plan, onDone }: { plan: FollowUpPlan; onDone: () => void }) {
  const { t } = useTranslation('followUps')
  const preview = useQuery(previewQuery(plan.id))
  const { turn } = usePlanCommands()
  const may = useMay('admin')
  const { name, id, enabled } = plan
  const switchOn = () => {
    if (!preview.data) return
    const onSuccess = () => {
      onDone()
      toast.done(t('switchedOn', { name }))
    }
    turn.mutate({ id, previewed: preview.data.now }, { onSuccess })
  }
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onDone()}
      title={t('previewTitle', { name })}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('close')}</Button>
          {may && !enabled && (
            <Button variant="primary" busy={turn.isPending} disabled={!preview.data} onClick={switchOn}>
              {t('switchOn')}
            </Button>
          )}
        </>
      }
    >
      <Loaded query={preview} rows={4}>
        {(found) => <Found found={found} plan={plan} onLeave={onDone} />}
      </Loaded>
    </Dialog>
  )
}

function Found({ found, plan, onLeave }: { found: FollowUpPreview; plan: FollowUpPlan; onLeave: () => void }) {
  const { t } = useTranslation('followUps')
  const counts = ['later', 'tooLate', 'optedOut'] as const
  return (
    <>
      <p>
        <span className="strong">{t('now', { count: found.now })}</span>{' '}
        {counts
          .filter((what) => found[what] > 0)
          .map((what) => t(what, { count: found[what] }))
          .join(' ')}
      </p>
      {found.items.length > 0 && (
        <ul className="lbox preview-list" aria-label={t('who')}>
          {found.items.map(({ conversationId, contact, text, dueAt, isDue }) => (
            <li className="lrow" key={conversationId}>
              <Link
                className="link tr preview-who"
                to="/conversations/$id"
                params={{ id: conversationId }}
                onClick={onLeave}
                dir="auto"
              >
                {contact.name ?? t('anonymous')}
              </Link>
              <span className="grow small" dir="auto">
                {text ?? t(`ends.${plan.end.do}`)}
              </span>
              <span className="small t3 num">{isDue ? t('due') : <RelativeTime at={dueAt} />}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
