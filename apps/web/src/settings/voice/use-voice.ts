/** Lines, the rules for calls and saved contacts as Settings reads and changes them. */
import { call } from '@earshot/client'
import {
  changeLine,
  changeVoiceContact,
  createLine,
  createVoiceContact,
  deleteLine,
  deleteVoiceContact,
  getVoiceSettings,
  type LineDraft,
  listLines,
  listVoiceContacts,
  setVoiceSettings,
  testLine,
  type VoiceContactDraft,
  type VoiceSettings,
} from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { tellProblem } from '../../app/problem.ts'

export const linesQuery = queryOptions({
  queryKey: ['voice-lines'],
  queryFn: async ({ signal }) => (await call(listLines, { signal })).items,
})
export const voiceQuery = queryOptions({
  queryKey: ['voice', 'settings'],
  queryFn: ({ signal }) => call(getVoiceSettings, { signal }),
})
export const voiceContactsQuery = queryOptions({
  queryKey: ['voice', 'contacts'],
  queryFn: async ({ signal }) => (await call(listVoiceContacts, { signal })).items,
})

export function useLineCommands() {
  const cache = useQueryClient()
  const onSettled = () => void cache.invalidateQueries({ queryKey: ['voice-lines'] })
  const save = useMutation({
    mutationFn: ({ id, draft }: { id?: string | undefined; draft: LineDraft }) =>
      id ? call(changeLine, { params: { id }, body: draft }) : call(createLine, { body: draft }),
    onError: tellProblem,
    onSettled,
  })
  const remove = useMutation({
    mutationFn: (id: string) => call(deleteLine, { params: { id } }),
    onError: tellProblem,
    onSettled,
  })
  const test = useMutation({
    mutationFn: (id: string) => call(testLine, { params: { id } }),
    onError: tellProblem,
    onSettled,
  })
  return { save, remove, test }
}

export function useContactCommands() {
  const cache = useQueryClient()
  const onSettled = () => void cache.invalidateQueries({ queryKey: voiceContactsQuery.queryKey })
  const save = useMutation({
    mutationFn: ({ id, draft }: { id?: string | undefined; draft: VoiceContactDraft }) =>
      id ? call(changeVoiceContact, { params: { id }, body: draft }) : call(createVoiceContact, { body: draft }),
    onError: tellProblem,
    onSettled,
  })
  const remove = useMutation({
    mutationFn: (id: string) => call(deleteVoiceContact, { params: { id } }),
    onError: tellProblem,
    onSettled,
  })
  return { save, remove }
}

export function useSaveVoice() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: VoiceSettings) => call(setVoiceSettings, { body }),
    onSuccess: (settings) => cache.setQueryData(voiceQuery.queryKey, settings),
    onError: tellProblem,
  })
}
