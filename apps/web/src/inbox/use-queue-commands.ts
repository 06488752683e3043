/** What a person does with a conversation of the queue: each shows its end at once, and says who was faster. */
import './texts.ts'
import { ApiError, call } from '@earshot/client'
import {
  acceptOffer,
  type Conversation,
  claimConversation,
  declineOffer,
  releaseConversation,
  transferConversation,
} from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { winnerOf } from '../conversations/control/use-commands.ts'
import { keys } from '../conversations/keys.ts'
import { usePutConversation } from '../conversations/use-put-conversation.ts'
import { toast } from '../ui/Toasts.tsx'
import { queueKeys } from './queue-cache.ts'
import { useContactName } from './use-contact-name.ts'

export type Transfer = {
  memberId?: string
  teamId?: string
  note?: string
  force?: boolean
  /** Who gets it, for the toast. */
  to: string
}

/** `onTaken` runs also when the feed has taken away what asked before the answer came. */
export function useQueueCommands(conversation: Conversation, onTaken?: () => void) {
  const { t } = useTranslation(['inbox', 'conversations'])
  const put = usePutConversation()
  const refused = useRefused(conversation.id)
  const { id } = conversation
  const params = { id }
  const name = useContactName(conversation.contact)
  const done = (said: string) => (changed: Conversation) => {
    put(changed)
    toast.done(said)
  }
  const taken = (said: string) => (changed: Conversation) => {
    done(said)(changed)
    onTaken?.()
  }
  return {
    claim: useMutation({
      mutationKey: ['queue', 'claim', id],
      mutationFn: () => call(claimConversation, { params, body: {} }),
      onSuccess: taken(t('claimed', { name })),
      onError: refused,
    }),
    accept: useMutation({
      mutationFn: () => call(acceptOffer, { params, body: {} }),
      onSuccess: taken(t('offer.accepted', { name })),
      onError: refused,
    }),
    decline: useMutation({
      mutationFn: () => call(declineOffer, { params, body: {} }),
      onSuccess: done(t('offer.declined')),
      onError: refused,
    }),
    release: useMutation({
      mutationFn: () => call(releaseConversation, { params, body: {} }),
      onSuccess: done(t('released')),
      onError: refused,
    }),
    transfer: useMutation({
      mutationFn: ({ to: _, ...body }: Transfer) => call(transferConversation, { params, body }),
      onSuccess: (changed, { to, teamId }) =>
        done(t(teamId ? 'transferDialog.doneTeam' : 'transferDialog.doneMember', { name: to }))(changed),
      onError: refused,
    }),
  }
}

/** A refusal means that the screen was not up to date: it is, right after; and the toast names who won. */
function useRefused(id: string) {
  const { t } = useTranslation('inbox')
  const cache = useQueryClient()
  return (error: unknown) => {
    void cache.invalidateQueries({ queryKey: keys.one(id) })
    void cache.invalidateQueries({ queryKey: queueKeys.items })
    void cache.invalidateQueries({ queryKey: queueKeys.mine })
    const winner = error instanceof ApiError && error.code === 'conversation.taken' ? winnerOf(error) : null
    if (winner) toast.failed(t('claimedBy', { name: winner }), { icon: UserRoundCheck })
    else tellProblem(error)
  }
}
