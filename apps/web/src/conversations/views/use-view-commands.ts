/** Saves, changes and deletes views, and puts the answers where they are shown. */
import { call, type InputOf } from '@earshot/client'
import { changeView, createView, deleteView, type Endpoint, type SavedView } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { problemText } from '../../app/problem.ts'
import { toast } from '../../ui/Toasts.tsx'
import { viewCountsQuery, viewsQuery } from '../views.ts'

type Body<E extends Endpoint> = NonNullable<InputOf<E> extends { body?: infer B } ? B : never>

export function useViewCommands() {
  const cache = useQueryClient()
  const onError = (error: unknown) => void toast.failed(problemText(error))
  const put = (view: SavedView) => {
    cache.setQueryData(viewsQuery.queryKey, (all = []) =>
      all.some(({ id }) => id === view.id) ? all.map((one) => (one.id === view.id ? view : one)) : [...all, view],
    )
    void cache.invalidateQueries({ queryKey: viewCountsQuery.queryKey })
  }
  const create = useMutation({
    mutationFn: (body: Body<typeof createView>) => call(createView, { body }),
    onSuccess: put,
    onError,
  })
  const change = useMutation({
    mutationFn: ({ id, ...body }: { id: string } & Body<typeof changeView>) =>
      call(changeView, { params: { id }, body }),
    onSuccess: put,
    onError,
  })
  const remove = useMutation({
    mutationFn: (id: string) => call(deleteView, { params: { id } }),
    onSuccess: (_, gone) => void cache.setQueryData(viewsQuery.queryKey, (all) => all?.filter(({ id }) => id !== gone)),
    onError,
  })
  return { create, change, remove }
}
