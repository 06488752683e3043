/** What its models may use, in one conversation and in a day, and what happens then. */
import { useTranslation } from 'react-i18next'
import { RadioCards } from '../../ui/Choice.tsx'
import { NumberField } from './NumberField.tsx'
import { NamedSection } from './Section.tsx'
import type { SectionProps } from './section-props.ts'

export function BudgetSection({ draft: { config, change } }: SectionProps) {
  const { t } = useTranslation('agents')
  const { budget, model } = config
  if (model.provider === 'embedded')
    return (
      <NamedSection name="budget">
        <p className="t3">{t('budget.free')}</p>
      </NamedSection>
    )
  const of = (span: 'conversation' | 'day') => (
    <>
      <NumberField
        label={t(`budget.${span}Cost`)}
        optional
        min={0}
        max={10_000}
        value={budget[span].costUsd}
        onChange={(costUsd) => change({ budget: { ...budget, [span]: { ...budget[span], costUsd } } })}
      />
      <NumberField
        label={t(`budget.${span}Tokens`)}
        optional
        whole
        min={1}
        max={1_000_000_000}
        value={budget[span].tokens}
        onChange={(tokens) => change({ budget: { ...budget, [span]: { ...budget[span], tokens } } })}
      />
    </>
  )
  return (
    <NamedSection name="budget">
      <div className="two">
        {of('conversation')}
        {of('day')}
      </div>
      <div className="below">
        <RadioCards
          label={t('budget.atLimit')}
          value={budget.atLimit}
          onChange={(atLimit) => change({ budget: { ...budget, atLimit } })}
          options={(['hand_off', 'embedded', 'stop'] as const).map((value) => ({
            value,
            title: t(`budget.${value}.name`),
            text: t(`budget.${value}.text`),
          }))}
        />
      </div>
    </NamedSection>
  )
}
