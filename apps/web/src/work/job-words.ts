/** What a job does, in words: read from its kind and what it says about itself. */
import type { ConversationAction, Job, Stage } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { membersQuery } from '../conversations/members.ts'
import { stagesQuery } from '../conversations/queries.ts'

type T = TFunction<'work'>
type People = readonly { id: string; name: string }[]

export function useJobWords(): (job: Job) => string {
  const { t } = useTranslation('work')
  const { data: stages = [] } = useQuery(stagesQuery)
  const { data: people = [] } = useQuery(membersQuery)
  return (job) => {
    const said = wordsOf(job, t, stages, people)
    return job.undoes ? t('job.undoing', { what: said }) : said
  }
}

/** By what it says about itself, not by its kind: the job that undoes another says the same. */
function wordsOf({ about, kind }: Job, t: T, stages: readonly Stage[], people: People): string {
  if (about.action === 'delete') return t('job.delete')
  if (typeof about.action === 'object')
    return actionWords(about.action as unknown as ConversationAction, t, stages, people)
  if (typeof about.exportId === 'string') return t('job.export', { name: text(about.name) })
  if (kind === 'agents.replay') return t('job.replay', { agent: text(about.agent) })
  if (kind === 'reviews.backfill') return t('job.reviews')
  if (kind === 'knowledge.import') return t('job.import')
  if (kind === 'stages.delete') return t('job.stage', { stage: text(about.stage), to: text(about.to) })
  if (typeof about.from !== 'string') return t('job.other')
  return about.to === null
    ? t('job.tagDelete', { tag: about.from })
    : t('job.tagRename', { tag: about.from, to: text(about.to) })
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function actionWords(action: ConversationAction, t: T, stages: readonly Stage[], people: People): string {
  switch (action.type) {
    case 'stage':
      return t('act.stage', { stage: stages.find(({ key }) => key === action.stage)?.name ?? action.stage })
    case 'assign': {
      const name = people.find(({ id }) => id === action.assigneeId)?.name
      return name ? t('act.assign', { name }) : t('act.unassign')
    }
    case 'priority':
      return t('act.priority', { priority: t(`priority.${action.priority}`) })
    case 'snooze':
      return action.snooze ? t('act.snooze') : t('act.wake')
    default:
      return t(`act.${action.type}`)
  }
}
