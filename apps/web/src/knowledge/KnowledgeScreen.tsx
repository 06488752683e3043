/** Knowledge: the articles agents answer from; the list at the side, the editor beside it. */
import './texts.ts'
import { Outlet, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTitle } from '../app/title.ts'
import { ArticleList } from './ArticleList.tsx'
import { Folders } from './Folders.tsx'
import type { Shelf } from './use-folders.ts'

export function KnowledgeScreen() {
  const { t } = useTranslation('knowledge')
  const { id } = useParams({ strict: false })
  const [shelf, setShelf] = useState<Shelf>({ kind: 'all' })
  useTitle(t('title'))
  return (
    <div className="kn" data-pane={id ? 'article' : 'list'}>
      <Folders shelf={shelf} onChange={setShelf} />
      <ArticleList openId={id} shelf={shelf} onShelf={setShelf} />
      <section className="art col" aria-label={t('article')}>
        <Outlet />
      </section>
    </div>
  )
}
