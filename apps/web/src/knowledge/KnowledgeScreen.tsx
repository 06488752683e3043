/** Knowledge: the articles agents answer from; the list at the side, the editor beside it. */
import './texts.ts'
import { Outlet, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useTitle } from '../app/title.ts'
import { ArticleList } from './ArticleList.tsx'

export function KnowledgeScreen() {
  const { t } = useTranslation('knowledge')
  const { id } = useParams({ strict: false })
  useTitle(t('title'))
  return (
    <div className="kn plain" data-pane={id ? 'article' : 'list'}>
      <ArticleList openId={id} />
      <section className="art col" aria-label={t('article')}>
        <Outlet />
      </section>
    </div>
  )
}
