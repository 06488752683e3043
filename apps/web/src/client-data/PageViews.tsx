/** Pages of a session: title, how long it was seen, how far down. */
import type { PageView } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { amount, durationOf } from '../contact/amounts.ts'
import { Section } from '../contact/Section.tsx'
import { pathOf } from './path-of.ts'

export function PageViews({ pages }: { pages: PageView[] }) {
  const { t } = useTranslation('clientData')
  return (
    <Section title={t('pageviews')} end={<span className="num">{amount(pages.length)}</span>}>
      {pages.length === 0 && <p className="none">{t('noPages')}</p>}
      <ol className="pvs">
        {pages.map(({ id, title, url, visibleMs, scroll }, index) => (
          <li className="pv" key={id}>
            <span className="num t3 small">{amount(index + 1)}</span>
            <div className="grow">
              <div className="tr" dir="auto">
                {title || pathOf(url)}
              </div>
              <div className="small t3 tr" dir="ltr" title={url}>
                {pathOf(url)}
              </div>
            </div>
            <span className="num end">
              <span className="sr">{t('timeSpent')} </span>
              {durationOf(visibleMs)}
            </span>
            <span className="row">
              <span className="meter neu grow" aria-hidden>
                <i style={{ width: `${scroll}%` }} />
              </span>
              <span className="num small t2 end scrolled">
                <span className="sr">{t('scrolled')} </span>
                {scroll}%
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
