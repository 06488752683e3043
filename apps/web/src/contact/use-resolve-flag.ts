/** Confirm a flag, dismiss it for a reason, or open it again; with undo. */
import { call } from '@earshot/client'
import { type ConversationFlag, listFlags, resolveFlag } from '@earshot/contracts'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { keys } from '../conversations/keys.ts'
import { toast } from '../ui/Toasts.tsx'
import type { Dismissal } from './DismissDialog.tsx'

export type Wish = { state: 'open' | 'confirmed' } | ({ state: 'dismissed' } & Dismissal)

/** Flags of the latest review, and those of people. */
export const useFlags = (id: string, { flagCount, reviewedAt }: { flagCount: number; reviewedAt: string | null }) =>
  useQuery({
    // A flag that was raised or resolved elsewhere changes one of the two, or is told by the feed as `flags`.
    queryKey: [...keys.flags(id), flagCount, reviewedAt],
    queryFn: async ({ signal }) => (await call(listFlags, { params: { id }, signal })).items,
    placeholderData: (held, before) => (before?.queryKey[1] === id ? keepPreviousData(held) : undefined),
    enabled: flagCount > 0 || reviewedAt !== null,
  })

export function useResolveFlag(id: string, flag: ConversationFlag): (wish: Wish) => void {
  const { t } = useTranslation('conversations')
  const cache = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: ({ wish }: { wish: Wish; undoes?: boolean }) =>
      call(resolveFlag, { params: { id, flagId: flag.id }, body: wish }),
    onSuccess: (changed, { undoes }) => {
      cache.setQueriesData<ConversationFlag[]>({ queryKey: keys.flags(id) }, (held) =>
        held?.map((one) => (one.id === flag.id ? changed : one)),
      )
      void cache.invalidateQueries({ queryKey: keys.flags(id) })
      if (!undoes)
        toast.undoable(t(`work.done.flag.${changed.state}`), () => mutate({ wish: asBefore(flag), undoes: true }))
    },
    onError: tellProblem,
  })
  return (wish) => mutate({ wish })
}

/** An older dismissal may have no reason of the list. */
function asBefore({ state, resolved }: ConversationFlag): Wish {
  if (state !== 'dismissed') return { state }
  const { why, reason } = resolved ?? { why: null, reason: '' }
  return why ? { state, why, reason } : { state, why: 'other', reason: reason || '…' }
}
