/** Jobs of the signed-in operator, as the feed tells them: what runs, how far it is, and what has just ended. */
import { call } from '@earshot/client'
import { cancelJob, getJob, type Job, type JobState, listJobs, undoJob } from '@earshot/contracts'
import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { tellProblem } from '../app/problem.ts'
import { useSession } from '../app/session.ts'
import { createStore } from '../app/store.ts'

const keys = {
  running: ['jobs', 'running'] as const,
  one: (id: string) => ['jobs', 'one', id] as const,
}

const OVER: readonly JobState[] = ['done', 'failed', 'cancelled']
export const isOver = (job: Job) => OVER.includes(job.state)

/** Jobs that this tab shows, oldest first: those that were running when it opened, and every one since. */
export const shownJobs = createStore<readonly Job[]>([])
/** Put away by hand; they go on. */
const hidden = new Set<string>()

/** The feed, and answers to commands: whichever knows more. */
export function putJob(cache: QueryClient, job: Job, memberId: string): void {
  cache.setQueryData<Job>(keys.one(job.id), (held) => (held && !isNewer(job, held) ? held : job))
  if (job.createdBy.id === memberId) showJob(job)
}

function isNewer(job: Job, held: Job): boolean {
  if (isOver(held) !== isOver(job)) return isOver(job)
  return job.done >= held.done
}

function showJob(job: Job): void {
  if (hidden.has(job.id)) return
  shownJobs.set((all) => {
    const held = all.find((one) => one.id === job.id)
    // What had ended before this tab heard of it is not news.
    if (!held) return isOver(job) ? all : [...all, job]
    return isNewer(job, held) ? all.map((one) => (one === held ? job : one)) : all
  })
}

export function hideJob(id: string): void {
  hidden.add(id)
  shownJobs.set((all) => all.filter((job) => job.id !== id))
}

/** A job that this tab has just started is shown even when it is over already. */
export function showStarted(job: Job): void {
  shownJobs.set((all) => (all.some((one) => one.id === job.id) ? all : [...all, job]))
}

const runningQuery = queryOptions({
  queryKey: keys.running,
  queryFn: async ({ signal }) => {
    const of = (state: JobState) => call(listJobs, { query: { state, limit: 50 }, signal })
    const pages = await Promise.all([of('queued'), of('running')])
    return pages.flatMap(({ items }) => items)
  },
  staleTime: Number.POSITIVE_INFINITY,
})

/** Reads what is running, once and after the feed lost its place; what ended unheard is read by itself. */
export function useRunningJobs(): void {
  const cache = useQueryClient()
  const { member } = useSession()
  const { data } = useQuery(runningQuery)
  useEffect(() => {
    if (!data) return
    for (const job of data) putJob(cache, job, member.id)
    const missed = shownJobs.get().filter((job) => !isOver(job) && !data.some(({ id }) => id === job.id))
    for (const { id } of missed)
      void call(getJob, { params: { id } })
        .then((job) => putJob(cache, job, member.id))
        .catch(() => hideJob(id))
  }, [data, cache, member.id])
}

/** One job, kept true by the feed. */
export function useJob(id: string | null): Job | undefined {
  const query = queryOptions({
    queryKey: keys.one(id ?? ''),
    queryFn: ({ signal }) => call(getJob, { params: { id: id ?? '' }, signal }),
  })
  return useQuery({ ...query, enabled: id !== null }).data
}

export function useJobCommands() {
  const cache = useQueryClient()
  const { member } = useSession()
  const put = (job: Job) => putJob(cache, job, member.id)
  const cancel = useMutation({
    mutationFn: (id: string) => call(cancelJob, { params: { id } }),
    onSuccess: put,
    onError: tellProblem,
  })
  const undo = useMutation({
    mutationFn: (id: string) => call(undoJob, { params: { id } }),
    onSuccess: (job, id) => {
      hideJob(id)
      showStarted(job)
      put(job)
    },
    onError: tellProblem,
  })
  return { cancel: cancel.mutate, undo: undo.mutate }
}
