/** How a question was answered, and how it is answered now: asked again in every conversation, side by side. */
import type { AskedAgain, UnansweredQuestion } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import '../styles/trials.css'
import { Link } from '@tanstack/react-router'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ComparedTurn } from '../agents/replay/Compared.tsx'
import { codeOf } from '../app/problem.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button, buttonClass } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Banner, EmptyState, SkeletonRows } from '../ui/States.tsx'
import { isOver, useJob } from '../work/jobs.ts'
import { replayQuery, useQuestion } from './use-insights.ts'

export function ReplayDialog({ question, onClose }: { question: UnansweredQuestion; onClose: () => void }) {
  const { t } = useTranslation('insights')
  const { replay, settle } = useQuestion(question.id)
  const started = useRef(question.replay !== null)
  useEffect(() => {
    // Opened for the first time: that is the wish.
    if (started.current) return
    started.current = true
    replay.mutate()
  }, [replay.mutate])
  const isDraft = question.article?.status === 'draft'
  return (
    <Dialog
      open
      size="xl"
      onOpenChange={(open) => !open && onClose()}
      title={t('replay.title')}
      description={t('replay.about')}
      footer={
        <>
          <Button onClick={onClose}>{t('replay.close')}</Button>
          <span className="grow" />
          {question.state !== 'answered' && (
            <Button
              variant="primary"
              onClick={() => {
                settle({ state: 'answered' }, t('unanswered.answered'))
                onClose()
              }}
            >
              {t('replay.mark')}
            </Button>
          )}
        </>
      }
    >
      <div className="row wrap">
        <p className="strong grow" dir="auto">
          {question.question}
        </p>
        {question.article && (
          <Link className={buttonClass({ size: 'sm' })} to="/knowledge/$id" params={{ id: question.article.id }}>
            {t('replay.article')}
          </Link>
        )}
        <Button size="sm" busy={replay.isPending} onClick={() => replay.mutate()}>
          {t('replay.again')}
        </Button>
      </div>
      {isDraft && <Banner tone="warn">{t('replay.isDraft')}</Banner>}
      {question.replay || replay.data ? <Result id={question.id} /> : <SkeletonRows />}
    </Dialog>
  )
}

/** Followed by its job, whoever started it. */
function Result({ id }: { id: string }) {
  const { t } = useTranslation('insights')
  const [jobId, setJobId] = useState<string | null>(null)
  const job = useJob(jobId)
  const over = job !== undefined && isOver(job)
  const compared = useQuery(replayQuery(id, (job?.done ?? 0) + (over ? 0.5 : 0)))
  if (codeOf(compared.error) === 'replay.not_found')
    return <EmptyState art="clock" title={t('replay.none')} text={t('replay.noneText')} />
  if (!compared.data) return <SkeletonRows />
  const { replay, played, answered, items } = compared.data
  if (replay.jobId !== jobId) setJobId(replay.jobId)
  const running = replay.state === 'queued' || replay.state === 'running'
  return (
    <div className="col g5" aria-live="polite">
      {running ? (
        <p className="row t3">
          <span className="spin" />
          {t('replay.running')}
        </p>
      ) : replay.state === 'done' ? (
        <p>
          <Badge tone={answered === played && played > 0 ? 'ok' : 'warn'}>
            {t('replay.result', { answered, played })}
          </Badge>
        </p>
      ) : (
        <Banner tone="bad" icon={CircleAlert}>
          {t('replay.failed')}
        </Banner>
      )}
      {items.map((item, i) => (
        <OneAskedAgain item={item} number={i + 1} key={item.askingId} />
      ))}
    </div>
  )
}

function OneAskedAgain({ item: { contactName, conversationId, turn }, number }: { item: AskedAgain; number: number }) {
  const { t } = useTranslation('insights')
  return (
    <section>
      <h3 className="small">
        <Link className="link" to="/conversations/$id" params={{ id: conversationId }} search={{ at: turn?.position }}>
          <bdi>{contactName ?? t('askings.somebody')}</bdi>
        </Link>
      </h3>
      {turn ? <ComparedTurn turn={turn} number={number} /> : <p className="t3 small">{t('replay.notPlayed')}</p>}
    </section>
  )
}
