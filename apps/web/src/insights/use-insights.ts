/** What Insights asks for, and what it changes. Every key begins with `insights`, so that the feed has it read again. */
import { call } from '@earshot/client'
import {
  type ChannelKind,
  changeUnanswered,
  type DismissReason,
  getTransfers,
  getUnansweredReplay,
  listAskings,
  listTopics,
  listUnanswered,
  mergeUnanswered,
  type QuestionState,
  replayUnanswered,
  splitUnanswered,
  suggestAnswerToQuestion,
  undoQuestionMove,
  writeAnswerToQuestion,
} from '@earshot/contracts'
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { toast } from '../ui/Toasts.tsx'

export interface Period {
  days: number
  agentId?: string | undefined
  channel?: ChannelKind | undefined
}

/** What a row is being used for. */
export type Doing = 'answer' | 'rename' | 'merge' | 'replay' | null

export const OPEN: QuestionState[] = ['open', 'drafted']
export const SETTLED: QuestionState[] = ['answered', 'dismissed']

export const unansweredQuery = (period: Period, state: QuestionState[]) =>
  infiniteQueryOptions({
    queryKey: ['insights', 'unanswered', period, state],
    queryFn: ({ pageParam, signal }) =>
      call(listUnanswered, { query: { ...period, state, cursor: pageParam, limit: 10 }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })

export const askingsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['insights', 'askings', id],
    queryFn: ({ pageParam, signal }) =>
      call(listAskings, { params: { id }, query: { cursor: pageParam, limit: 20 }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })

export const answerQuery = (id: string) =>
  queryOptions({
    queryKey: ['insights-answer', id],
    queryFn: ({ signal }) => call(suggestAnswerToQuestion, { params: { id }, signal }),
    // What is being edited is not drafted anew under the hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

/** `done` is a part of the key: each conversation that ends is read. */
export const replayQuery = (id: string, done: number) =>
  queryOptions({
    queryKey: ['insights', 'replay', id, done],
    queryFn: ({ signal }) => call(getUnansweredReplay, { params: { id }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })

export const topicsQuery = (period: Period) =>
  queryOptions({
    queryKey: ['insights', 'topics', period],
    queryFn: ({ signal }) => call(listTopics, { query: { ...period }, signal }),
    placeholderData: keepPreviousData,
  })

export const transfersQuery = (period: Period) =>
  queryOptions({
    queryKey: ['insights', 'transfers', period],
    queryFn: ({ signal }) => call(getTransfers, { query: { ...period }, signal }),
    placeholderData: keepPreviousData,
  })

type Change = { question?: string; state?: 'open' | 'answered' | 'dismissed'; reason?: DismissReason }

export function useQuestion(id: string) {
  const { t } = useTranslation('insights')
  const queries = useQueryClient()
  const settled = {
    onSuccess: () => queries.invalidateQueries({ queryKey: ['insights'] }),
    onError: tellProblem,
  }
  const params = { id }
  const change = useMutation({ mutationFn: (body: Change) => call(changeUnanswered, { params, body }), ...settled })
  const undo = useMutation({
    mutationFn: (moveId: string) => call(undoQuestionMove, { params: { id: moveId } }),
    ...settled,
  })
  const moved = (said: string) => ({
    onSuccess: ({ moveId }: { moveId: string }) => {
      toast.undoable(said, () => undo.mutate(moveId))
      return settled.onSuccess()
    },
    onError: tellProblem,
  })
  const merge = useMutation({
    mutationFn: (into: string) => call(mergeUnanswered, { params, body: { into } }),
    ...moved(t('unanswered.merged')),
  })
  const split = useMutation({
    mutationFn: (askingIds: string[]) => call(splitUnanswered, { params, body: { askingIds } }),
    ...moved(t('unanswered.split')),
  })
  const write = useMutation({
    mutationFn: (body: { title: string; body: string; folderId: string | null; status: 'draft' | 'published' }) =>
      call(writeAnswerToQuestion, { params, body }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['knowledge'] })
      await settled.onSuccess()
    },
    onError: tellProblem,
  })
  const replay = useMutation({ mutationFn: () => call(replayUnanswered, { params }), ...settled })
  /** Settled at once, and open again by Undo. */
  const settle = (body: Change, said: string) =>
    change.mutate(body, { onSuccess: () => void toast.undoable(said, () => change.mutate({ state: 'open' })) })
  return { change, settle, merge, split, write, replay }
}
