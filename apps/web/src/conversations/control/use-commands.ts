/** What an operator can do with the open conversation; every command shows its end at once and says who was faster. */
import { ApiError, call } from '@earshot/client'
import {
  archiveConversation,
  blockContact,
  type Conversation,
  closeConversation,
  reopenConversation,
  requestHandoff,
  setControl,
  unblockContact,
} from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import Archive from 'lucide-react/icons/archive'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { toast } from '../../ui/Toasts.tsx'
import { putContact } from '../cache.ts'
import { keys } from '../keys.ts'
import { agentName } from '../names.ts'
import { usePutConversation } from '../use-put-conversation.ts'

export type ControlBody = {
  control: 'operator' | 'agent' | 'paused'
  note?: string
  announce?: boolean
  force?: boolean
}
export type Block = { reason?: string; expiresAt?: string }

export function useControl(conversation: Conversation) {
  const { t } = useTranslation('conversations')
  const put = usePutConversation()
  const tell = useTellRefusal(conversation.id)
  const { id } = conversation
  const set = useMutation({
    mutationFn: (body: ControlBody) => call(setControl, { params: { id }, body }),
    onSuccess: put,
    onError: tell,
  })
  // Callbacks stand with the mutation, not with the call: the menu that asked is gone when the answer comes.
  const pause = useMutation({
    mutationFn: () => call(setControl, { params: { id }, body: { control: 'paused', announce: false } }),
    onSuccess: (changed: Conversation) => {
      put(changed)
      const before = conversation.control
      const said = t(before === 'operator' ? 'done.released' : 'done.paused', { agent: agentName(conversation, t) })
      if (before === 'agent' || before === 'operator')
        toast.undoable(said, () => set.mutate({ control: before, announce: false }))
      else toast.done(said)
    },
    onError: tell,
  })
  return {
    set,
    /** Nobody hears a pause, so it is done at once and can be taken back. */
    pause: () => pause.mutate(),
    askForHuman: useMutation({
      mutationFn: () => call(requestHandoff, { params: { id }, body: {} }),
      onSuccess: (changed: Conversation) => {
        put(changed)
        toast.done(t('done.queued'))
      },
      onError: tell,
    }),
  }
}

/** Close, archive and reopen can be taken back for eight seconds. */
export function useLifecycle(conversation: Conversation) {
  const { t } = useTranslation('conversations')
  const put = usePutConversation()
  const tell = useTellRefusal(conversation.id)
  const { id } = conversation
  const reopen = useMutation({
    mutationFn: () => call(reopenConversation, { params: { id } }),
    onSuccess: put,
    onError: tell,
  })
  const undo = () => reopen.mutate()
  const close = useMutation({
    mutationFn: () => call(closeConversation, { params: { id } }),
    onSuccess: (changed: Conversation) => {
      put(changed)
      toast.undoable(t('done.closed'), undo)
    },
    onError: tell,
  })
  const archive = useMutation({
    mutationFn: () => call(archiveConversation, { params: { id } }),
    onSuccess: (changed: Conversation) => {
      put(changed)
      toast.undoable(t('done.archived'), undo, Archive)
    },
    onError: tell,
  })
  return { close, archive, reopen }
}

export function useBlocking(conversation: Conversation) {
  const { t } = useTranslation('conversations')
  const cache = useQueryClient()
  const { contact, channel, id } = conversation
  const params = { id: contact.id }
  const settled = () => void cache.invalidateQueries({ queryKey: keys.one(id) })
  const block = useMutation({
    mutationFn: (body: Block) => call(blockContact, { params, body: { channelId: channel.id, ...body } }),
    onSuccess: (changed) => {
      putContact(cache, changed)
      toast.undoable(t('done.blocked'), () => unblock.mutate())
    },
    onError: tellProblem,
    onSettled: settled,
  })
  const unblock = useMutation({
    mutationFn: () => call(unblockContact, { params, body: { channelId: channel.id } }),
    onSuccess: (changed) => {
      putContact(cache, changed)
      toast.done(t('done.unblocked'))
    },
    onError: tellProblem,
    onSettled: settled,
  })
  return { block, unblock }
}

/** A refusal means that the screen was not up to date: it is, right after; and the toast names who won. */
function useTellRefusal(id: string) {
  const { t } = useTranslation('conversations')
  const cache = useQueryClient()
  return (error: unknown) => {
    void cache.invalidateQueries({ queryKey: keys.one(id) })
    const winner = error instanceof ApiError && error.code === 'conversation.taken' ? winnerOf(error) : null
    if (winner) toast.failed(t('takenBy', { name: winner }), { icon: UserRoundCheck })
    else tellProblem(error)
  }
}

export function winnerOf({ details }: ApiError): string | null {
  const { operator } = details
  const named = typeof operator === 'object' && operator !== null && 'name' in operator
  return named && typeof operator.name === 'string' ? operator.name : null
}
