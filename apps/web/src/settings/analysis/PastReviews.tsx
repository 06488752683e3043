/** Reviewing what is past: which ones, what that would cost, then a job that tells how far it is and can be stopped. */
import type { BackfillPreview, Job } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dollars } from '../../agents/playground/money.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Field, Input } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { isOver, useJob, useJobCommands } from '../../work/jobs.ts'
import { lastBackfillQuery, type PastWish, useEngineCommands } from './use-analysis.ts'

const WHICH = ['unreviewed', 'outdated', 'all'] as const

export function PastReviews({ hasModel }: { hasModel: boolean }) {
  const { t } = useTranslation('analysis')
  const { data: last } = useQuery(lastBackfillQuery)
  const live = useJob(last?.id ?? null)
  const job = live ?? last ?? null
  const isRunning = job !== null && !isOver(job)
  const [wish, setWish] = useState<PastWish>({ which: 'outdated', withModel: false })
  const { preview, start } = useEngineCommands()
  const asked = { ...wish, withModel: wish.withModel && hasModel }
  const change = (edits: Partial<PastWish>) => {
    setWish((now) => ({ ...now, ...edits }))
    preview.reset()
  }
  return (
    <section className="reviewing" aria-labelledby="past-reviews">
      <h2 id="past-reviews">{t('past')}</h2>
      <p className="small t3">{t('pastText')}</p>
      {isRunning ? (
        <Running job={job} />
      ) : (
        <>
          {job && <p className="small t2">{t(`ended.${endOf(job)}`, figuresOf(job))}</p>}
          <Wish wish={wish} onChange={change} hasModel={hasModel} />
          <div className="row g3 wrap">
            <Button busy={preview.isPending} onClick={() => preview.mutate(asked)}>
              {t('preview')}
            </Button>
            {preview.data && preview.data.conversations > 0 && (
              <Button
                variant="primary"
                busy={start.isPending}
                onClick={() => start.mutate(asked, { onSuccess: preview.reset })}
              >
                {t('start')}
              </Button>
            )}
            <span aria-live="polite" className="small">
              {preview.data && <Previewed data={preview.data} />}
            </span>
          </div>
        </>
      )}
    </section>
  )
}

type WishProps = { wish: PastWish; onChange: (edits: Partial<PastWish>) => void; hasModel: boolean }

function Wish({ wish, onChange, hasModel }: WishProps) {
  const { t } = useTranslation('analysis')
  return (
    <>
      <Field label={t('pastWhich')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('pastWhich')}
            value={wish.which}
            onChange={(which) => onChange({ which })}
            options={WHICH.map((value) => ({ value, label: t(`whichOf.${value}`) }))}
          />
        )}
      </Field>
      <div className="two">
        <Day label={t('from')} onChange={(from) => onChange({ from })} />
        <Day label={t('to')} onChange={(to) => onChange({ to })} />
      </div>
      {hasModel && (
        <Checkbox checked={wish.withModel} onChange={(withModel) => onChange({ withModel })}>
          {t('withModel')}
        </Checkbox>
      )}
    </>
  )
}

/** Days begin where the reader is. */
function Day({ label, onChange }: { label: string; onChange: (at: string | undefined) => void }) {
  const read = (day: string) => (day === '' ? undefined : new Date(`${day}T00:00:00`).toISOString())
  return (
    <Field label={label}>
      {({ id }) => (
        <Input
          id={id}
          type="date"
          min="1970-01-01"
          max="9999-12-31"
          onChange={(event) => onChange(read(event.target.value))}
        />
      )}
    </Field>
  )
}

function Previewed({ data }: { data: BackfillPreview }) {
  const { t, i18n } = useTranslation('analysis')
  const { conversations, tokens, costUsd, overBudget } = data
  const cost = costUsd === null ? t('noPrices') : dollars(costUsd)
  const estimate = { tokens: new Intl.NumberFormat(i18n.language).format(tokens), cost }
  const what = tokens === 0 ? t('previewedFree') : t('previewedCost', estimate)
  return (
    <>
      {t('previewed', { count: conversations })}
      {conversations > 0 && <span className="t2">, {what}</span>}
      {overBudget && <span className="block t2">{t('overBudget')}</span>}
    </>
  )
}

function Running({ job }: { job: Job }) {
  const { t } = useTranslation('analysis')
  const { cancel } = useJobCommands()
  const total = job.total ?? 0
  const share = total === 0 ? 0 : Math.min(100, Math.round((100 * job.done) / total))
  return (
    <div className="row running">
      <span className="spin" />
      <span
        className="progress grow"
        role="progressbar"
        aria-label={t('running')}
        aria-valuenow={share}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={{ inlineSize: `${share}%` }} />
      </span>
      <span className="small t3 num">{t('progress', { done: job.done, total })}</span>
      <Button size="sm" busy={job.cancelling} onClick={() => cancel(job.id)}>
        {t('stop')}
      </Button>
    </div>
  )
}

const endOf = ({ state }: Job) => (state === 'failed' || state === 'cancelled' ? state : 'done')
const figuresOf = ({ done, total, result }: Job) => ({
  done,
  total: total ?? 0,
  reviewed: Number(result.reviewed ?? 0),
})
