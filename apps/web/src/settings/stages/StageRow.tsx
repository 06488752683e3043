/** One stage of the pipeline: what it looks like, how many stand in it, and what can be done with it. */
import type { Stage } from '@earshot/contracts'
import { Link } from '@tanstack/react-router'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { IconButton } from '../../ui/Button.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { StageGlyph } from '../../ui/Stage.tsx'

type Props = {
  stage: Stage
  /** Null until it is known. */
  count: number | null
  before: Stage | undefined
  after: Stage | undefined
  onMove: (other: Stage) => void
  onChange: () => void
  onDelete: () => void
}

export function StageRow({ stage, count, before, after, onMove, onChange, onDelete }: Props) {
  const { t } = useTranslation('stages')
  const may = useMay('admin')
  const { name } = stage
  return (
    <li className="lrow">
      <StageGlyph stageKey={stage.key} category={stage.category} color={stage.color} />
      <span className="strong grow tr" dir="auto">
        {name}
      </span>
      {count !== null && (
        <Link className="small link num hide-s" to="/conversations" search={{ stage: [stage.key] }}>
          {t('count', { count })}
        </Link>
      )}
      {may && (
        <>
          <IconButton
            size="sm"
            label={t('up', { name })}
            icon={ArrowUp}
            disabled={!before}
            onClick={() => before && onMove(before)}
          />
          <IconButton
            size="sm"
            label={t('down', { name })}
            icon={ArrowDown}
            disabled={!after}
            onClick={() => after && onMove(after)}
          />
          <Menu align="end" trigger={<IconButton size="sm" label={t('more', { name })} icon={Ellipsis} />}>
            <MenuItem icon={Pencil} onSelect={onChange}>
              {t('change')}
            </MenuItem>
            <MenuItem icon={Trash2} bad disabled={stage.key === 'in_progress'} onSelect={onDelete}>
              {t('delete')}
            </MenuItem>
          </Menu>
        </>
      )}
    </li>
  )
}
