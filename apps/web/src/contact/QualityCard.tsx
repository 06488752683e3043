/** The quality score with the parts it is made of, each with its reason and the lines that show it; what people overruled; and the flags. */

import type { Conversation, Review } from '@earshot/contracts'
import '../quality/texts.ts'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { loadLate } from '../app/load-late.ts'
import { codeWords } from '../conversations/code-words.ts'
import { MadeBy } from '../quality/MadeBy.tsx'
import type { Target } from '../quality/OverruleDialog.tsx'
import { Overruled } from '../quality/Overruled.tsx'
import { Verdicts } from '../quality/Verdicts.tsx'
import { Icon } from '../ui/Icon.tsx'
import { clockTime, relativeTime } from '../ui/relative-time.ts'
import { Skeleton } from '../ui/States.tsx'
import { Flags } from './Flags.tsx'
import { Quotes } from './Quotes.tsx'
import { Regenerate } from './Regenerate.tsx'
import { Section } from './Section.tsx'
import { analyserName } from './SessionSummary.tsx'

const OverruleDialog = lazy(() => loadLate(() => import('../quality/OverruleDialog.tsx')))
const HistoryDialog = lazy(() => loadLate(() => import('../quality/HistoryDialog.tsx')))

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
  return <Judged conversation={conversation} review={review} key={conversation.id} />
}

function Judged({ conversation, review }: { conversation: Conversation; review: Review }) {
  const { t } = useTranslation('conversations')
  const [overruling, setOverruling] = useState<Target | null>(null)
  const [history, setHistory] = useState(false)
  const { quality, createdAt } = review
  return (
    <Section
      title={t('quality.title')}
      id="quality"
      end={t('quality.reviewed', { at: momentOf(createdAt), rubric: quality.rubric })}
    >
      <Top conversation={conversation} review={review} />
      {quality.caps.map((cap) => (
        <p className="small warn" key={cap}>
          {t('quality.capped', { cap: codeWords('flag.code', cap) })}
        </p>
      ))}
      <div>
        {quality.parts.map((part) => (
          <PartRow part={part} review={review} onOverrule={setOverruling} key={`${review.id} ${part.key}`} />
        ))}
        <Verdicts review={review} onOverrule={setOverruling} />
      </div>
      <MadeBy review={review} onHistory={() => setHistory(true)} />
      <Flags conversation={conversation} />
      <Suspense>
        {overruling && <OverruleDialog review={review} target={overruling} onClose={() => setOverruling(null)} />}
        {history && <HistoryDialog id={conversation.id} onClose={() => setHistory(false)} />}
      </Suspense>
    </Section>
  )
}

/** The score that counts; where people overruled something, with the review's own beside it. */
function Top({ conversation, review }: { conversation: Conversation; review: Review }) {
  const { t } = useTranslation(['conversations', 'quality'])
  const { quality, effective } = review
  const { score } = effective
  const said = score === quality.score || quality.score === null
  return (
    <div className="qtop">
      {score === null ? <span className="none">{t('quality.noScore')}</span> : <span className="big">{score}</span>}
      <div className="grow small t3">
        {score === null
          ? t('quality.noScoreWhy')
          : said
            ? t('quality.band', { band: t(`quality.bands.${bandOf(score)}`) })
            : t('quality:effective', { score: quality.score })}
        <br />
        {t('quality.judged', { who: t(`quality.who.${quality.judged}`), analyser: analyserName(review) })}
      </div>
      <Regenerate id={conversation.id} />
    </div>
  )
}

type RowProps = { part: Part; review: Review; onOverrule: (target: Target) => void }

function PartRow({ part, review, onOverrule }: RowProps) {
  const { t } = useTranslation('conversations')
  const name = codeWords('quality.part', part.key)
  const standing = review.overrides.find((one) => one.part === part.key && one.ended === null)
  const target: Target = { field: 'part', part: part.key, max: part.max, says: part.points }
  return (
    <details className="rub">
      <summary>
        <Icon of={ChevronRight} size="xs" className="chev" />
        <span className="tr">{name}</span>
        {part.applicable ? (
          <Points part={part} person={typeof standing?.person === 'number' ? standing.person : null} />
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
        <Quotes id={review.conversationId} evidence={part.evidence} />
        <Overruled
          id={review.conversationId}
          what={name}
          standing={standing}
          onOverrule={part.applicable ? () => onOverrule(target) : undefined}
        />
      </div>
    </details>
  )
}

/** A person's points stand in front, the review's beside them, struck through. */
function Points({ part, person }: { part: Part; person: number | null }) {
  const { t } = useTranslation('quality')
  const points = person ?? part.points
  const share = part.max > 0 ? points / part.max : 0
  return (
    <>
      <span className={`meter ${meterBand(share)}`}>
        <i style={{ width: `${Math.round(share * 100)}%` }} />
      </span>
      <span className="num">
        {person !== null && (
          <del>
            <span className="sr">{t('was', { points: round(part.points) })} </span>
            <span aria-hidden>{round(part.points)}</span>
          </del>
        )}
        <b>{round(points)}</b> / {round(part.max)}
      </span>
    </>
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
