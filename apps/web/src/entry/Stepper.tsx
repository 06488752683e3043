/** Where in the setup one is; finished steps can be opened again. */

import clsx from 'clsx'
import Check from 'lucide-react/icons/check'
import { useTranslation } from 'react-i18next'
import { BrandMark } from '../ui/BrandMark.tsx'
import { Icon } from '../ui/Icon.tsx'
import { STEPS } from './use-set-up.ts'

export function Stepper({ at, onStep }: { at: number; onStep: (at: number) => void }) {
  const { t } = useTranslation(['entry', 'common'])
  return (
    <nav className="stepper" aria-label={t('entry:setup.steps')}>
      <div className="row">
        <BrandMark />
        <span className="title">{t('common:product')}</span>
      </div>
      {STEPS.map((step, i) => (
        <button
          type="button"
          key={step}
          className={clsx('stp', i < at && 'done')}
          aria-current={i === at ? 'step' : undefined}
          disabled={i > at}
          onClick={() => onStep(i)}
        >
          <span className="n">{i < at ? <Icon of={Check} size="xs" /> : i + 1}</span>
          {t(`entry:setup.${step}.name`)}
        </button>
      ))}
      <div className="grow" />
      <p className="small t3">{t('entry:setup.lead')}</p>
    </nav>
  )
}
