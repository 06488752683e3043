/** Going busy or offline with work of the queue in hand: it is given back, or kept. */
import { useTranslation } from 'react-i18next'
import { useStore } from '../app/store.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { leaving, useSetPresence } from './use-presence.ts'

export function LeaveDialog() {
  const { t } = useTranslation(['inbox', 'common'])
  const asked = useStore(leaving)
  const { mutate } = useSetPresence()
  if (!asked) return null
  const close = () => leaving.set(null)
  const leave = (keepWork: boolean) => () => {
    mutate({ state: asked.state, keepWork })
    close()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('presence.leave.title', { count: asked.count })}
      description={t('presence.leave.text')}
      footer={
        <>
          <Button onClick={close}>{t('common:cancel')}</Button>
          <span className="grow" />
          <Button onClick={leave(true)}>{t('presence.leave.keep')}</Button>
          <Button variant="primary" onClick={leave(false)}>
            {t('presence.leave.giveBack')}
          </Button>
        </>
      }
    />
  )
}
