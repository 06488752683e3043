/** Creates or changes an article, as a draft or published; agents use it from the next question on. */
import { call } from '@earshot/client'
import { type Article, changeArticle, createArticle } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import type { Draft } from '../app/use-draft.ts'
import { toast } from '../ui/Toasts.tsx'
import { articleKey } from './use-articles.ts'

export type ArticleFields = Pick<Article, 'title' | 'body' | 'language' | 'folderId'>

export function useSaveArticle(article: Article | null, draft: Draft<ArticleFields>) {
  const { t } = useTranslation('knowledge')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const save = useMutation({
    mutationFn: (status: Article['status']) =>
      article
        ? call(changeArticle, { params: { id: article.id }, body: { ...draft.edits, status } })
        : call(createArticle, { body: { ...draft.value, status } }),
    onSuccess: async (saved) => {
      queries.setQueryData(articleKey(saved.id), saved)
      draft.reset()
      toast.done(
        t(saved.status === 'published' ? 'livenow' : article?.status === 'published' ? 'unpublished' : 'saved'),
      )
      await queries.invalidateQueries({ queryKey: ['knowledge'] })
      if (!article)
        await navigate({ to: '/knowledge/$id', params: { id: saved.id }, replace: true, ignoreBlocker: true })
    },
    onError: tellProblem,
  })
  return { run: (status: Article['status']) => save.mutate(status), busy: save.isPending }
}
