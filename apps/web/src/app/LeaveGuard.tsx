/** Asks before unsaved changes are left behind, inside the app and when the tab closes. */
import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'

export function LeaveGuard({ changed }: { changed: boolean }) {
  const { t } = useTranslation('shell')
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => changed && current.pathname !== next.pathname,
    enableBeforeUnload: changed,
    withResolver: true,
  })
  const blocked = blocker.status === 'blocked'
  return (
    <ConfirmDialog
      open={blocked}
      onOpenChange={(open) => {
        if (!open) blocker.reset?.()
      }}
      title={t('leave.title')}
      description={t('leave.text')}
      verb={t('leave.leave')}
      cancel={t('leave.stay')}
      onConfirm={() => blocker.proceed?.()}
    />
  )
}
