/** The secret a webhook is signed with, shown once. */
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { CopyValue } from '../../ui/Copy.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

export function SecretDialog({ secret, onDone }: { secret: string; onDone: () => void }) {
  const { t } = useTranslation('alerts')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={t('secretTitle')}
      description={t('secretText')}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('close')}</Button>
        </>
      }
    >
      <CopyValue className="mono" text={secret} label={t('copy')} />
    </Dialog>
  )
}
