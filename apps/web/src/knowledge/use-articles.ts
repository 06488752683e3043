/** The articles, paged; a search asks exactly as the embedded answerer does. */
import { call } from '@earshot/client'
import { type Article, listArticles } from '@earshot/contracts'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'

export type Shown = 'all' | Article['status']

export type Wanted = { q: string; shown: Shown; folderId: string | undefined; language: string | undefined }

export function useArticles({ q, shown, folderId, language }: Wanted) {
  const status = shown === 'all' ? undefined : shown
  return useInfiniteQuery({
    queryKey: ['knowledge', 'list', { q, status, folderId, language }],
    queryFn: ({ pageParam, signal }) =>
      call(listArticles, {
        query: { q: q || undefined, status, folderId, language, cursor: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export const articleKey = (id: string) => ['knowledge', 'one', id]
