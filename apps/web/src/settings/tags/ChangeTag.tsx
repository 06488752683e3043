/** Rename a tag, merge it into one that exists, or remove it: on every conversation, in the background. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseTag } from '../../contact/tag-text.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { tagsQuery, useChangeTag } from './use-tags.ts'

type Props = {
  what: 'rename' | 'remove'
  tagKey: string
  /** Null: the key with all its values. */
  value: string | null
  count: number
  onDone: () => void
}

export function ChangeTag({ what, tagKey, value, count, onDone }: Props) {
  const { t } = useTranslation('tags')
  const change = useChangeTag()
  const tag = value ? `${tagKey}:${value}` : tagKey
  const from = { key: tagKey, value }
  if (what === 'rename') return <RenameTag tag={tag} from={from} onDone={onDone} />
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={t('removeTitle', { tag })}
      description={t('removeText', { count })}
      verb={t('remove')}
      cancel={t('cancel')}
      destructive
      busy={change.isPending}
      onConfirm={() => change.mutate({ from, to: null }, { onSuccess: onDone })}
    />
  )
}

type RenameProps = { tag: string; from: { key: string; value: string | null }; onDone: () => void }

function RenameTag({ tag, from, onDone }: RenameProps) {
  const { t } = useTranslation('tags')
  const change = useChangeTag()
  const [typed, setTyped] = useState(tag)
  const { data: tags = [] } = useQuery(tagsQuery(''))
  const to = parseTag(typed)
  const same = to && (to.value ? `${to.key}:${to.value}` : to.key) === tag
  const known = to && !same ? tags.find(({ key, value }) => key === to.key && value === to.value) : undefined
  const save = () => {
    if (to && !same) change.mutate({ from, to }, { onSuccess: onDone })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={t('renameTitle', { tag })}
      onSubmit={save}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={change.isPending} disabled={!to || same === true}>
            {t(known ? 'merge' : 'rename')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('newName')}
        hint={known ? t('mergeHint', { count: known.count }) : t(from.value === null ? 'keyHint' : 'hint')}
        value={typed}
        maxLength={129}
        autoFocus
        dir="auto"
        onChange={(event) => setTyped(event.target.value)}
      />
    </Dialog>
  )
}
