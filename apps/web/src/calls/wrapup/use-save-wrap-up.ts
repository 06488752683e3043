/** Saves a wrap-up: what changed of the conversation, one note for the next person, and that it is done. */
import { call as ask } from '@earshot/client'
import { addNote, type Conversation, changeConversation, type Outcome, putWrapUp } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { usePutConversation } from '../../conversations/use-put-conversation.ts'
import { toast } from '../../ui/Toasts.tsx'
import { endAfterCall } from './after-call.ts'
import { wrapUpKey } from './queries.ts'

export interface Promised {
  text: string
  done: boolean
}
export interface Wrapped {
  outcome: Outcome | null
  stage: string
  note: string
  promises: Promised[]
}

export function useSaveWrapUp(callId: string, conversation: Conversation) {
  const { t } = useTranslation('wrapUp')
  const cache = useQueryClient()
  const put = usePutConversation()
  const { id } = conversation
  const params = { id }
  const settle = () => cache.invalidateQueries({ queryKey: wrapUpKey })
  const noteOf = ({ note, promises }: Wrapped) =>
    [note.trim(), ...promises.map(({ text, done }) => t(done ? 'notes.done' : 'notes.open', { text }))]
      .filter((line) => line !== '')
      .join('\n')

  const save = useMutation({
    mutationFn: async (wrapped: Wrapped) => {
      const { outcome, stage, note, promises } = wrapped
      const body = {
        ...(outcome !== conversation.outcome ? { outcome } : {}),
        ...(stage !== conversation.stage.key ? { stage } : {}),
      }
      if (Object.keys(body).length > 0) put(await ask(changeConversation, { params, body }))
      const text = noteOf(wrapped)
      // Named by the call: pressed again after a failure it is the same note.
      if (text !== '') await ask(addNote, { params, body: { text, clientKey: `wrap-up ${callId} ${text.length}` } })
      await ask(putWrapUp, { params: { id: callId }, body: { state: 'saved', note, promises } })
    },
    onSuccess: async () => {
      toast.done(t((await endAfterCall(cache)) ? 'savedAvailable' : 'saved'))
      await settle()
    },
    onError: tellProblem,
  })
  const leave = useMutation({
    mutationFn: (state: 'skipped' | 'later') => ask(putWrapUp, { params: { id: callId }, body: { state } }),
    onSuccess: async (_, state) => {
      await endAfterCall(cache)
      toast.done(t(state === 'later' ? 'put' : 'skipped'))
      await settle()
    },
    onError: tellProblem,
  })
  return { save, leave }
}
