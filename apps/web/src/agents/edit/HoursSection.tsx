/** When it answers by itself; the hours themselves are the workspace's. */
import { useTranslation } from 'react-i18next'
import { RadioCards } from '../../ui/Choice.tsx'
import { NamedSection } from './Section.tsx'
import type { SectionProps } from './section-props.ts'

export function HoursSection({ draft: { config, change } }: SectionProps) {
  const { t } = useTranslation('agents')
  return (
    <NamedSection name="hours">
      <RadioCards
        label={t('section.hours')}
        value={config.hours.answers}
        onChange={(answers) => change({ hours: { answers } })}
        options={(['always', 'in_hours', 'out_of_hours'] as const).map((value) => ({
          value,
          title: t(`hours.${value}.name`),
          text: t(`hours.${value}.text`),
        }))}
      />
    </NamedSection>
  )
}
