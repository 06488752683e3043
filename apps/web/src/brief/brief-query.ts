/** The brief of a conversation: read when it is shown, and again when the feed says that it was written anew. */
import { call } from '@earshot/client'
import { getBrief, writeBrief } from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { codeOf, tellProblem } from '../app/problem.ts'

const keyOf = (id: string) => ['briefs', id] as const

/** Null: none has been written. */
export const briefQuery = (id: string) =>
  queryOptions({
    queryKey: keyOf(id),
    queryFn: ({ signal }) =>
      call(getBrief, { params: { id }, signal }).catch((error) => {
        if (codeOf(error) === 'brief.not_found') return null
        throw error
      }),
  })

export function useWriteBrief(id: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationKey: ['brief', id],
    mutationFn: () => call(writeBrief, { params: { id } }),
    onSuccess: (brief) => cache.setQueryData(keyOf(id), brief),
    onError: tellProblem,
  })
}
