/** The parts of the score with their weights: those that Earshot comes with, and the workspace's own. */
import { type OwnPart, type Rubric, STANDARD_PARTS } from '@earshot/contracts'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/Badge.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Input } from '../../ui/Field.tsx'
import { OwnPartDialog } from './OwnPartDialog.tsx'

const MOST_OWN = 10

type Props = { rubric: Rubric; readOnly: boolean; onChange: (rubric: Rubric) => void }

export function Parts({ rubric, readOnly, onChange }: Props) {
  const { t } = useTranslation(['rubric', 'conversations'])
  const [asked, setAsked] = useState<{ at: number | null } | null>(null)
  const { weights, own } = rubric
  const total = Object.values(weights).reduce((a, b) => a + b, 0) + own.reduce((sum, { weight }) => sum + weight, 0)
  const share = (weight: number) => (total === 0 ? '–' : `${Math.round((weight / total) * 100)} %`)
  const keep = (part: OwnPart) => {
    const at = asked?.at ?? null
    onChange({ ...rubric, own: at === null ? [...own, part] : own.with(at, part) })
    setAsked(null)
  }
  return (
    <section className="rubric-section">
      <h2 className="title">{t('rubric:parts')}</h2>
      <p className="small t3">{t('rubric:partsHint')}</p>
      <table className="rubric-table" aria-label={t('rubric:parts')}>
        <thead>
          <tr>
            <th scope="col">{t('rubric:part')}</th>
            <th scope="col" className="num">
              {t('rubric:weight')}
            </th>
            <th scope="col" className="num">
              {t('rubric:share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {STANDARD_PARTS.map((key) => {
            const name = t(`conversations:quality.part.${key}`)
            return (
              <tr key={key}>
                <th scope="row">{name}</th>
                <td className="num">
                  <Weight
                    label={t('rubric:weightOf', { part: name })}
                    value={weights[key]}
                    min={0}
                    readOnly={readOnly}
                    onChange={(weight) => onChange({ ...rubric, weights: { ...weights, [key]: weight } })}
                  />
                </td>
                <td className="num">{share(weights[key])}</td>
              </tr>
            )
          })}
          {own.map((part, at) => (
            <tr key={part.key}>
              <th scope="row">
                <span className="row g2 wrap">
                  <span dir="auto">{part.key}</span>
                  <Badge>{t(part.judge.by === 'rule' ? 'rubric:byRule' : 'rubric:byQuestion')}</Badge>
                  {!readOnly && (
                    <>
                      <IconButton
                        size="sm"
                        icon={Pencil}
                        label={t('rubric:changeOwn', { part: part.key })}
                        onClick={() => setAsked({ at })}
                      />
                      <IconButton
                        size="sm"
                        icon={X}
                        label={t('rubric:removeOwn', { part: part.key })}
                        onClick={() => onChange({ ...rubric, own: own.toSpliced(at, 1) })}
                      />
                    </>
                  )}
                </span>
              </th>
              <td className="num">
                <Weight
                  label={t('rubric:weightOf', { part: part.key })}
                  value={part.weight}
                  min={1}
                  readOnly={readOnly}
                  onChange={(weight) => onChange({ ...rubric, own: own.with(at, { ...part, weight }) })}
                />
              </td>
              <td className="num">{share(part.weight)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!readOnly && (
        <div className="row g3 wrap">
          <Button size="sm" icon={Plus} disabled={own.length >= MOST_OWN} onClick={() => setAsked({ at: null })}>
            {t('rubric:addOwn')}
          </Button>
          <span className="small t3">{t('rubric:ownHint')}</span>
        </div>
      )}
      {asked && (
        <OwnPartDialog
          part={asked.at === null ? undefined : own[asked.at]}
          taken={[...STANDARD_PARTS, ...own.filter((_, at) => at !== asked.at).map(({ key }) => key)]}
          onDone={() => setAsked(null)}
          onTake={keep}
        />
      )}
    </section>
  )
}

type WeightProps = { label: string; value: number; min: number; readOnly: boolean; onChange: (weight: number) => void }

function Weight({ label, value, min, readOnly, onChange }: WeightProps) {
  if (readOnly) return <>{value}</>
  const set = (next: number) => {
    if (Number.isInteger(next) && next >= min && next <= 100) onChange(next)
  }
  return (
    <Input
      className="num"
      type="number"
      inputMode="numeric"
      min={min}
      max={100}
      aria-label={label}
      value={value}
      onChange={(event) => set(event.target.value === '' ? min : event.target.valueAsNumber)}
    />
  )
}
