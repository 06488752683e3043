/** The contact's own stars and words; a supervisor may remove them, for good. */
import type { Conversation } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Stars } from '../ui/Score.tsx'
import { RemoveRating } from './RemoveRating.tsx'
import { Section } from './Section.tsx'

export function RatingCard({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const { rating } = conversation
  return (
    <Section title={t('rating.title')} end={rating && <RemoveRating conversation={conversation} />}>
      <Stars
        stars={rating?.stars ?? null}
        label={t('rating.stars', { count: rating?.stars ?? 0 })}
        none={t('rating.none')}
      />
      {rating?.comment && (
        <p className="prose asis" dir="auto">
          {rating.comment}
        </p>
      )}
    </Section>
  )
}
