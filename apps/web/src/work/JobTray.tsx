/** What works in the background: how far it is, Stop, Hide, and Undo for what can be taken back. */
import type { Job } from '@earshot/contracts'
import Check from 'lucide-react/icons/check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { useStore } from '../app/store.ts'
import { Button, buttonClass, IconButton } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { useJobWords } from './job-words.ts'
import { hideJob, isOver, shownJobs, useJobCommands, useRunningJobs } from './jobs.ts'
import { usePatience } from './use-patience.ts'

/** As long as the Undo of a single change; the clock stops on hover and focus. */
const OVER_MS = 8_000

export function JobTray() {
  const { t } = useTranslation('work')
  useRunningJobs()
  const jobs = useStore(shownJobs)
  return (
    <section className="jobs" aria-label={t('tray')}>
      {jobs.map((job) => (
        <JobToast job={job} key={job.id} />
      ))}
    </section>
  )
}

function JobToast({ job }: { job: Job }) {
  const { t } = useTranslation('work')
  const words = useJobWords()
  const { cancel, undo } = useJobCommands()
  const over = isOver(job)
  const patience = usePatience(over ? OVER_MS : null, () => hideJob(job.id))
  const title = words(job)
  return (
    <div className="toast job" {...patience}>
      <Mark job={job} />
      <div className="grow col g1" role="status">
        <span className="tr" dir="auto">
          {title}
        </span>
        <Progress job={job} title={title} />
        <Ended job={job} />
      </div>
      {!over && (
        <Button size="sm" disabled={job.cancelling} onClick={() => cancel(job.id)}>
          {t(job.cancelling ? 'stopping' : 'stop')}
        </Button>
      )}
      {over && job.undoable && (
        <Button size="sm" keys="Z" onClick={() => undo(job.id)} data-undo>
          {t('undo')}
        </Button>
      )}
      <Taken job={job} />
      <IconButton size="sm" label={t(over ? 'dismiss' : 'hide')} icon={X} onClick={() => hideJob(job.id)} />
    </div>
  )
}

function Mark({ job }: { job: Job }) {
  if (!isOver(job)) return <span className="spin" />
  return <Icon of={job.state === 'failed' ? CircleAlert : Check} size="s" />
}

function Progress({ job, title }: { job: Job; title: string }) {
  const { t, i18n } = useTranslation('work')
  if (isOver(job)) return null
  const total = job.total ?? 0
  const share = total === 0 ? 0 : Math.min(100, Math.round((100 * job.done) / total))
  const number = new Intl.NumberFormat(i18n.language)
  return (
    <span className="row g3">
      <span
        className="progress grow"
        role="progressbar"
        aria-label={title}
        aria-valuenow={share}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={{ inlineSize: `${share}%` }} />
      </span>
      <span className="small t3 num">
        {job.total === null
          ? number.format(job.done)
          : t('of', { done: number.format(job.done), total: number.format(total) })}
      </span>
    </span>
  )
}

/** The file of an export that is ready. */
function Taken({ job }: { job: Job }) {
  const { t } = useTranslation('work')
  const { exportId } = job.result
  if (job.state !== 'done' || typeof exportId !== 'string') return null
  return (
    <a className={buttonClass({ size: 'sm' })} href={`/api/v1/exports/${exportId}/file`} download>
      {t('download')}
    </a>
  )
}

/** Kinds that say in their own words what they did. */
const DONE_WORDS: Record<string, 'written' | 'deleted' | 'replayed'> = {
  'agents.replay': 'replayed',
  'exports.write': 'written',
  'conversations.delete': 'deleted',
}

/** What came of it: how many were changed, left alone, and refused. */
function Ended({ job }: { job: Job }) {
  const { t } = useTranslation('work')
  if (!isOver(job)) return null
  if (job.kind === 'knowledge.import') return <Imported job={job} />
  const { state, result } = job
  const count = typeof result.changed === 'number' ? result.changed : job.done
  const skipped = typeof result.skipped === 'number' ? result.skipped : 0
  const end = state === 'failed' || state === 'cancelled' ? state : (DONE_WORDS[job.kind] ?? 'done')
  const said = t(`ended.${end}`, { count })
  return <span className="small t3">{skipped > 0 ? `${said} · ${t('skipped', { count: skipped })}` : said}</span>
}

function Imported({ job: { state, done, result } }: { job: Job }) {
  const { t } = useTranslation('work')
  const said =
    state === 'done'
      ? t('imported', { created: result.created, updated: result.updated, same: result.same })
      : t('importStopped', { count: done })
  return <span className="small t3">{said}</span>
}
