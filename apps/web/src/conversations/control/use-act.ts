/** One thing done to one conversation, shown at once and taken back with Undo. */
import { ApiError, call } from '@earshot/client'
import { act, type Conversation, type ConversationAction, undoChange } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { useSession } from '../../app/session.ts'
import { toast } from '../../ui/Toasts.tsx'
import { changeAtOnce } from '../cache.ts'
import { usePutConversation } from '../use-put-conversation.ts'

type Doing = {
  action: ConversationAction
  /** What the toast says once it is done. */
  said: string
  /** How the conversation looks until the server has answered. */
  at?: Partial<Conversation>
}

export function useAct({ id }: Conversation): (doing: Doing) => void {
  const { t } = useTranslation('conversations')
  const cache = useQueryClient()
  const { member } = useSession()
  const put = usePutConversation()
  const undo = useMutation({
    mutationFn: (changeId: string) => call(undoChange, { params: { id }, body: { changeId } }),
    onSuccess: put,
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'change.overtaken') toast.failed(t('work.overtaken'))
      else tellProblem(error)
    },
  })
  const { mutate } = useMutation({
    mutationFn: ({ action }: Doing) => call(act, { params: { id }, body: { action } }),
    onMutate: ({ at }) => ({ takeBack: at ? changeAtOnce(cache, id, member.id, at) : () => {} }),
    onSuccess: ({ conversation, changeId }, { said }) => {
      put(conversation)
      if (changeId) toast.undoable(said, () => undo.mutate(changeId))
    },
    onError: (error, _, context) => {
      context?.takeBack()
      tellProblem(error)
    },
  })
  return mutate
}
