/** Each part of the rubric: how often people agree with the review, beyond chance, and which way it leans. */
import type { AnalysisQuality, PartAgreement } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { codeWords } from '../conversations/code-words.ts'
import { Button } from '../ui/Button.tsx'
import { Switch } from '../ui/Choice.tsx'
import { kappaBand, onePlace, percent, signed, twoPlaces } from './figures.ts'

/** Points from which on a part leans. */
const LEANS = 1

type Props = {
  data: AnalysisQuality
  blind: boolean
  onBlind: (on: boolean) => void
  onSee: (part: string) => void
}

export function AgreementPanel({ data, blind, onBlind, onSee }: Props) {
  const { t } = useTranslation('quality')
  const { parts } = data
  return (
    <section className="aqpanel sp7" aria-labelledby="aq-parts">
      <header>
        <h2 id="aq-parts">{t('parts.title')}</h2>
        <span className="grow small t3">{t('parts.within')}</span>
        <span className="small t2">{t('parts.onlyBlind')}</span>
        <Switch label={t('parts.onlyBlind')} checked={blind} onChange={onBlind} />
      </header>
      {parts.length === 0 ? (
        <p className="t2">{t('parts.none')}</p>
      ) : (
        <>
          <Table parts={parts} />
          <Lean parts={parts} onSee={onSee} />
        </>
      )}
    </section>
  )
}

function Table({ parts }: { parts: readonly PartAgreement[] }) {
  const { t } = useTranslation('quality')
  return (
    <div className="aqscroll">
      <table className="aqt">
        <thead>
          <tr>
            <th scope="col">{t('parts.part')}</th>
            <th scope="col" className="r">
              {t('parts.agree')}
            </th>
            <th scope="col" aria-hidden />
            <th scope="col" className="r">
              <abbr title={t('parts.kappa')}>κ</abbr>
            </th>
            <th scope="col" className="r">
              {t('parts.overrides')}
            </th>
            <th scope="col" className="r">
              {t('parts.bias')}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map((one) => (
            <tr key={one.part}>
              <td>{codeWords('quality.part', one.part)}</td>
              <td className="r num">{percent(one.agree)}</td>
              <td aria-hidden>
                {one.kappa !== null && (
                  <span className={`meter ${kappaBand(one.kappa)}`}>
                    <i style={{ width: `${Math.max(0, one.kappa) * 100}%` }} />
                  </span>
                )}
              </td>
              <td className="r num">{twoPlaces(one.kappa)}</td>
              <td className="r num">{one.overrides}</td>
              <td className={`r num ${Math.abs(one.bias ?? 0) >= LEANS ? 'warn' : 't3'}`}>{signed(one.bias)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The part that leans most, in words. */
function Lean({ parts, onSee }: { parts: readonly PartAgreement[]; onSee: (part: string) => void }) {
  const { t } = useTranslation('quality')
  const [most] = [...parts].sort((a, b) => Math.abs(b.bias ?? 0) - Math.abs(a.bias ?? 0))
  if (!most || most.bias === null || Math.abs(most.bias) < LEANS)
    return <p className="small t2 foot">{t('parts.even')}</p>
  const said = { part: codeWords('quality.part', most.part), points: onePlace(Math.abs(most.bias)) }
  return (
    <p className="small t2 foot">
      {t(most.bias > 0 ? 'parts.kind' : 'parts.strict', said)}{' '}
      {most.overrides > 0 && (
        <Button size="sm" variant="quiet" onClick={() => onSee(most.part)}>
          {t('parts.see', { count: most.overrides })}
        </Button>
      )}
    </p>
  )
}
