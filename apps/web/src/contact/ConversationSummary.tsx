/** Intent, how the agent did, and what could be extracted, each with its place in the transcript. */
import type { Review } from '@earshot/contracts'
import AudioLines from 'lucide-react/icons/audio-lines'
import CircleHelp from 'lucide-react/icons/circle-help'
import Target from 'lucide-react/icons/target'
import TextSearch from 'lucide-react/icons/text-search'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../ui/Badge.tsx'
import { Icon, type IconShape } from '../ui/Icon.tsx'
import { Quotes } from './Quotes.tsx'
import { Section } from './Section.tsx'

export function ConversationSummary({ review }: { review: Review }) {
  const { t } = useTranslation('conversations')
  const { intent, namedIntent, agentPerformance, extracted, unanswered, conversationId } = review
  return (
    <Section title={t('review.conversationSummary')}>
      <Fact icon={Target} title={t('review.intent')}>
        {intent ?? <span className="none">{t('review.unknown')}</span>}{' '}
        {namedIntent && <Badge>{namedIntent.name}</Badge>}
      </Fact>
      <Fact icon={AudioLines} title={t('review.agentPerformance')}>
        {agentPerformance ?? <span className="none">{t('review.unknown')}</span>}
      </Fact>
      {unanswered.length > 0 && (
        <Fact icon={CircleHelp} title={t('review.unanswered')}>
          {unanswered.map((one, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the questions of one review never move
            <div key={i}>
              {one.question}
              <Quotes id={conversationId} evidence={one.evidence} />
            </div>
          ))}
        </Fact>
      )}
      <Fact icon={TextSearch} title={t('review.extracted')}>
        {extracted.length === 0 ? (
          <span className="none">{t('review.nothingExtracted')}</span>
        ) : (
          <dl className="kv">
            {extracted.map(({ key, value }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a key may come twice
              <Pair key={i} name={key} value={value} />
            ))}
          </dl>
        )}
      </Fact>
    </Section>
  )
}

function Pair({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt dir="auto">{name}</dt>
      <dd dir="auto">{value}</dd>
    </>
  )
}

function Fact({ icon, title, children }: { icon: IconShape; title: ReactNode; children: ReactNode }) {
  return (
    <div className="fact">
      <Icon of={icon} size="s" />
      <div className="grow">
        <span className="lab3">{title}</span>
        <div className="prose" dir="auto">
          {children}
        </div>
      </div>
    </div>
  )
}
