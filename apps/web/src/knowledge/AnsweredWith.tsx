/** Which questions this article answers: real conversations in which an agent cited it. */
import { call } from '@earshot/client'
import { listArticleQuestions } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { coverageQuery } from './Coverage.tsx'

export function AnsweredWith({ articleId }: { articleId: string }) {
  const { t } = useTranslation('knowledge')
  const { data } = useQuery({
    queryKey: ['knowledge', 'questions', articleId],
    queryFn: ({ signal }) => call(listArticleQuestions, { params: { id: articleId }, query: { limit: 20 }, signal }),
  })
  const { data: coverage } = useQuery(coverageQuery)
  const used = coverage?.articles.find(({ id }) => id === articleId)
  if (!data) return null
  return (
    <section className="answered" aria-label={t('answered')}>
      <h2 className="strong">{t('answered')}</h2>
      {used && coverage && <p className="small t3">{t('coverage.used', { ...used, days: coverage.days })}</p>}
      {data.items.length === 0 ? (
        <p className="small t3">{t('answeredNone')}</p>
      ) : (
        <div className="lbox">
          {data.items.map((asked) => (
            <Link className="lrow" key={asked.id} to="/conversations/$id" params={{ id: asked.conversationId }}>
              <span className="grow tr" dir="auto">
                {asked.question}
              </span>
              <span className="small t3">
                <RelativeTime at={asked.at} />
              </span>
            </Link>
          ))}
        </div>
      )}
    </section>
  )
}
