/** What the outbox needs beyond a plain message: who is mentioned in a note, and an answer that closes. */
import './texts.ts'
import { call } from '@earshot/client'
import { type Entry, sendAndClose as endpoint, undoChange } from '@earshot/contracts'
import type { QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { tellProblem } from '../app/problem.ts'
import { meQuery } from '../app/session.ts'
import { putConversation } from '../conversations/cache.ts'
import { keys } from '../conversations/keys.ts'
import { membersQuery } from '../conversations/members.ts'
import { toast } from '../ui/Toasts.tsx'
import { namesIn } from './names-in.ts'

/** The ids of those whose name stands after an @ in the text. */
export async function mentionsIn(cache: QueryClient, text: string): Promise<string[]> {
  return namesIn(text, await cache.ensureQueryData(membersQuery)).slice(0, 20)
}

type Body = { text: string; attachmentIds: string[]; clientKey: string }

export async function sendAndClose(cache: QueryClient, id: string, body: Body, signal: AbortSignal): Promise<Entry> {
  const { entry, conversation, changeId } = await call(endpoint, { params: { id }, body, signal })
  const put = (changed: typeof conversation) => {
    const memberId = cache.getQueryData(meQuery.queryKey)?.member?.id ?? ''
    putConversation(cache, changed, memberId, () => void cache.invalidateQueries({ queryKey: keys.counts }))
  }
  put(conversation)
  if (conversation.status === 'active') toast.done(i18next.t('replies:stayedOpen'))
  else if (changeId)
    toast.undoable(i18next.t('replies:sentAndClosed'), () => {
      void call(undoChange, { params: { id }, body: { changeId } }).then(put, tellProblem)
    })
  return entry
}
