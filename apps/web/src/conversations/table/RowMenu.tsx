/** What can be done with one row. The menu itself comes with the first press: a screen holds dozens of rows. */
import Archive from 'lucide-react/icons/archive'
import Check from 'lucide-react/icons/check'
import Ellipsis from 'lucide-react/icons/ellipsis'
import ExternalLink from 'lucide-react/icons/external-link'
import FileText from 'lucide-react/icons/file-text'
import Link2 from 'lucide-react/icons/link-2'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { askDelete, askTranscript } from '../../exports/asked.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { useLifecycle } from '../control/use-commands.ts'
import type { Hit } from '../queries.ts'
import { useCopyLink } from '../thread/use-copy-link.ts'
import { useSay } from './say.ts'

type Props = { row: Hit; name: string; tabStop: boolean }

export function RowMenu({ row, name, tabStop }: Props) {
  const { t } = useSay()
  const [open, setOpen] = useState(false)
  const [used, setUsed] = useState(false)
  const button = (
    <button
      type="button"
      className="ib sm"
      aria-label={t('cell.more', { name })}
      aria-haspopup="menu"
      tabIndex={tabStop ? 0 : -1}
    >
      <Icon of={Ellipsis} size="s" />
    </button>
  )
  if (!used) {
    const begin = () => {
      setUsed(true)
      setOpen(true)
    }
    return (
      <button {...button.props} onClick={begin}>
        <Icon of={Ellipsis} size="s" />
      </button>
    )
  }
  return (
    <Menu align="end" open={open} onOpenChange={setOpen} trigger={button}>
      <Items row={row} />
    </Menu>
  )
}

/** The trash of a row: asks before anything goes. */
export function RowDelete({ row, name, tabStop }: Props) {
  const { deletion } = useSay()
  const label = deletion('row', { name })
  return (
    <button
      type="button"
      className="ib sm"
      aria-label={label}
      title={label}
      tabIndex={tabStop ? 0 : -1}
      onClick={() => askDelete(row)}
    >
      <Icon of={Trash2} size="s" />
    </button>
  )
}

function Items({ row }: { row: Hit }) {
  const { t } = useTranslation('table')
  const { t: words } = useTranslation(['conversations', 'exports', 'deletion'])
  const may = useMay('operator')
  const mayDelete = useMay('supervisor')
  const copyLink = useCopyLink(row.id)
  const { close, archive, reopen } = useLifecycle(row)
  return (
    <>
      <MenuItem
        icon={ExternalLink}
        onSelect={() => void window.open(`/conversations/${row.id}/full`, '_blank', 'noopener')}
      >
        {t('cell.newTab')}
      </MenuItem>
      <MenuItem icon={Link2} onSelect={copyLink}>
        {t('cell.copyLink')}
      </MenuItem>
      {may && (
        <MenuItem icon={FileText} onSelect={() => askTranscript(row)}>
          {words('exports:menu')}
        </MenuItem>
      )}
      {may && <MenuSeparator />}
      {may && row.status === 'active' && (
        <MenuItem icon={Check} onSelect={() => close.mutate()}>
          {words('close')}
        </MenuItem>
      )}
      {may && row.status !== 'active' && (
        <MenuItem icon={RotateCcw} onSelect={() => reopen.mutate()}>
          {words('reopen')}
        </MenuItem>
      )}
      {may && row.status !== 'archived' && (
        <MenuItem icon={Archive} onSelect={() => archive.mutate()}>
          {words('archive')}
        </MenuItem>
      )}
      {mayDelete && (
        <MenuItem icon={Trash2} bad onSelect={() => askDelete(row)}>
          {words('deletion:menu')}
        </MenuItem>
      )}
    </>
  )
}
