/** A canned reply or a macro in its list: whose it is, and what can be done with it. */
import type { CannedReply, Macro } from '@earshot/contracts'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/Button.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { useMayChange } from './use-replies.ts'

type Props = {
  kept: CannedReply | Macro
  name: string
  onChange: () => void
  onRemove: () => void
  children: ReactNode
}

export function KeptRow({ kept, name, onChange, onRemove, children }: Props) {
  const { t } = useTranslation('replies')
  const mayChange = useMayChange()
  return (
    <li className="lrow">
      {children}
      <span className="small t3 hide-s">{kept.shared ? t('by', { name: kept.owner.name }) : t('mine')}</span>
      {mayChange(kept) && (
        <Menu align="end" trigger={<IconButton size="sm" label={t('more', { name })} icon={Ellipsis} />}>
          <MenuItem icon={Pencil} onSelect={onChange}>
            {t('change')}
          </MenuItem>
          <MenuItem icon={Trash2} bad onSelect={onRemove}>
            {t('delete')}
          </MenuItem>
        </Menu>
      )}
    </li>
  )
}
