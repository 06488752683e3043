/** Puts the answer to a command into the cache, exactly as if the feed had brought it. */
import type { Conversation } from '@earshot/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useSession } from '../app/session.ts'
import { putConversation } from './cache.ts'
import { keys } from './keys.ts'

export function usePutConversation(): (conversation: Conversation) => void {
  const cache = useQueryClient()
  const { member } = useSession()
  return useCallback(
    (conversation) =>
      putConversation(cache, conversation, member.id, () => void cache.invalidateQueries({ queryKey: keys.counts })),
    [cache, member.id],
  )
}
