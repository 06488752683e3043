/** Skills, teams, capacity and the queue's own settings: read under the queue's name, saved with one word. */
import { call } from '@earshot/client'
import {
  type Caps,
  changeOperator,
  changeTeam,
  createTeam,
  deleteTeam,
  getQueueSettings,
  listSkills,
  type Operator,
  type QueueSettings,
  renameSkill,
  setQueueSettings,
} from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { toast } from '../../ui/Toasts.tsx'

export { operatorsQuery, teamsQuery } from '../../inbox/queue-cache.ts'

export const skillsQuery = queryOptions({
  queryKey: ['queue', 'skills'],
  queryFn: async ({ signal }) => (await call(listSkills, { signal })).items,
})
export const queueSettingsQuery = queryOptions({
  queryKey: ['queue', 'settings'],
  queryFn: ({ signal }) => call(getQueueSettings, { signal }),
})

export type OperatorEdits = { skills: string[]; teamIds: string[]; caps: Caps | null }
type TeamEdits = { id: string | null; name: string; memberIds: string[] }

export function useTeamCommands() {
  const { t } = useTranslation('teams')
  const cache = useQueryClient()
  const settled = (said: string) => {
    toast.done(said)
    return cache.invalidateQueries({ queryKey: ['queue'] })
  }
  return {
    operator: useMutation({
      mutationFn: ({ id, ...body }: OperatorEdits & { id: Operator['member']['id'] }) =>
        call(changeOperator, { params: { id }, body }),
      onSuccess: () => settled(t('saved')),
      onError: tellProblem,
    }),
    team: useMutation({
      mutationFn: ({ id, ...body }: TeamEdits) =>
        id === null ? call(createTeam, { body }) : call(changeTeam, { params: { id }, body }),
      onSuccess: ({ name }, { id }) => settled(id === null ? t('team.created', { name }) : t('saved')),
      onError: tellProblem,
    }),
    remove: useMutation({
      mutationFn: ({ id }: { id: string; name: string }) => call(deleteTeam, { params: { id } }),
      onSuccess: (_, { name }) => settled(t('team.deleted', { name })),
      onError: tellProblem,
    }),
    rename: useMutation({
      mutationFn: (body: { from: string; to: string }) => call(renameSkill, { body }),
      onSuccess: (_, { to }) => settled(t('skill.renamed', { name: to })),
      onError: tellProblem,
    }),
    settings: useMutation({
      mutationFn: (body: QueueSettings) => call(setQueueSettings, { body }),
      onSuccess: () => settled(t('saved')),
      onError: tellProblem,
    }),
  }
}
