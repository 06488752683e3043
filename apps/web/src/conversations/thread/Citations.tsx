/** The articles an answer rests on, with the sentence it used. */
import type { Citation, Entry } from '@earshot/contracts'
import { Link } from '@tanstack/react-router'
import BookOpen from 'lucide-react/icons/book-open'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/Icon.tsx'

export function Citations({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation('conversations')
  const cited = citationsIn(entries)
  if (cited.length === 0) return null
  return (
    <div className="cites">
      {cited.map((one) => (
        <details className="cite small" key={one.articleId}>
          <summary>
            <Icon of={BookOpen} size="xs" />
            <span className="tr" dir="auto">
              {one.title}
            </span>
          </summary>
          <blockquote dir="auto">{one.quote}</blockquote>
          <Link className="link" to="/knowledge/$id" params={{ id: one.articleId }}>
            {t('openArticle')}
          </Link>
        </details>
      ))}
    </div>
  )
}

function citationsIn(entries: readonly Entry[]): Citation[] {
  const all = entries.flatMap(({ data: { citations } }) =>
    Array.isArray(citations) && citations.every(isCitation) ? citations : [],
  )
  return [...new Map(all.map((one) => [one.articleId, one])).values()]
}

/** What an agent attached is its own affair; only what can be shown counts. */
function isCitation(value: unknown): value is Citation {
  if (typeof value !== 'object' || value === null) return false
  const { articleId, title, quote }: Partial<Record<keyof Citation, unknown>> = value
  return [articleId, title, quote].every((part) => typeof part === 'string')
}
