/** What the mark in the top bar means, each state with its shape. */
import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { LIVE_CLASS } from '../../app/LiveIndicator.tsx'

const STATES = ['live', 'reconnecting', 'behind', 'polling', 'offline'] as const

export function LiveLegend() {
  const { t } = useTranslation(['connection', 'shell'])
  return (
    <>
      <h2 className="title section">{t('connection:legend.title')}</h2>
      <ul className="lbox">
        {STATES.map((state) => (
          <li className="lrow tall" key={state}>
            <span className="legend-mark">
              <span className={clsx('conn', LIVE_CLASS[state])}>
                <span className="d" />
                <span>{state === 'behind' ? t('shell:live.behind', { seconds: 42 }) : t(`shell:live.${state}`)}</span>
              </span>
            </span>
            <span className="grow t2">{t(`connection:legend.${state}`)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
