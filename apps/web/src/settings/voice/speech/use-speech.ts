/** Who listens and who speaks, as Settings reads, changes, tests and samples it. */
import { call } from '@earshot/client'
import { getSpeech, type SpeechDraft, sayAloud, setSpeech, testSpeech } from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { tellProblem } from '../../../app/problem.ts'

export const speechQuery = queryOptions({
  queryKey: ['voice', 'speech'],
  queryFn: ({ signal }) => call(getSpeech, { signal }),
})

export function useSaveSpeech() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: SpeechDraft) => call(setSpeech, { body }),
    onSuccess: (settings) => cache.setQueryData(speechQuery.queryKey, settings),
    onError: tellProblem,
  })
}

export const useTestSpeech = () => useMutation({ mutationFn: () => call(testSpeech, {}), onError: tellProblem })

/** Plays a sentence as callers would hear it. */
export const useSayAloud = () =>
  useMutation({
    mutationFn: async (body: { text: string; voice: string | null; language: string; speed: number }) => {
      const { audio } = await call(sayAloud, { body })
      const sound = new Audio(`data:audio/wav;base64,${audio}`)
      await sound.play()
    },
    onError: tellProblem,
  })
