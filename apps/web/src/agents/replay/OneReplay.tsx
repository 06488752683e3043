/** One run: how far it is, what became better or worse in figures, and its conversations one at a time. */
import type { Replay } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Banner } from '../../ui/States.tsx'
import { isOver, useJob, useJobCommands } from '../../work/jobs.ts'
import { dollars } from '../playground/money.ts'
import { Compared } from './Compared.tsx'
import { replayQuery } from './queries.ts'

export function OneReplay({ agentId, replay }: { agentId: string; replay: Replay }) {
  const job = useJob(replay.jobId)
  const over = job !== undefined && isOver(job)
  const done = (job?.done ?? 0) + (over ? 0.5 : 0)
  const { data = replay } = useQuery(replayQuery(agentId, replay.id, done))
  return (
    <>
      <Running replay={replay} />
      <Figures replay={data} />
      <Compared agentId={agentId} replayId={replay.id} done={done} />
    </>
  )
}

function Running({ replay }: { replay: Replay }) {
  const { t } = useTranslation('trials')
  const job = useJob(replay.jobId)
  const { cancel } = useJobCommands()
  if (!job || job.state === 'done') return null
  const of = { done: job.done, total: job.total ?? replay.total }
  if (job.state === 'failed')
    return (
      <Banner tone="bad" icon={CircleAlert}>
        {t('replay.brokeOff')} {job.error}
      </Banner>
    )
  if (job.state === 'cancelled') return <p className="t3">{t('replay.cancelled', of)}</p>
  const share = of.total === 0 ? 0 : Math.round((100 * of.done) / of.total)
  return (
    <div className="row running">
      <span className="spin" />
      <span
        className="progress grow"
        role="progressbar"
        aria-label={t('replay.title')}
        aria-valuenow={share}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={{ inlineSize: `${share}%` }} />
      </span>
      <span className="small t3 num">{t('replay.progress', of)}</span>
      <Button size="sm" busy={job.cancelling} onClick={() => cancel(job.id)}>
        {t('replay.cancel')}
      </Button>
    </div>
  )
}

function Figures({ replay: { total, summary } }: { replay: Replay }) {
  const { t, i18n } = useTranslation('trials')
  const number = new Intl.NumberFormat(i18n.language)
  const fromTo = ({ before, after }: { before: number; after: number }, write = number.format) =>
    t('replay.fromTo', { before: write(before), after: write(after) })
  const figures = [
    { word: 'conversations', value: number.format(total) },
    { word: 'questions', value: number.format(summary.questions) },
    { word: 'same', value: number.format(summary.marks.equal ?? 0) },
    { word: 'unanswered', value: fromTo(summary.unanswered) },
    { word: 'handoffs', value: fromTo(summary.handoffs) },
    { word: 'cost', value: fromTo(summary.costUsd, dollars) },
  ] as const
  return (
    <dl className="figures">
      {figures.map(({ word, value }) => (
        <div key={word}>
          <dt className="small t3">{t(`replay.${word}`)}</dt>
          <dd className="strong num">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
