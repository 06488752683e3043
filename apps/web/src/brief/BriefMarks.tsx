/** The small signs below a brief: how they feel and since where, and how often they were here. */
import type { Brief } from '@earshot/contracts'
import Frown from 'lucide-react/icons/frown'
import Meh from 'lucide-react/icons/meh'
import Smile from 'lucide-react/icons/smile'
import { useTranslation } from 'react-i18next'
import { useReading } from '../conversations/thread/reading.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Icon } from '../ui/Icon.tsx'

const FACES = { positive: Smile, neutral: Meh, negative: Frown }

export function BriefMarks({ brief, onGoTo }: { brief: Brief; onGoTo?: (position: number) => void }) {
  const { t } = useTranslation('brief')
  const { goTo } = useReading()
  const { value, direction, positions } = brief.tone
  const worse = value === 'negative' || direction === 'down'
  const words = value ? `${t(`tone.${value}`)}, ${t(`direction.${direction}`)}` : t('tone.unknown')
  const first = positions[0]
  const mark = (
    <>
      <Icon of={FACES[value ?? 'neutral']} size="xs" />
      {t('section.tone')}: {words}
    </>
  )
  return (
    <>
      {first === undefined ? (
        <Badge tone={worse ? 'warn' : undefined}>{mark}</Badge>
      ) : (
        <button
          type="button"
          className={`badge link-badge ${worse ? 'warn' : ''}`}
          onClick={() => (onGoTo ?? goTo)(first)}
        >
          {mark}
          <span className="sr">{t('goTo', { position: first })}</span>
        </button>
      )}
      <Badge>{t('nth', { count: brief.who.conversations })}</Badge>
    </>
  )
}
