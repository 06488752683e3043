/** Show a job that this tab has just asked for in the tray, whatever kind it is. */
import { call } from '@earshot/client'
import { getJob, type Job } from '@earshot/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useSession } from '../app/session.ts'
import { putJob, showStarted } from './jobs.ts'

export function useFollowJob(): (job: Job | string) => void {
  const cache = useQueryClient()
  const { member } = useSession()
  const put = (job: Job) => {
    showStarted(job)
    putJob(cache, job, member.id)
  }
  return (job) => {
    if (typeof job !== 'string') put(job)
    // The feed tells the rest when the first look fails.
    else void call(getJob, { params: { id: job } }).then(put, () => undefined)
  }
}
