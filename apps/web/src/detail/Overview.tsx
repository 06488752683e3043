/** How it stands and how it went: state, summary, quality with its parts and flags, resolution, functions. */
import type { Conversation, Review } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Frown from 'lucide-react/icons/frown'
import Meh from 'lucide-react/icons/meh'
import Smile from 'lucide-react/icons/smile'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BriefSection } from '../brief/BriefSection.tsx'
import { ConversationSummary } from '../contact/ConversationSummary.tsx'
import { trendOf } from '../contact/emotion-colour.ts'
import { QualityCard } from '../contact/QualityCard.tsx'
import { ResolutionCard } from '../contact/ResolutionCard.tsx'
import { SectionLevel } from '../contact/Section.tsx'
import { SessionSummary } from '../contact/SessionSummary.tsx'
import { OutcomeMenu } from '../contact/WorkMenus.tsx'
import { reviewQuery } from '../conversations/queries.ts'
import { CopyValue } from '../ui/Copy.tsx'
import { Icon } from '../ui/Icon.tsx'
import { endWords } from './end-words.ts'
import { FunctionList } from './FunctionList.tsx'
import { OutcomeWord } from './Outcome.tsx'

export function Overview({ conversation }: { conversation: Conversation }) {
  const review = useQuery(reviewQuery(conversation))
  return (
    <SectionLevel value="h3">
      <States conversation={conversation} review={review.data ?? null} />
      <BriefSection conversation={conversation} />
      <SessionSummary conversation={conversation} review={review} />
      {review.data?.applicable && <ConversationSummary review={review.data} />}
      <QualityCard conversation={conversation} review={review.data} />
      <ResolutionCard conversation={conversation} />
      <FunctionList conversation={conversation} />
    </SectionLevel>
  )
}

function States({ conversation, review }: { conversation: Conversation; review: Review | null }) {
  const { t } = useTranslation(['detail', 'conversations'])
  const { status, outcome, endReason, sessionId } = conversation
  const label = t('conversations:panel.copySessionId', { value: sessionId })
  return (
    <div className="sec">
      <dl className="infogrid half">
        <Cell name={t('facts.status')}>
          <span className={`status ${status}`}>{t(`conversations:status.${status}`)}</span>
        </Cell>
        <Cell name={t('facts.ended')}>
          <OutcomeMenu
            conversation={conversation}
            none={t(`ended.${status}`)}
            value={outcome ? <OutcomeWord outcome={outcome} /> : <span className="none">{t(`ended.${status}`)}</span>}
          />
          {endReason && <div className="small t3">{endWords(endReason)}</div>}
        </Cell>
        <Cell name={t('facts.tone')}>
          <ToneWord conversation={conversation} review={review} />
        </Cell>
        <Cell name={t('facts.session')}>
          <CopyValue className="mono" text={sessionId} label={label} />
        </Cell>
      </dl>
    </div>
  )
}

export function Cell({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const FACES = { positive: [Smile, 'ok'], neutral: [Meh, 't3'], negative: [Frown, 'bad'] } as const

function ToneWord({ conversation, review }: { conversation: Conversation; review: Review | null }) {
  const { t } = useTranslation(['detail', 'conversations'])
  const { tone } = conversation
  if (!tone) return <span className="none">{t('notAnalyzed')}</span>
  const [face, look] = FACES[tone]
  const trend = review ? trendOf(review.sentiment.trend) : null
  return (
    <span className="row g2">
      <span className={look}>
        <Icon of={face} size="s" />
      </span>
      {trend
        ? t('toneAndTrend', { tone: t(`tone.${tone}`), trend: t(`conversations:trend.${trend}`) })
        : t(`tone.${tone}`)}
    </span>
  )
}
