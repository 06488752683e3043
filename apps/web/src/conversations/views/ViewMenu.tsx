/** What can be done with a saved view that is open. */
import type { SavedView } from '@earshot/contracts'
import ChevronDown from 'lucide-react/icons/chevron-down'
import Pencil from 'lucide-react/icons/pencil'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import Trash2 from 'lucide-react/icons/trash-2'
import Users from 'lucide-react/icons/users'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '../../app/session.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../../ui/Menu.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { FILTER_NAMES } from '../search.ts'
import { useAddress } from '../use-address.ts'
import { addressOf } from './address-of.ts'
import { useViewCommands } from './use-view-commands.ts'

export function ViewMenu({ view }: { view: SavedView }) {
  const { t } = useTranslation('table')
  const { t: c } = useTranslation()
  const { filter } = useAddress()
  const { change, remove } = useViewCommands()
  const { member } = useSession()
  const operator = useMay('operator')
  const admin = useMay('admin')
  const [asking, setAsking] = useState<'rename' | 'delete' | null>(null)
  const mine = view.owner.id === member.id
  const may = mine || (admin && view.shared)
  const revert = () => {
    const empty = Object.fromEntries([...FILTER_NAMES, 'q', 'view', 'sort'].map((name) => [name, undefined]))
    filter({ ...empty, ...addressOf(view) })
  }
  const drop = () =>
    remove.mutate(view.id, {
      onSuccess: () => {
        toast.done(t('views.deleted', { name: view.name }))
        filter({ savedView: undefined })
        setAsking(null)
      },
    })
  return (
    <>
      <Menu trigger={<IconButton size="sm" label={t('views.more', { name: view.name })} icon={ChevronDown} />}>
        {view.shared && !mine && <MenuLabel>{t('views.whose', { name: view.owner.name })}</MenuLabel>}
        <MenuItem icon={RotateCcw} onSelect={revert}>
          {t('views.revert')}
        </MenuItem>
        {may && <MenuSeparator />}
        {may && (
          <MenuItem icon={Pencil} onSelect={() => setAsking('rename')}>
            {t('views.rename')}
          </MenuItem>
        )}
        {may && operator && (
          <MenuItem icon={Users} onSelect={() => change.mutate({ id: view.id, shared: !view.shared })}>
            {t(view.shared ? 'views.unshare' : 'views.share')}
          </MenuItem>
        )}
        {may && (
          <MenuItem icon={Trash2} bad onSelect={() => setAsking('delete')}>
            {t('views.delete')}
          </MenuItem>
        )}
      </Menu>
      {asking === 'rename' && <Rename view={view} onClose={() => setAsking(null)} />}
      <ConfirmDialog
        open={asking === 'delete'}
        onOpenChange={(open) => !open && setAsking(null)}
        title={t('views.deleteTitle', { name: view.name })}
        description={t('views.deleteText')}
        verb={t('views.delete')}
        cancel={c('cancel')}
        destructive
        busy={remove.isPending}
        onConfirm={drop}
      />
    </>
  )
}

function Rename({ view, onClose }: { view: SavedView; onClose: () => void }) {
  const { t } = useTranslation('table')
  const { change } = useViewCommands()
  const [name, setName] = useState(view.name)
  const sound = name.trim() !== ''
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('views.renameTitle', { name: view.name })}
      onSubmit={() => sound && change.mutate({ id: view.id, name: name.trim() }, { onSuccess: onClose })}
      footer={
        <>
          <span className="grow" />
          <Button variant="primary" type="submit" busy={change.isPending} disabled={!sound}>
            {t('views.rename')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('views.name')}
        value={name}
        maxLength={80}
        required
        onChange={({ target }) => setName(target.value)}
      />
    </Dialog>
  )
}
