/** Hanging up for everybody: asked once, with what still happens afterwards. */
import type { Call } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useCallCommands } from './use-call-commands.ts'

export function EndDialog({ call, onClose }: { call: Call; onClose: () => void }) {
  const { t } = useTranslation('calls')
  const { end } = useCallCommands(call)
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('end.title')}
      description={t('end.text')}
      verb={t('end.verb')}
      cancel={t('end.cancel')}
      destructive
      busy={end.isPending}
      onConfirm={() => end.mutate(undefined, { onSuccess: () => void toast.done(t('done.ended')), onSettled: onClose })}
    />
  )
}
