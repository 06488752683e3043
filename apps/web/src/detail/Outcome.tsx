/** How a conversation ended, as an icon and a word; as a badge in the head. */
import type { Outcome } from '@earshot/contracts'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleSlash from 'lucide-react/icons/circle-slash'
import CircleX from 'lucide-react/icons/circle-x'
import Forward from 'lucide-react/icons/forward'
import { useTranslation } from 'react-i18next'
import { Badge, type Tone } from '../ui/Badge.tsx'
import { Icon, type IconShape } from '../ui/Icon.tsx'

const LOOK: Record<Outcome, { icon: IconShape; tone: Tone }> = {
  completed: { icon: CircleCheck, tone: 'ok' },
  abandoned: { icon: CircleSlash, tone: 'warn' },
  failed: { icon: CircleX, tone: 'bad' },
  transferred: { icon: Forward, tone: 'info' },
}

export function OutcomeBadge({ outcome }: { outcome: Outcome | null }) {
  const { t } = useTranslation('conversations')
  if (!outcome) return null
  const { icon, tone } = LOOK[outcome]
  return (
    <Badge tone={tone} icon={icon} className="hide-s">
      {t(`outcome.${outcome}`)}
    </Badge>
  )
}

export function OutcomeWord({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('conversations')
  const { icon, tone } = LOOK[outcome]
  return (
    <span className="row g2">
      <span className={tone}>
        <Icon of={icon} size="s" />
      </span>
      {t(`outcome.${outcome}`)}
    </span>
  )
}
