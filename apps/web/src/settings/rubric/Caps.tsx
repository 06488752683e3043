/** What a single breach may cost: the most the score can be then. */
import type { Rubric } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Switch } from '../../ui/Choice.tsx'
import { Input } from '../../ui/Field.tsx'

const KEYS = ['breach', 'contradicted_claim', 'last_question_unanswered', 'negative_end_unacknowledged'] as const
const AS_DELIVERED: Rubric['caps'] = {
  breach: 30,
  contradicted_claim: 45,
  last_question_unanswered: 60,
  negative_end_unacknowledged: 65,
}

type Props = { caps: Rubric['caps']; readOnly: boolean; onChange: (caps: Rubric['caps']) => void }

export function Caps({ caps, readOnly, onChange }: Props) {
  const { t } = useTranslation('rubric')
  return (
    <section className="rubric-section">
      <h2 className="title">{t('caps')}</h2>
      <p className="small t3">{t('capsHint')}</p>
      <ul className="lbox" aria-label={t('caps')}>
        {KEYS.map((key) => {
          const cap = t(`cap.${key}`)
          const most = caps[key]
          const set = (next: number | null) => onChange({ ...caps, [key]: next })
          return (
            <li className="lrow" key={key}>
              <span className="grow">{cap}</span>
              {readOnly ? (
                <span className="t2">{most ?? t('none')}</span>
              ) : (
                <>
                  {most !== null && (
                    <Input
                      className="num rule-amount narrow"
                      type="number"
                      inputMode="numeric"
                      min={0}
                      max={99}
                      aria-label={t('capMostOf', { cap })}
                      value={most}
                      onChange={(event) => {
                        const next = event.target.value === '' ? 0 : event.target.valueAsNumber
                        if (Number.isInteger(next) && next >= 0 && next <= 99) set(next)
                      }}
                    />
                  )}
                  <Switch
                    label={t('capOn', { cap })}
                    checked={most !== null}
                    onChange={(on) => set(on ? AS_DELIVERED[key] : null)}
                  />
                </>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
