/** Contact and intelligence: who it is, what it is about, how it was judged, what is remembered. */
import type { Conversation } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { loadLate } from '../app/load-late.ts'
import { BriefSection } from '../brief/BriefSection.tsx'
import { contactQuery, reviewQuery } from '../conversations/queries.ts'
import { SplitReading } from '../conversations/thread/reading.tsx'
import { ContactCard } from './ContactCard.tsx'
import { ConversationSummary } from './ConversationSummary.tsx'
import { EmotionsCard } from './EmotionsCard.tsx'
import { MemoryCards } from './MemoryCards.tsx'
import { PreviousConversations } from './PreviousConversations.tsx'
import { QualityCard } from './QualityCard.tsx'
import { RatingCard } from './RatingCard.tsx'
import { ResolutionCard } from './ResolutionCard.tsx'
import { SessionSummary } from './SessionSummary.tsx'
import { UsageCard } from './UsageCard.tsx'

const SoFarSection = lazy(() => loadLate(() => import('../so-far/SoFarSection.tsx')))

export function ContactPanel({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const review = useQuery(reviewQuery(conversation))
  const { data: contact } = useQuery(contactQuery(conversation.contact.id))
  return (
    <SplitReading>
      <aside className="icol" aria-label={t('panel.label')}>
        <ContactCard conversation={conversation} contact={contact} key={conversation.id} />
        <BriefSection conversation={conversation} />
        <Suspense>
          <SoFarSection conversation={conversation} review={review.data ?? null} />
        </Suspense>
        <SessionSummary conversation={conversation} review={review} />
        {review.data?.applicable && <ConversationSummary review={review.data} />}
        <QualityCard conversation={conversation} review={review.data} />
        <ResolutionCard conversation={conversation} />
        <EmotionsCard conversation={conversation} review={review.data ?? null} />
        <RatingCard conversation={conversation} />
        <PreviousConversations conversation={conversation} />
        <MemoryCards conversation={conversation} key={`m${conversation.id}`} />
        <UsageCard conversation={conversation} review={review.data ?? null} />
      </aside>
    </SplitReading>
  )
}
