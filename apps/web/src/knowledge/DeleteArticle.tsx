/** Deletes an article for good, after a typed word; unpublishing is the milder way. */
import { call } from '@earshot/client'
import { type Article, changeArticle, deleteArticle } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { toast } from '../ui/Toasts.tsx'
import { articleKey } from './use-articles.ts'

type Props = { article: Article; open: boolean; onOpenChange: (open: boolean) => void }

export function DeleteArticle({ article, open, onOpenChange }: Props) {
  const { t } = useTranslation(['knowledge', 'common'])
  const { remove, unpublish } = useRemoval(article, () => onOpenChange(false))
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      destructive
      title={t('knowledge:delete.title', { title: article.title })}
      description={t('knowledge:delete.text')}
      verb={t('knowledge:delete.forever')}
      cancel={t('common:cancel')}
      phrase={{
        text: t('knowledge:delete.phrase'),
        label: t('knowledge:delete.type', { phrase: t('knowledge:delete.phrase') }),
      }}
      busy={remove.isPending}
      alternative={
        article.status === 'published' && (
          <Button variant="quiet" busy={unpublish.isPending} onClick={() => unpublish.mutate()}>
            {t('knowledge:delete.instead')}
          </Button>
        )
      }
      onConfirm={() => remove.mutate()}
    />
  )
}

function useRemoval(article: Article, close: () => void) {
  const { t } = useTranslation('knowledge')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const params = { id: article.id }
  const remove = useMutation({
    mutationFn: () => call(deleteArticle, { params }),
    onSuccess: async () => {
      toast.done(t('delete.done'))
      await navigate({ to: '/knowledge', ignoreBlocker: true })
      queries.removeQueries({ queryKey: articleKey(article.id) })
      await queries.invalidateQueries({ queryKey: ['knowledge'] })
    },
    onError: tellProblem,
  })
  const unpublish = useMutation({
    mutationFn: () => call(changeArticle, { params, body: { status: 'draft' } }),
    onSuccess: async (saved) => {
      close()
      toast.done(t('unpublished'))
      queries.setQueryData(articleKey(article.id), saved)
      await queries.invalidateQueries({ queryKey: ['knowledge'] })
    },
    onError: tellProblem,
  })
  return { remove, unpublish }
}
