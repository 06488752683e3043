/** Save somebody that calls may be transferred to. */
import type { VoiceContact } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field, TextField } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { asNumber, isNumber } from './line-wish.ts'
import { linesQuery, useContactCommands } from './use-voice.ts'

const OWN_LINE = 'own'
const isSip = (typed: string): boolean =>
  /^sip:[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(typed.trim())

export function ContactDialog({ contact, onDone }: { contact?: VoiceContact; onDone: () => void }) {
  const { t } = useTranslation('voice')
  const { save } = useContactCommands()
  const [name, setName] = useState(contact?.name ?? '')
  const [about, setAbout] = useState(contact?.about ?? '')
  const [address, setAddress] = useState(contact?.address ?? '')
  const [lineId, setLineId] = useState(contact?.lineId ?? null)
  const isAddress = isNumber(address) || isSip(address)
  const whole = name.trim() !== '' && isAddress
  const submit = () => {
    if (!whole || save.isPending) return
    const written = isSip(address) ? address.trim() : asNumber(address)
    save.mutate(
      { id: contact?.id, draft: { name: name.trim(), about: about.trim(), address: written, lineId } },
      {
        onSuccess: (kept) => {
          toast.done(t('contactSaved', { name: kept.name }))
          onDone()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={contact ? t('changeTitle', { name: contact.name }) : t('addContact')}
      onSubmit={submit}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending} disabled={!whole}>
            {t('save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('name')}
        value={name}
        maxLength={80}
        autoFocus
        dir="auto"
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label={t('address')}
        hint={t('addressHint')}
        error={address.trim() !== '' && !isAddress && t('addressWrong')}
        value={address}
        maxLength={320}
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setAddress(event.target.value)}
      />
      <TextField
        label={t('about')}
        hint={t('aboutHint')}
        value={about}
        maxLength={200}
        dir="auto"
        onChange={(event) => setAbout(event.target.value)}
      />
      <DialledBy lineId={lineId} onChange={setLineId} />
    </Dialog>
  )
}

function DialledBy({ lineId, onChange }: { lineId: string | null; onChange: (lineId: string | null) => void }) {
  const { t } = useTranslation('voice')
  const { data: lines = [] } = useQuery(linesQuery)
  if (lines.length < 2) return null
  return (
    <Field label={t('contactLine')} hint={t('contactLineHint')}>
      {({ id }) => (
        <Select
          id={id}
          label={t('contactLine')}
          value={lineId ?? OWN_LINE}
          onChange={(chosen) => onChange(chosen === OWN_LINE ? null : chosen)}
          options={[
            { value: OWN_LINE, label: t('contactLineOwn') },
            ...lines.map(({ id: value, name: label }) => ({ value, label })),
          ]}
        />
      )}
    </Field>
  )
}
