/** The rubric as Settings reads and changes it. */
import { call } from '@earshot/client'
import {
  discardRubricDraft,
  getRubric,
  listRubricVersions,
  previewRubric,
  type Rubric,
  type RubricState,
  restoreRubric,
  saveRubricDraft,
  switchRubricOn,
} from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { tellProblem } from '../../app/problem.ts'

export const rubricQuery = queryOptions({
  queryKey: ['rubric', 'state'],
  queryFn: ({ signal }) => call(getRubric, { signal }),
})
export const versionsQuery = queryOptions({
  queryKey: ['rubric', 'versions'],
  queryFn: async ({ signal }) => (await call(listRubricVersions, { signal })).items,
})

export function useRubricCommands() {
  const cache = useQueryClient()
  const put = (state: RubricState) => cache.setQueryData(rubricQuery.queryKey, state)
  const putDraft = (draft: RubricState['draft']) =>
    cache.setQueryData(rubricQuery.queryKey, (before) => before && { ...before, draft })
  // Somebody else may have been faster: what is shown is read again.
  const onError = (error: unknown) => {
    tellProblem(error)
    void cache.invalidateQueries({ queryKey: ['rubric'] })
  }
  const again = () => void cache.invalidateQueries({ queryKey: ['rubric', 'versions'] })
  const saveDraft = useMutation({
    mutationFn: (body: { rubric: Rubric; revision: number }) => call(saveRubricDraft, { body }),
    onError,
  })
  const discard = useMutation({ mutationFn: () => call(discardRubricDraft, {}), onSuccess: put, onError })
  const preview = useMutation({
    mutationFn: (rubric: Rubric) => call(previewRubric, { body: { rubric } }),
    onError: tellProblem,
  })
  const switchOn = useMutation({
    mutationFn: (body: { revision: number; note: string }) => call(switchRubricOn, { body }),
    onSuccess: put,
    onError,
    onSettled: again,
  })
  const restore = useMutation({
    mutationFn: (version: number) => call(restoreRubric, { params: { version } }),
    onSuccess: putDraft,
    onError,
  })
  return { saveDraft, discard, preview, switchOn, restore }
}
