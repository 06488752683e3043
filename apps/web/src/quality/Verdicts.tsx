/** What else a review says of a conversation, each of which a person may overrule: resolved, how it ended, the stage. */
import type { Review } from '@earshot/contracts'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { Icon } from '../ui/Icon.tsx'
import type { Target } from './OverruleDialog.tsx'
import { Overruled } from './Overruled.tsx'
import { useValueWords } from './value-words.ts'

const FIELDS = ['resolution', 'outcome', 'stage'] as const

type Props = { review: Review; onOverrule: (target: Target) => void }

export function Verdicts({ review, onOverrule }: Props) {
  const words = useValueWords()
  const says = { resolution: review.resolution, outcome: review.outcome, stage: review.suggestedStage }
  return FIELDS.map((field) => {
    const standing = review.overrides.find((one) => one.field === field && one.ended === null)
    const what = words.name(field, null)
    return (
      <details className="rub verdict" key={`${review.id} ${field}`}>
        <summary>
          <Icon of={ChevronRight} size="xs" className="chev" />
          <span className="tr">{what}</span>
          <span className="verdict-said">
            {standing && <del>{words.value(field, says[field])}</del>}
            <b>{words.value(field, standing ? standing.person : says[field])}</b>
          </span>
        </summary>
        <div className="why">
          <Overruled
            id={review.conversationId}
            what={what}
            standing={standing}
            onOverrule={() => onOverrule({ field, says: says[field] })}
          />
        </div>
      </details>
    )
  })
}
