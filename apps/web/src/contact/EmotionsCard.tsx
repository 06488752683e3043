/** Tone and the strongest emotions, kept up to date while the conversation runs. */

import type { Conversation, Review } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { codeWords } from '../conversations/code-words.ts'
import { EmotionsOverTime } from './EmotionsOverTime.tsx'
import { emotionColour, trendOf } from './emotion-colour.ts'
import { Section } from './Section.tsx'

type Props = { conversation: Conversation; review: Review | null }

export function EmotionsCard({ conversation, review }: Props) {
  const { t } = useTranslation('conversations')
  const { tone, emotions } = conversation
  const trend = review ? trendOf(review.sentiment.trend) : null
  const end =
    tone === null
      ? t('emotions.noTone')
      : trend
        ? t('emotions.toneAndTrend', { tone: t(`tone.${tone}`), trend: t(`trend.${trend}`) })
        : t('emotions.tone', { tone: t(`tone.${tone}`) })
  return (
    <Section title={t('emotions.title')} end={end}>
      {emotions.length === 0 ? (
        <span className="none">{t('emotions.none')}</span>
      ) : (
        emotions.slice(0, 4).map(({ label, score }) => (
          <div className="emo" key={label}>
            <span className="tr">{codeWords('emotion', label)}</span>
            <span className="track">
              <i style={{ width: `${Math.round(score * 100)}%`, background: emotionColour(label) }} />
            </span>
            <span className="num">{new Intl.NumberFormat(undefined, { style: 'percent' }).format(score)}</span>
          </div>
        ))
      )}
      <EmotionsOverTime conversation={conversation} />
    </Section>
  )
}
