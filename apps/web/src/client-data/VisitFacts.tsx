/** Facts of one session: on what, from where, by which way, how long. */
import type { Visit } from '@earshot/contracts'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import Monitor from 'lucide-react/icons/monitor'
import Smartphone from 'lucide-react/icons/smartphone'
import Tablet from 'lucide-react/icons/tablet'
import { useTranslation } from 'react-i18next'
import { amount, durationOf } from '../contact/amounts.ts'
import { CopyValue } from '../ui/Copy.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Fact, Facts } from './Facts.tsx'

const DEVICES = { desktop: Monitor, mobile: Smartphone, tablet: Tablet, unknown: CircleHelp }

export function VisitFacts({ visit }: { visit: Visit }) {
  const { t, i18n } = useTranslation('clientData')
  const { device, utm } = visit
  return (
    <Facts>
      <Fact name={t('device')}>
        <span className="row g2">
          <Icon of={DEVICES[device]} size="s" className="t2" />
          {t(`devices.${device}`)}
        </span>
      </Fact>
      <Fact name={t('browser')} none={t('unknown')}>
        {visit.browser}
      </Fact>
      <Fact name={t('os')} none={t('unknown')}>
        {visit.os}
      </Fact>
      <Fact name={t('country')} none={t('unknown')}>
        {visit.country && countryName(visit.country, i18n.language)}
      </Fact>
      <Fact name={t('city')} none={t('unknown')}>
        {visit.city}
      </Fact>
      <Fact name={t('sessionDuration')}>
        <span className="num">{durationOf(visit.durationMs)}</span>
      </Fact>
      <Fact name={t('pagesVisited')}>
        <span className="num">{amount(visit.pages)}</span>
      </Fact>
      <Fact name={t('bounce')}>{t(visit.bounce ? 'yes' : 'no')}</Fact>
      <Fact name={t('trafficSource')}>{visit.trafficSource === 'Direct' ? t('direct') : visit.trafficSource}</Fact>
      <Fact name={t('utmSource')}>{utm.source}</Fact>
      <Fact name={t('utmMedium')}>{utm.medium}</Fact>
      <Fact name={t('utmCampaign')}>{utm.campaign}</Fact>
      <Fact name={t('landingPage')} wide>
        <CopyValue text={visit.landingUrl} label={t('copyLanding', { value: visit.landingUrl })}>
          <span className="url" dir="ltr">
            {visit.landingUrl}
          </span>
        </CopyValue>
      </Fact>
    </Facts>
  )
}

function countryName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}
