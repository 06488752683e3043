/** What is asked often and is none of the intents yet: one press makes it one. */
import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { type Draft, draftOf, suggestionsQuery } from './use-intents.ts'

export function Suggestions({ taken, onAdd }: { taken: string[]; onAdd: (draft: Draft) => void }) {
  const { t } = useTranslation('intents')
  const { data = [] } = useQuery(suggestionsQuery)
  const left = data.filter(({ name }) => !taken.includes(name))
  if (left.length === 0) return null
  return (
    <section className="suggested" aria-labelledby="suggested">
      <h2 className="strong" id="suggested">
        {t('suggestions.title')}
      </h2>
      <ul className="lbox">
        {left.map(({ questionId, name, examples, count }) => (
          <li className="lrow" key={questionId}>
            <span className="grow tr" dir="auto">
              {name}
            </span>
            <span className="small t3 num">{t('suggestions.times', { count })}</span>
            <Button size="sm" icon={Plus} onClick={() => onAdd(draftOf({ name, examples }))}>
              {t('suggestions.add')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
