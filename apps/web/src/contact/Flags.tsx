/** What the review flagged, with the lines that show it. */

import type { Review } from '@earshot/contracts'
import Flag from 'lucide-react/icons/flag'
import { useTranslation } from 'react-i18next'
import { codeWords } from '../conversations/code-words.ts'
import { Icon } from '../ui/Icon.tsx'
import { Quotes } from './Quotes.tsx'

export function Flags({ review }: { review: Review }) {
  const { t } = useTranslation('conversations')
  return review.flags.map((flag) => (
    <div className="flagged" key={flag.id}>
      <div className={`flag small ${flag.state === 'dismissed' ? 'off' : ''}`}>
        <Icon of={Flag} size="s" />
        <span dir="auto">
          {codeWords('flag.code', flag.code).replaceAll('_', ' ')}
          {flag.reason && `: ${flag.reason}`}
          {flag.state !== 'open' && ` (${t(`flag.state.${flag.state}`)})`}
        </span>
      </div>
      <Quotes id={review.conversationId} evidence={flag.evidence} />
    </div>
  ))
}
