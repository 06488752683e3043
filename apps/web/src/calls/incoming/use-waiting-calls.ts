/** Which conversations of the queue are calls that are on the line now. */
import type { Call } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { callsQuery } from '../queries.ts'

export function useCallIds(): ReadonlySet<string> {
  const { data } = useQuery(callsQuery(useQueryClient()))
  return useMemo(() => new Set(data?.map(({ conversationId }) => conversationId)), [data])
}

export function useRunningCall(conversationId: string): Call | undefined {
  const { data } = useQuery({
    ...callsQuery(useQueryClient()),
    select: (calls) => calls.find((call) => call.conversationId === conversationId),
  })
  return data
}
