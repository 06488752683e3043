/** Which columns a CSV has: those the table shows, all, or some. */
import { ExportColumn } from '@earshot/contracts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '../ui/Choice.tsx'

export type WhichColumns = 'shown' | 'all' | 'chosen'

type Props = {
  which: WhichColumns
  onWhich: (which: WhichColumns) => void
  /** How many the table shows; without a table there are none. */
  shown: number | undefined
  chosen: ExportColumn[]
  onChosen: (columns: ExportColumn[]) => void
}

export function ColumnChoice({ which, onWhich, shown, chosen, onChosen }: Props) {
  const { t } = useTranslation('exports')
  const name = useId()
  const choices: WhichColumns[] = shown === undefined ? ['all', 'chosen'] : ['shown', 'all', 'chosen']
  const count = { shown, all: ExportColumn.options.length, chosen: chosen.length }
  const toggle = (column: ExportColumn, on: boolean) =>
    onChosen(on ? [...chosen, column] : chosen.filter((one) => one !== column))
  return (
    <>
      <div className="lbox" role="radiogroup" aria-label={t('columns.label')}>
        {choices.map((one) => (
          <label className="lrow" key={one}>
            <input type="radio" className="radio" name={name} checked={which === one} onChange={() => onWhich(one)} />
            <span className="grow">{t(`columns.${one}`, { count: count[one] ?? 0 })}</span>
          </label>
        ))}
      </div>
      {which === 'chosen' && (
        <fieldset className="export-columns" aria-label={t('columns.chosen', { count: chosen.length })}>
          {ExportColumn.options.map((column) => (
            <Checkbox key={column} checked={chosen.includes(column)} onChange={(on) => toggle(column, on)}>
              {t(`column.${column}`)}
            </Checkbox>
          ))}
        </fieldset>
      )}
    </>
  )
}
