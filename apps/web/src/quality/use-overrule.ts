/** Overrules a value of a review, and takes it back; the answer goes into the cache as if the feed had brought it. */
import { call } from '@earshot/client'
import { type Overruling, overruleReview, type Review, type ReviewOverride, undoOverride } from '@earshot/contracts'
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { keys } from '../conversations/keys.ts'
import { toast } from '../ui/Toasts.tsx'
import { qualityKeys } from './queries.ts'

export function useOverrule(id: string, what: string, onDone: () => void) {
  const { t } = useTranslation('quality')
  const cache = useQueryClient()
  const undo = useUndoOverride(id)
  return useMutation({
    mutationFn: (wish: Overruling) => call(overruleReview, { params: { id }, body: wish }),
    onSuccess: (review) => {
      cache.setQueryData<Review>(keys.review(id), review)
      readAgain(cache, id)
      const made = review.overrides.find(({ ended }) => ended === null)
      toast.undoable(t('dialog.done', { what }), () => made && undo.mutate(made.id))
      onDone()
    },
  })
}

export function useUndoOverride(id: string) {
  const { t } = useTranslation('quality')
  const cache = useQueryClient()
  return useMutation<ReviewOverride, Error, string>({
    mutationFn: (overrideId) => call(undoOverride, { params: { id, overrideId } }),
    onSuccess: () => {
      readAgain(cache, id)
      toast.done(t('dialog.undone'))
    },
    onError: tellProblem,
  })
}

function readAgain(cache: QueryClient, id: string): void {
  void cache.invalidateQueries({ queryKey: keys.review(id) })
  void cache.invalidateQueries({ queryKey: keys.one(id) })
  void cache.invalidateQueries({ queryKey: qualityKeys.all })
}
