/** What a model is told about its work, in plain language. */
import { useTranslation } from 'react-i18next'
import { Section } from './Section.tsx'
import type { SectionProps } from './section-props.ts'

export function InstructionsSection({ draft: { config, change } }: SectionProps) {
  const { t } = useTranslation('agents')
  const text = config.instructions
  const words = text.trim() === '' ? 0 : text.trim().split(/\s+/).length
  return (
    <Section
      name="instructions"
      title={t('section.instructions')}
      text={config.model.provider === 'embedded' ? t('instructionsEmbedded') : t('instructionsText')}
    >
      <textarea
        className="textarea"
        rows={12}
        maxLength={20_000}
        aria-label={t('section.instructions')}
        dir="auto"
        value={text}
        onChange={(event) => change({ instructions: event.target.value })}
      />
      <p className="small t3 num below">{t('words', { count: words })}</p>
    </Section>
  )
}
