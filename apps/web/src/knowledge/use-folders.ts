/** Folders of articles, and what the list beside them shows. */
import { call } from '@earshot/client'
import { type ArticleFolder, changeFolder, createFolder, deleteFolder, listFolders } from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { tellProblem } from '../app/problem.ts'

/** All articles, or those of one folder. */
export type Shelf = { kind: 'all' } | { kind: 'folder'; id: string }

export const foldersQuery = queryOptions({
  queryKey: ['knowledge', 'folders'],
  queryFn: async ({ signal }): Promise<ArticleFolder[]> => (await call(listFolders, { signal })).items,
})

export function useFolderChanges(done: () => void) {
  const queries = useQueryClient()
  const settled = {
    onSuccess: () => {
      done()
      return queries.invalidateQueries({ queryKey: ['knowledge'] })
    },
    onError: tellProblem,
  }
  const create = useMutation({ mutationFn: (name: string) => call(createFolder, { body: { name } }), ...settled })
  const rename = useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) => call(changeFolder, { params: { id }, body: { name } }),
    ...settled,
  })
  const remove = useMutation({ mutationFn: (id: string) => call(deleteFolder, { params: { id } }), ...settled })
  return { create, rename, remove }
}
