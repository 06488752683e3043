/** What a plan has done, newest first, and who answered. */
import type { FollowUpPlan, FollowUpSent } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { stepsQuery } from './use-follow-ups.ts'

export function HistoryDialog({ plan, onDone }: { plan: FollowUpPlan; onDone: () => void }) {
  const { t } = useTranslation('followUps')
  const steps = useQuery(stepsQuery(plan.id))
  const say = ({ outcome, step, position }: FollowUpSent) => {
    if (outcome === 'too_late') return t('did.too_late', { n: step + 1 })
    return position === null ? t('did.end', { what: t(`ends.${plan.end.do}`) }) : t('did.sent', { n: step + 1 })
  }
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onDone()}
      title={t('historyTitle', { name: plan.name })}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('close')}</Button>
        </>
      }
    >
      <Loaded query={steps} rows={4}>
        {(items) =>
          items.length === 0 ? (
            <p className="t3">{t('historyNone')}</p>
          ) : (
            <ul className="lbox preview-list" aria-label={t('history')}>
              {items.map((one) => (
                <li className="lrow" key={`${one.conversationId} ${one.at}`}>
                  <Link
                    className="link tr preview-who"
                    to="/conversations/$id"
                    params={{ id: one.conversationId }}
                    onClick={onDone}
                    dir="auto"
                  >
                    {one.contact.name ?? t('anonymous')}
                  </Link>
                  <span className="grow small">{say(one)}</span>
                  {one.answered && <Badge tone="ok">{t('answered')}</Badge>}
                  <span className="small t3 num">
                    <RelativeTime at={one.at} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Dialog>
  )
}
