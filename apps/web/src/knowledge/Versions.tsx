/** The versions of an article: who saved what and when, and bring one back. */
import { call } from '@earshot/client'
import { type Article, type ArticleVersion, listArticleVersions, restoreArticle } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Markdown } from '../ui/Markdown.tsx'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { SkeletonRows } from '../ui/States.tsx'
import { toast } from '../ui/Toasts.tsx'
import { articleKey } from './use-articles.ts'

type Props = { article: Article; onClose: () => void; onRestored: () => void }

export function Versions({ article, onClose, onRestored }: Props) {
  const { t } = useTranslation(['knowledge', 'common'])
  const { data: versions } = useQuery({
    queryKey: ['knowledge', 'versions', article.id, article.version],
    queryFn: async ({ signal }) => (await call(listArticleVersions, { params: { id: article.id }, signal })).items,
  })
  const [chosen, setChosen] = useState<ArticleVersion | null>(null)
  const queries = useQueryClient()
  const restore = useMutation({
    mutationFn: (version: number) => call(restoreArticle, { params: { id: article.id }, body: { version } }),
    onSuccess: async (saved) => {
      queries.setQueryData(articleKey(saved.id), saved)
      toast.done(t('knowledge:versions.restored', { version: chosen?.version }))
      onRestored()
      await queries.invalidateQueries({ queryKey: ['knowledge'] })
    },
    onError: tellProblem,
  })
  const canRestore = chosen !== null && chosen.version !== article.version
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t('knowledge:versions.title')}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onClose}>{t('common:close')}</Button>
          <Button
            variant="primary"
            disabled={!canRestore}
            busy={restore.isPending}
            onClick={() => chosen && restore.mutate(chosen.version)}
          >
            {t('knowledge:versions.restore')}
          </Button>
        </>
      }
    >
      {!versions && <SkeletonRows />}
      <div className="lbox versions">
        {versions?.map((version) => (
          <button
            type="button"
            className="lrow"
            key={version.version}
            aria-pressed={chosen?.version === version.version}
            onClick={() => setChosen(version)}
          >
            <span className="strong num">{t('knowledge:versions.number', { version: version.version })}</span>
            <span className="t2 small grow tr" dir="auto">
              {version.restores
                ? t('knowledge:versions.restores', { version: version.restores, by: version.by ?? '' })
                : (version.by ?? t('knowledge:versions.byService'))}
            </span>
            {version.version === article.version && <Badge tone="ok">{t('knowledge:versions.now')}</Badge>}
            <span className="small t3">
              <RelativeTime at={version.at} />
            </span>
          </button>
        ))}
      </div>
      {chosen && (
        <article className="written versiontext" dir="auto">
          <h2>{chosen.title}</h2>
          <Markdown text={chosen.body} />
        </article>
      )}
    </Dialog>
  )
}
