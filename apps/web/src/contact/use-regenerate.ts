/** Reviews the conversation now instead of after its quiet time. */
import { call } from '@earshot/client'
import { regenerateReview } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { tellProblem } from '../app/problem.ts'
import { keys } from '../conversations/keys.ts'

export function useRegenerate(id: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationKey: ['review', id],
    mutationFn: () => call(regenerateReview, { params: { id } }),
    onSuccess: (review) => {
      cache.setQueryData(keys.review(id), review)
      void cache.invalidateQueries({ queryKey: keys.one(id) })
    },
    onError: tellProblem,
  })
}
