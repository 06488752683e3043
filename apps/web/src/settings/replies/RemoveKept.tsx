/** Delete a canned reply or a macro. */
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useMacroCommands, useReplyCommands } from './use-replies.ts'

type Props = { kind: 'reply' | 'macro'; id: string; name: string; onDone: () => void }

export function RemoveKept({ kind, id, name, onDone }: Props) {
  const { t } = useTranslation('replies')
  const replies = useReplyCommands()
  const macros = useMacroCommands()
  const { remove } = kind === 'reply' ? replies : macros
  const onSuccess = () => {
    onDone()
    toast.done(t('deleted', { name }))
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={t('deleteTitle', { name })}
      description={t('deleteText')}
      verb={t('delete')}
      cancel={t('cancel')}
      destructive
      busy={remove.isPending}
      onConfirm={() => remove.mutate(id, { onSuccess })}
    />
  )
}
