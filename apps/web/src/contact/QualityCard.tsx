/** The quality score with the parts it is made of, each with its reason and the lines that show it; and the flags. */

import type { Conversation, Review } from '@earshot/contracts'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useTranslation } from 'react-i18next'
import { codeWords } from '../conversations/code-words.ts'
import { Icon } from '../ui/Icon.tsx'
import { clockTime, relativeTime } from '../ui/relative-time.ts'
import { Skeleton } from '../ui/States.tsx'
import { Flags } from './Flags.tsx'
import { Quotes } from './Quotes.tsx'
import { Regenerate } from './Regenerate.tsx'
import { Section } from './Section.tsx'
import { analyserName } from './SessionSummary.tsx'

/** Without a review yet it is still on its way, when the conversation says that there is one. */
type Props = { conversation: Conversation; review: Review | null | undefined }
type Part = Review['quality']['parts'][number]

export function QualityCard({ conversation, review }: Props) {
  const { t } = useTranslation('conversations')
  if (review === undefined && conversation.reviewedAt !== null) {
    return (
      <Section title={t('quality.title')}>
        <Skeleton height={48} className="sk-late" />
      </Section>
    )
  }
  if (!review?.applicable) {
    return (
      <Section title={t('quality.title')}>
        <span className="none">{t(review ? 'review.notApplicable' : 'review.notReviewed')}</span>
        <Flags conversation={conversation} />
      </Section>
    )
  }
  const { quality, createdAt, id } = review
  return (
    <Section
      title={t('quality.title')}
      id="quality"
      end={t('quality.reviewed', { at: momentOf(createdAt), rubric: quality.rubric })}
    >
      <div className="qtop">
        {quality.score === null ? (
          <span className="none">{t('quality.noScore')}</span>
        ) : (
          <span className="big">{quality.score}</span>
        )}
        <div className="grow small t3">
          {quality.score === null
            ? t('quality.noScoreWhy')
            : t('quality.band', { band: t(`quality.bands.${bandOf(quality.score)}`) })}
          <br />
          {t('quality.judged', { who: t(`quality.who.${quality.judged}`), analyser: analyserName(review) })}
        </div>
        <Regenerate id={conversation.id} />
      </div>
      {quality.caps.map((cap) => (
        <p className="small warn" key={cap}>
          {t('quality.capped', { cap: codeWords('flag.code', cap) })}
        </p>
      ))}
      <div>
        {quality.parts.map((part) => (
          <PartRow part={part} conversationId={conversation.id} key={`${id} ${part.key}`} />
        ))}
      </div>
      <Flags conversation={conversation} />
    </Section>
  )
}

function PartRow({ part, conversationId }: { part: Part; conversationId: string }) {
  const { t } = useTranslation('conversations')
  const name = codeWords('quality.part', part.key)
  const share = part.max > 0 ? part.points / part.max : 0
  return (
    <details className="rub">
      <summary>
        <Icon of={ChevronRight} size="xs" className="chev" />
        <span className="tr">{name}</span>
        {part.applicable ? (
          <>
            <span className={`meter ${meterBand(share)}`}>
              <i style={{ width: `${Math.round(share * 100)}%` }} />
            </span>
            <span className="num">
              <b>{round(part.points)}</b> / {round(part.max)}
            </span>
          </>
        ) : (
          <>
            <span />
            <span className="num">{t('quality.notApplicable')}</span>
          </>
        )}
      </summary>
      <div className="why">
        <span className="t2" dir="auto">
          {part.reason}
        </span>
        <Quotes id={conversationId} evidence={part.evidence} />
      </div>
    </details>
  )
}

const round = (points: number) => Math.round(points * 10) / 10
const meterBand = (share: number) => (share >= 0.8 ? '' : share >= 0.6 ? 'mid' : 'low')
const bandOf = (score: number) => (score >= 80 ? 'high' : score >= 60 ? 'mid' : score >= 40 ? 'low' : 'veryLow')

/** The clock for today, the day before that. */
function momentOf(at: string): string {
  const moment = new Date(at)
  const sameDay = moment.toDateString() === new Date().toDateString()
  return sameDay ? clockTime(moment) : relativeTime(moment, new Date())
}
