/** Who wrote the brief, when, and why a person was asked for. */
import type { Brief } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { codeWords } from '../conversations/code-words.ts'
import { clockTime } from '../ui/relative-time.ts'

export function BriefBy({ brief }: { brief: Brief }) {
  const { t } = useTranslation('brief')
  const { kind, agent, model } = brief.writtenBy
  const at = clockTime(new Date(brief.writtenAt))
  const parts = [
    t(`by.${kind}`, { at, agent: agent ?? t('theAgent'), model: model ?? '' }),
    brief.reason && t('reason', { reason: codeWords('reason', brief.reason) }),
    brief.refining && t('refining'),
  ]
  return (
    <span className="t2" dir="auto">
      {parts.filter(Boolean).join(' · ')}
    </span>
  )
}
