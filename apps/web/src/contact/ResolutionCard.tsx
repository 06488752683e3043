/** Was it resolved, and how do we know: four steps of proof, never a closing phrase alone. */
import type { Conversation } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Section } from './Section.tsx'

const STEPS = ['claimed', 'executed', 'confirmed', 'verified'] as const
const ORDER: readonly string[] = STEPS

export function ResolutionCard({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const { resolution, status } = conversation
  const reached = ORDER.indexOf(resolution)
  const word = t(`resolution.${resolution}.word`)
  const end = status === 'active' && resolution === 'unknown' ? t('resolution.whileOpen') : word
  return (
    <Section title={t('resolution.title')} end={end}>
      <div className="ladder" role="img" aria-label={t('resolution.label', { word })}>
        {STEPS.map((step, i) => (
          <span key={step} className={i === reached ? 'now' : i < reached ? 'on' : undefined}>
            {t(`resolution.${step}.word`)}
          </span>
        ))}
      </div>
      <p className="small t2 ladder-text">{t(`resolution.${resolution}.text`)}</p>
    </Section>
  )
}
