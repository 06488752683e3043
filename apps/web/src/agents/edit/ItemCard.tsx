/** One item of a list in an agent's editor: a line that opens to its fields, with a switch and the way to remove it. */
import Trash2 from 'lucide-react/icons/trash-2'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Choice.tsx'

type Props = {
  title: string
  /** What is seen of it while it is closed. */
  summary: ReactNode
  on: boolean
  onSwitch: (on: boolean) => void
  onRemove: () => void
  open: boolean
  onOpen: (open: boolean) => void
  children: ReactNode
}

export function ItemCard({ title, summary, on, onSwitch, onRemove, open, onOpen, children }: Props) {
  const { t } = useTranslation('agents')
  return (
    <div className="item">
      <div className="lrow">
        <button type="button" className="item-head grow" aria-expanded={open} onClick={() => onOpen(!open)}>
          <span className="strong tr block">{title || t('item.unnamed')}</span>
          <span className="small t3 tr block">{summary}</span>
        </button>
        <IconButton
          size="sm"
          icon={Trash2}
          label={t('item.remove', { name: title || t('item.unnamed') })}
          onClick={onRemove}
        />
        <Switch label={t('item.on', { name: title || t('item.unnamed') })} checked={on} onChange={onSwitch} />
      </div>
      {open && <div className="item-body">{children}</div>}
    </div>
  )
}
