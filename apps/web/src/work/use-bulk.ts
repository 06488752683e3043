/** Do one thing to many conversations: the server works, the tray shows how far it is. */
import { call } from '@earshot/client'
import { bulkAct, type ConversationAction, type ConversationSelection } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { tellProblem } from '../app/problem.ts'
import { useSession } from '../app/session.ts'
import { putJob, showStarted } from './jobs.ts'

export interface Bulk {
  selection: ConversationSelection
  action: ConversationAction
}

/** `bulk.mutate({ selection, action })`; progress, Stop and Undo are the tray's. */
export function useBulk() {
  const cache = useQueryClient()
  const { member } = useSession()
  return useMutation({
    mutationFn: (body: Bulk) => call(bulkAct, { body }),
    onSuccess: (job) => {
      showStarted(job)
      putJob(cache, job, member.id)
    },
    onError: tellProblem,
  })
}
