/** One article, or a new one: written in Markdown, read as agents and contacts will see it. */
import { call } from '@earshot/client'
import { type Article, getArticle } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { NotFoundPage } from '../app/ErrorPages.tsx'
import { Loaded } from '../app/Loaded.tsx'
import { codeOf } from '../app/problem.ts'
import { ArticleEditor } from './ArticleEditor.tsx'
import { articleKey } from './use-articles.ts'

export function ArticleScreen() {
  const { id } = useParams({ from: '/work/knowledge/$id' })
  // The key resets what was typed when another article is opened.
  return id === 'new' ? <ArticleEditor article={null} key="new" /> : <StoredArticle id={id} key={id} />
}

function StoredArticle({ id }: { id: string }) {
  const article = useQuery<Article>({
    queryKey: articleKey(id),
    queryFn: ({ signal }) => call(getArticle, { params: { id }, signal }),
  })
  const code = codeOf(article.error)
  if (code === 'article.not_found' || code === 'request.invalid') return <NotFoundPage error={article.error} />
  return <Loaded query={article}>{(stored) => <ArticleEditor article={stored} />}</Loaded>
}
