/** Asks why a flag is dismissed: one of a few reasons that are counted, and words where none of them fits. */
import './texts.ts'
import { DismissalReason } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextArea } from '../ui/Field.tsx'

export type Dismissal = { why: DismissalReason; reason: string }
type Props = { open: boolean; onClose: () => void; onDismiss: (wish: Dismissal) => void; name: string }

export function DismissDialog({ open, onClose, onDismiss, name }: Props) {
  const { t } = useTranslation('judging')
  const [why, setWhy] = useState<DismissalReason>('not_true')
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const submit = () => {
    if (why === 'other' && reason.trim() === '') return setMissing(true)
    onDismiss({ why, reason: reason.trim() })
    onClose()
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('dismiss.title')}
      description={`${name}. ${t('dismiss.text')}`}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t('dismiss.cancel')}</Button>
          <span className="grow" />
          <Button type="submit" variant="primary">
            {t('dismiss.do')}
          </Button>
        </>
      }
    >
      <fieldset className="whys">
        <legend className="sr">{t('dismiss.why')}</legend>
        {DismissalReason.options.map((one) => (
          <label className="row" key={one}>
            <input type="radio" className="radio" name="why" checked={one === why} onChange={() => setWhy(one)} />
            <span>{t(`why.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <TextArea
        label={t('dismiss.reason')}
        hint={why === 'other' ? undefined : t('dismiss.optional')}
        error={missing && why === 'other' ? t('dismiss.reasonNeeded') : undefined}
        rows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Dialog>
  )
}
