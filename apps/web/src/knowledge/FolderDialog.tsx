/** Names a folder, new or not; an old one can be deleted, its articles stay. */
import type { ArticleFolder } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { useFolderChanges } from './use-folders.ts'

type Props = { folder: ArticleFolder | null; onClose: () => void; onGone: () => void }

export function FolderDialog({ folder, onClose, onGone }: Props) {
  const { t } = useTranslation(['knowledge', 'common'])
  const [name, setName] = useState(folder?.name ?? '')
  const { create, rename, remove } = useFolderChanges(onClose)
  const save = () => {
    if (name.trim() === '') return
    if (folder) rename.mutate({ id: folder.id, name: name.trim() })
    else create.mutate(name.trim())
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={folder ? t('knowledge:folder.rename') : t('knowledge:folder.new')}
      onSubmit={save}
      footer={
        <>
          {folder && (
            <Button
              variant="danger"
              busy={remove.isPending}
              onClick={() => remove.mutate(folder.id, { onSuccess: onGone })}
            >
              {t('knowledge:folder.delete')}
            </Button>
          )}
          <span className="grow" />
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={create.isPending || rename.isPending}>
            {t('knowledge:folder.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('knowledge:folder.name')}
        hint={folder ? t('knowledge:folder.deleteHint') : undefined}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </Dialog>
  )
}
