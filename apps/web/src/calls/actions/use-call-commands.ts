/** What can be done to a call. Each command names itself and the version it was decided on; a refusal shows what is now. */
import { ApiError, call as ask, newKey, type ReplyOf } from '@earshot/client'
import {
  answerCall,
  type Call,
  cancelTransfer,
  coachCall,
  endCall,
  enqueueCall,
  getCall,
  listenToCall,
  pauseRecording,
  releaseCall,
  takeOverCall,
  transferCall,
} from '@earshot/contracts'
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { useSession } from '../../app/session.ts'
import { toast } from '../../ui/Toasts.tsx'
import { callKeys, putCall } from '../queries.ts'

type Reached = ReplyOf<typeof listenToCall>
type Named = { opId: string; version: number }

export type Command<V = void> = UseMutationResult<Reached, Error, V>

/** What is wrong with where the call should go is said where it was typed. */
export const isOfNumber = (error: unknown): boolean =>
  error instanceof ApiError && /^call[.](number_|transfer_limit|no_line)/.test(error.code)

/** Somebody or something was faster. */
const OVERTAKEN = ['call.changed', 'call.taken', 'call.not_now', 'call.not_yours']

export function useCallCommands({ conversationId }: Pick<Call, 'conversationId'>) {
  const params = { id: conversationId }
  return {
    listen: useCommand(conversationId, (named) => ask(listenToCall, { params, body: named })),
    takeOver: useCommand(conversationId, (named, given: { leg?: string; by: 'browser' | 'phone' }) =>
      ask(takeOverCall, { params, body: { ...named, ...given } }),
    ),
    comeBack: useCommand(conversationId, (named) => ask(answerCall, { params, body: { ...named, by: 'browser' } })),
    release: useCommand(conversationId, (named, note: string) =>
      ask(releaseCall, { params, body: { ...named, ...(note === '' ? {} : { note }) } }),
    ),
    transfer: useCommand(conversationId, (named, to: { to: string } | { contactId: string }) =>
      ask(transferCall, { params, body: { ...named, ...to } }),
    ),
    cancel: useCommand(conversationId, (named) => ask(cancelTransfer, { params, body: named })),
    enqueue: useCommand(conversationId, (named, given: { reason?: string; skills: string[]; teamId?: string }) =>
      ask(enqueueCall, { params, body: { ...named, ...given } }),
    ),
    end: useCommand(conversationId, (named) => ask(endCall, { params, body: named })),
    coach: useCommand(conversationId, (named, text: string) => ask(coachCall, { params, body: { ...named, text } })),
    record: useCommand(conversationId, (named, on: boolean) => ask(pauseRecording, { params, body: { ...named, on } })),
  }
}

function useCommand<V = void>(
  conversationId: string,
  run: (named: Named, given: V) => Promise<Reached>,
): UseMutationResult<Reached, Error, V> {
  const cache = useQueryClient()
  const tell = useTellRefusal(conversationId)
  return useMutation({
    mutationFn: (given: V) => {
      // As the screen stands at the very click, not as it was drawn.
      const version = cache.getQueryData<Call | null>(callKeys.of(conversationId))?.version ?? 0
      return run({ opId: newKey(), version }, given)
    },
    onSuccess: ({ call }) => putCall(cache, call),
    onError: tell,
  })
}

function useTellRefusal(conversationId: string) {
  const { t } = useTranslation('calls')
  const cache = useQueryClient()
  const { member } = useSession()
  return async (error: Error) => {
    const overtaken = error instanceof ApiError && OVERTAKEN.includes(error.code)
    if (isOfNumber(error)) return
    if (!overtaken) return void tellProblem(error)
    const now = await ask(getCall, { params: { id: conversationId } }).catch(() => null)
    if (!now) return void tellProblem(error)
    putCall(cache, now)
    const { holder } = now
    if (now.state !== 'ended' && holder && holder.id !== member.id)
      toast.failed(t('refused.takenBy', { name: holder.name }))
    else toast.failed(t('refused.changed', { state: t(`refused.state.${now.state}`) }))
  }
}
