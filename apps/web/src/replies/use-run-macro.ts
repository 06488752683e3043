/** Runs a macro on the open conversation; what it changed is taken back by one Undo. */
import { ApiError, call, newKey } from '@earshot/client'
import { type Conversation, type Macro, runMacro, undoMacro } from '@earshot/contracts'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { usePutConversation } from '../conversations/use-put-conversation.ts'
import { toast } from '../ui/Toasts.tsx'

export function useRunMacro({ id }: Conversation) {
  const { t } = useTranslation('replies')
  const { t: words } = useTranslation('conversations')
  const put = usePutConversation()
  const undo = useMutation({
    mutationFn: ({ runId }: { runId: string; macro: Macro; said: boolean }) =>
      call(undoMacro, { params: { id, runId } }),
    onSuccess: (conversation, { macro, said }) => {
      put(conversation)
      if (said) toast.done(t('macro.undone', { name: macro.name }))
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'change.overtaken') toast.failed(words('work.overtaken'))
      else tellProblem(error)
    },
  })
  return useMutation({
    mutationFn: ({ macro, clientKey }: { macro: Macro; clientKey: string }) =>
      call(runMacro, { params: { id }, body: { macroId: macro.id, clientKey } }),
    onSuccess: ({ id: runId, conversation, said, changes }, { macro }) => {
      put(conversation)
      const title = t(said ? 'macro.doneSaid' : 'macro.done', { name: macro.name })
      if (changes > 0) toast.undoable(title, () => undo.mutate({ runId, macro, said }))
      else toast.done(title)
    },
    onError: tellProblem,
  })
}

/** A run of its own: a repeat with the same key would do nothing. */
export const aRun = (macro: Macro) => ({ macro, clientKey: newKey() })
