/** Merging, splitting and taking either back: the calls, what the lists then hold, and the toast with Undo. */
import { call } from '@earshot/client'
import { type Conversation, listMerges, mergeConversations, splitConversation, undoMerge } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { keys } from '../conversations/keys.ts'
import { usePutConversation } from '../conversations/use-put-conversation.ts'
import { toast } from '../ui/Toasts.tsx'
import './texts.ts'

const mergesKey = (id: string) => ['conversations', 'merges', id]

export function useUndoMerge() {
  const { t } = useTranslation('merging')
  const cache = useQueryClient()
  const put = usePutConversation()
  return useMutation({
    mutationFn: ({ id, mergeId }: { id: string; mergeId: string }) => call(undoMerge, { params: { id, mergeId } }),
    onSuccess: ({ conversation }) => {
      put(conversation)
      void cache.invalidateQueries({ queryKey: mergesKey(conversation.id) })
      void cache.invalidateQueries({ queryKey: keys.contactHistory(conversation.contact.id) })
      toast.done(t('undone'))
    },
    onError: tellProblem,
  })
}

/** The merge or split that can be undone now: the latest. */
export function useLatestMerge(id: string) {
  const { data } = useQuery({
    queryKey: mergesKey(id),
    queryFn: ({ signal }) => call(listMerges, { params: { id }, signal }),
    staleTime: 0,
  })
  return data?.items.find((one) => one.undoUntil !== null)
}

export function useMerge(onDone: () => void) {
  const { t } = useTranslation('merging')
  const { done, undo } = useDone(onDone)
  return useMutation({
    mutationFn: async ({ survivor, other }: { survivor: Conversation; other: Conversation }) => ({
      other,
      ...(await call(mergeConversations, { params: { id: survivor.id }, body: { conversationId: other.id } })),
    }),
    onSuccess: ({ conversation, mergeId, other }) => {
      done(conversation)
      toast.undoable(t('done', { number: other.number }), () => undo({ id: conversation.id, mergeId }))
    },
    onError: tellProblem,
  })
}

export function useSplit(onDone: () => void) {
  const { t } = useTranslation('merging')
  const { done, undo } = useDone(onDone)
  return useMutation({
    mutationFn: ({ id, position }: { id: string; position: number }) =>
      call(splitConversation, { params: { id }, body: { position } }),
    onSuccess: ({ conversation, created, mergeId }) => {
      done(conversation)
      toast.undoable(t('split.done', { number: created.number }), () => undo({ id: conversation.id, mergeId }))
    },
    onError: tellProblem,
  })
}

function useDone(onDone: () => void) {
  const cache = useQueryClient()
  const put = usePutConversation()
  const { mutate: undo } = useUndoMerge()
  const done = (conversation: Conversation) => {
    put(conversation)
    void cache.invalidateQueries({ queryKey: mergesKey(conversation.id) })
    void cache.invalidateQueries({ queryKey: keys.contactHistory(conversation.contact.id) })
    onDone()
  }
  return { done, undo }
}
