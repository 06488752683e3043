/** The contact's name, which an operator can correct in place. */
import { call } from '@earshot/client'
import { type Conversation, changeContact } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import Pencil from 'lucide-react/icons/pencil'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { useMay } from '../app/session.ts'
import { putContact } from '../conversations/cache.ts'
import { contactName } from '../conversations/names.ts'
import { IconButton } from '../ui/Button.tsx'
import { Input } from '../ui/Field.tsx'

export function ContactName({ contact }: { contact: Conversation['contact'] }) {
  const { t } = useTranslation('conversations')
  const may = useMay('operator')
  const [editing, setEditing] = useState(false)
  if (editing) return <NameField contact={contact} done={() => setEditing(false)} />
  return (
    <div className="row g2 namerow">
      <h3 className="strong pname" dir="auto">
        {contactName(contact, t)}
      </h3>
      {may && <IconButton size="sm" label={t('panel.editName')} icon={Pencil} onClick={() => setEditing(true)} />}
    </div>
  )
}

function NameField({ contact, done }: { contact: Conversation['contact']; done: () => void }) {
  const { t } = useTranslation('conversations')
  const cache = useQueryClient()
  const [name, setName] = useState(contact.name ?? '')
  const save = useMutation({
    mutationFn: () => call(changeContact, { params: { id: contact.id }, body: { name: name.trim() || null } }),
    onSuccess: (changed) => {
      putContact(cache, changed)
      done()
    },
    onError: tellProblem,
  })
  const commit = () => {
    if (save.isPending) return
    if (name.trim() === (contact.name ?? '')) done()
    else save.mutate()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') commit()
    if (event.key === 'Escape') done()
  }
  return (
    <Input
      aria-label={t('panel.name')}
      value={name}
      maxLength={200}
      dir="auto"
      autoFocus
      onChange={(event) => setName(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={commit}
    />
  )
}
