/** What is asked about the recording of a call. Its bytes come when somebody plays it, as many as are heard. */
import { call as ask } from '@earshot/client'
import { type CallRecording, getCallRecording, getRecordingPeaks } from '@earshot/contracts'
import { queryOptions } from '@tanstack/react-query'
import { codeOf } from '../../app/problem.ts'

const keys = {
  of: (conversationId: string) => ['recordings', conversationId] as const,
  outline: (callId: string) => ['recordings', 'outline', callId] as const,
}

/** While it is being made its progress is asked for; that it is ready is told by the feed as well (`app/follow-feed.ts`). */
const AGAIN_MS = 2000
const isComing = (data: CallRecording | null | undefined) => data?.state === 'processing'

/** Null: the conversation has no call. Without `callId` the last one. */
export const recordingQuery = (conversationId: string, callId?: string) =>
  queryOptions({
    queryKey: [...keys.of(conversationId), callId ?? 'last'],
    queryFn: async ({ signal }): Promise<CallRecording | null> => {
      const query = callId === undefined ? {} : { call: callId }
      try {
        return await ask(getCallRecording, { params: { id: conversationId }, query, signal })
      } catch (error) {
        if (codeOf(error) === 'call.not_found') return null
        throw error
      }
    },
    staleTime: 60_000,
    refetchInterval: ({ state: { data } }) => (isComing(data) ? AGAIN_MS : false),
  })

/** More than any screen is wide in strokes; each draws as many as it has room for. */
const COLUMNS = 1500

export const outlineQuery = (conversationId: string, { callId, state }: CallRecording) =>
  queryOptions({
    queryKey: keys.outline(callId),
    queryFn: ({ signal }) =>
      ask(getRecordingPeaks, { params: { id: conversationId }, query: { call: callId, columns: COLUMNS }, signal }),
    enabled: state === 'ready',
    staleTime: Number.POSITIVE_INFINITY,
  })

export const soundUrl = (conversationId: string, callId: string): string =>
  `/api/v1/conversations/${conversationId}/call/recording/audio?call=${callId}`

export const downloadUrl = (conversationId: string, callId: string, format: 'mp3' | 'original'): string =>
  `/api/v1/conversations/${conversationId}/call/recording/download?call=${callId}&format=${format}`
