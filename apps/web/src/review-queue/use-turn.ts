/** The review in the reader's hands: taken from the queue, kept theirs while they work, and exchanged for the next. */
import { ApiError, call } from '@earshot/client'
import {
  finishReview,
  lockReview,
  type NextReview,
  nextReview,
  type ReviewQueueFilter,
  skipReview,
  unlockReview,
} from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLive } from '../app/live-feed.ts'
import { codeOf, tellProblem } from '../app/problem.ts'
import { keys } from '../conversations/keys.ts'
import { toast } from '../ui/Toasts.tsx'

/** A sign of work is sent at most this often; the lock lasts five minutes. */
const SIGN_MS = 45_000

/** What is given back is not held when the next is asked for: else another filter would answer with it. */
let givingBack: Promise<unknown> = Promise.resolve()

export function useTurn(filter: ReviewQueueFilter) {
  const cache = useQueryClient()
  const { t } = useTranslation('judging')
  const queryKey = ['review-turn', filter] as const
  const turn = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      await givingBack
      return call(nextReview, { body: { filter }, signal })
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const { data, refetch } = turn
  const id = data?.item?.conversation.id
  const put = (next: NextReview) => cache.setQueryData(queryKey, next)
  const onError = (error: unknown) => {
    const code = codeOf(error)
    if (code === 'review.locked') toast.failed(t('queue.lost', { name: holderOf(error) ?? t('said.somebody') }))
    else if (code === 'review.outdated') toast.failed(t('queue.newer'))
    else tellProblem(error)
    if (id) void cache.invalidateQueries({ queryKey: keys.review(id) })
    void refetch()
  }
  const done = useMutation({
    mutationFn: ({ reviewId, agreed }: { reviewId: string; agreed: string[] }) =>
      call(finishReview, { params: { id: id ?? '' }, body: { reviewId, agreed, filter } }),
    onSuccess: put,
    onError,
  })
  const skip = useMutation({
    mutationFn: (minutes: number) => call(skipReview, { params: { id: id ?? '' }, body: { minutes, filter } }),
    onSuccess: put,
    onError,
  })
  const take = useMutation({
    mutationFn: (wanted: string) => call(lockReview, { params: { id: wanted } }),
    onSuccess: (item) => data && put({ ...data, item }),
    onError,
  })
  useSignsOfWork(id, onError)
  useNewArrivals(data !== undefined && !data.item, () => void refetch())
  return { turn, done, skip, take }
}

const holderOf = (error: unknown): string | undefined => {
  const by = error instanceof ApiError ? (error.details as { by?: { name?: unknown } } | undefined)?.by : undefined
  return typeof by?.name === 'string' ? by.name : undefined
}

/** While somebody reads or writes here it stays theirs; who goes for a coffee gives it back by doing nothing. */
function useSignsOfWork(id: string | undefined, onError: (error: unknown) => void): void {
  const latest = useRef(onError)
  latest.current = onError
  useEffect(() => {
    if (!id) return
    let last = performance.now()
    const sign = () => {
      if (performance.now() - last < SIGN_MS) return
      last = performance.now()
      call(lockReview, { params: { id } }).catch((error) => {
        if (codeOf(error) === 'review.locked') latest.current(error)
      })
    }
    const signs = ['pointermove', 'keydown', 'scroll'] as const
    for (const kind of signs) addEventListener(kind, sign, { capture: true, passive: true })
    return () => {
      for (const kind of signs) removeEventListener(kind, sign, { capture: true })
      // Done or skipped it is nobody's already, and this changes nothing.
      givingBack = call(unlockReview, { params: { id } }).catch(() => {})
    }
  }, [id])
}

/** With empty hands, whatever comes into the queue is taken up. */
function useNewArrivals(waits: boolean, look: () => void): void {
  useLive({
    onEvent: (event) => {
      const isNews =
        event.type === 'review.completed' || (event.type === 'resource.changed' && event.resource === 'review-queue')
      if (waits && isNews) look()
    },
  })
}
