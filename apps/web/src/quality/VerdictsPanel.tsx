/** Verdicts in words: how often people say the same, and what they say instead. */
import type { FieldAgreement } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { percent, twoPlaces } from './figures.ts'
import { useValueWords } from './value-words.ts'

const SHOWN = 3

export function VerdictsPanel({ fields }: { fields: readonly FieldAgreement[] }) {
  const { t } = useTranslation('quality')
  const words = useValueWords()
  return (
    <section className="aqpanel" aria-labelledby="aq-verdicts">
      <header>
        <h2 id="aq-verdicts">{t('verdict.title')}</h2>
      </header>
      <div className="aqscroll">
        <table className="aqt">
          <thead>
            <tr>
              <th scope="col">{t('verdict.what')}</th>
              <th scope="col" className="r">
                {t('parts.agree')}
              </th>
              <th scope="col" className="r">
                <abbr title={t('parts.kappa')}>κ</abbr>
              </th>
              <th scope="col" className="r">
                {t('parts.overrides')}
              </th>
              <th scope="col">{t('verdict.differ')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ field, agree, kappa, overrides, confusions }) => (
              <tr key={field}>
                <td>{words.name(field, null)}</td>
                <td className="r num">{percent(agree)}</td>
                <td className="r num">{twoPlaces(kappa)}</td>
                <td className="r num">{overrides}</td>
                <td className="t2">
                  {confusions.length === 0 && t('verdict.none')}
                  {confusions.slice(0, SHOWN).map(({ review, person, count }) => (
                    <div key={`${review} ${person}`}>
                      {t('verdict.says', { review: words.value(field, review), person: words.value(field, person) })}{' '}
                      <span className="num t3">{count}</span>
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
