/** Merge contacts: find the other, see both side by side, choose what survives; and take an earlier merge back. */
import { call } from '@earshot/client'
import {
  type Contact,
  getContact,
  listContactMerges,
  listContacts,
  listSimilarContacts,
  mergeContacts,
} from '@earshot/contracts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { useSettled } from '../app/use-settled.ts'
import { contactName } from '../conversations/names.ts'
import { ContactAvatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { toast } from '../ui/Toasts.tsx'
import { type Choice, ContactSides, fieldsOf, isConflict } from './ContactSides.tsx'
import { useContactsMerged, useUnmerge } from './use-contacts-merged.ts'

const FOUND = 8

export function MergeContactsDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation(['merging', 'common'])
  const { t: words } = useTranslation('conversations')
  const [other, setOther] = useState<Contact | null>(null)
  const [choice, setChoice] = useState<Choice>({ otherSurvives: false, right: new Set() })
  const { data: here } = useQuery({
    queryKey: ['contacts', id, 'to-merge'],
    queryFn: ({ signal }) => call(getContact, { params: { id }, signal }),
    gcTime: 0,
  })
  const { merged } = useContactsMerged()
  const { mutate: unmerge } = useUnmerge()
  const merge = useMutation({
    mutationFn: ([survivor, away]: [Contact, Contact]) =>
      call(mergeContacts, {
        params: { id: survivor.id },
        body: { contactId: away.id, take: takeOf(survivor, away, choice) },
      }),
    onSuccess: ({ contact, mergeId }) => {
      merged([contact])
      toast.undoable(t('contacts.done', { name: contactName(contact, words) }), () =>
        unmerge({ id: contact.id, mergeId }),
      )
      onClose()
    },
    onError: tellProblem,
  })
  const confirm = () => {
    if (here && other && !merge.isPending) merge.mutate(choice.otherSurvives ? [other, here] : [here, other])
  }
  return (
    <Dialog
      open
      size="xl"
      onOpenChange={(next) => !next && onClose()}
      title={t('contacts.title')}
      description={t('contacts.text')}
      onSubmit={confirm}
      footer={
        <>
          {other && (
            <Button variant="quiet" onClick={() => setOther(null)}>
              {t('contacts.back')}
            </Button>
          )}
          <span className="grow" />
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={merge.isPending} disabled={!other}>
            {t('contacts.verb')}
          </Button>
        </>
      }
    >
      {other && here ? (
        <ContactSides here={here} other={other} choice={choice} onChoice={setChoice} />
      ) : (
        <>
          <Earlier id={id} onClose={onClose} />
          <FindOther id={id} onFound={setOther} />
        </>
      )}
    </Dialog>
  )
}

/** What the survivor takes from the one that goes: where they differ, the values that were chosen on its side. */
function takeOf(survivor: Contact, away: Contact, { otherSurvives, right }: Choice) {
  const taken = fieldsOf(survivor, away)
    .filter(({ field, of }) => isConflict(of(survivor), of(away)) && right.has(field) !== otherSurvives)
    .map(({ field }) => field)
  const FIELDS = ['name', 'email', 'phone'] as const
  return {
    fields: FIELDS.filter((field) => taken.includes(field)),
    attributes: taken.flatMap((field) => (field.startsWith('attribute:') ? [field.slice('attribute:'.length)] : [])),
  }
}

function FindOther({ id, onFound }: { id: string; onFound: (contact: Contact) => void }) {
  const { t } = useTranslation('merging')
  const { t: words } = useTranslation('conversations')
  const [typed, setTyped] = useState('')
  const q = useSettled(typed.trim(), 250)
  const { data } = useQuery({
    queryKey: ['contacts', id, 'others', q],
    queryFn: ({ signal }) =>
      q === ''
        ? call(listSimilarContacts, { params: { id }, signal })
        : call(listContacts, { query: { q, limit: FOUND + 1 }, signal }),
    gcTime: 0,
  })
  const found = data?.items.filter((one) => one.id !== id).slice(0, FOUND)
  return (
    <>
      <TextField
        label={t('contacts.find')}
        hint={t('contacts.findHint')}
        value={typed}
        maxLength={200}
        dir="auto"
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
      />
      {q !== '' && found?.length === 0 && <p className="t3">{t('contacts.nobody')}</p>}
      <ul className="contact-found">
        {found?.map((one) => (
          <li key={one.id}>
            <button type="button" className="row" onClick={() => onFound(one)}>
              <ContactAvatar name={one.name} size="sm" />
              <span className="grow tr" dir="auto">
                {contactName(one, words)}
              </span>
              <span className="small t3 tr">{[one.email, one.phone].filter(Boolean).join(' · ')}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The latest merge into this contact, as long as it can be undone. */
function Earlier({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('merging')
  const { t: words } = useTranslation('conversations')
  const { mutate, isPending } = useUnmerge()
  const { data } = useQuery({
    queryKey: ['contacts', id, 'merges'],
    queryFn: ({ signal }) => call(listContactMerges, { params: { id }, signal }),
    gcTime: 0,
  })
  const latest = data?.items.find((one) => one.undoUntil !== null)
  if (!latest) return null
  return (
    <p className="row">
      <span className="grow">{t('contacts.earlier', { name: latest.other.name ?? words('anonymous') })}</span>
      <Button busy={isPending} onClick={() => mutate({ id, mergeId: latest.id }, { onSuccess: onClose })}>
        {t('contacts.undo')}
      </Button>
    </p>
  )
}
