/** To whom the call goes: a saved contact or a number, looked at while it is typed. */
import { call as ask } from '@earshot/client'
import { type Call, listVoiceContacts, type VoiceContact } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../app/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Banner } from '../../ui/States.tsx'
import { agentOf } from '../names.ts'
import { asE164, countryOf, numberProblem, prettyNumber } from '../numbers.ts'
import { isOfNumber, useCallCommands } from './use-call-commands.ts'

const contactsQuery = {
  queryKey: ['voice', 'contacts'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await ask(listVoiceContacts, { signal })).items,
  staleTime: 60_000,
}

export function TransferDialog({ call, onClose }: { call: Call; onClose: () => void }) {
  const { t } = useTranslation('calls')
  const { transfer } = useCallCommands(call)
  const { data: contacts = [] } = useQuery(contactsQuery)
  const [chosen, setChosen] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const number = asE164(typed)
  const target = chosen ? { contactId: chosen } : number ? { to: number } : null
  const confirm = () => {
    if (!target || transfer.isPending) return
    transfer.mutate(target, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('transfer.title')}
      description={t('transfer.text', { agent: agentOf(call, t) })}
      onSubmit={confirm}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!target} busy={transfer.isPending}>
            {t('transfer.verb')}
          </Button>
        </>
      }
    >
      {isOfNumber(transfer.error) && (
        <Banner tone="bad" icon={CircleAlert}>
          {problemText(transfer.error)}
        </Banner>
      )}
      {contacts.length > 0 && <Saved contacts={contacts} chosen={chosen} onChoose={setChosen} />}
      {(contacts.length === 0 || chosen === null) && <NumberField typed={typed} onType={setTyped} />}
    </Dialog>
  )
}

function NumberField({ typed, onType }: { typed: string; onType: (typed: string) => void }) {
  const { t } = useTranslation('calls')
  const [left, setLeft] = useState(false)
  const number = asE164(typed)
  const problem = numberProblem(typed)
  const country = number && countryOf(number)
  // What is only unfinished is told once the field was left.
  const told =
    problem && (left || problem === 'letters' || problem === 'long') ? t(`transfer.problem.${problem}`) : null
  return (
    <TextField
      large
      label={t('transfer.number')}
      hint={number ? (country ?? prettyNumber(number)) : t('transfer.hint')}
      error={told}
      value={typed}
      dir="ltr"
      className="num"
      type="tel"
      inputMode="tel"
      autoComplete="off"
      placeholder={t('transfer.placeholder')}
      maxLength={40}
      onBlur={() => setLeft(true)}
      onChange={(event) => onType(event.target.value)}
    />
  )
}

type SavedProps = {
  contacts: readonly VoiceContact[]
  chosen: string | null
  onChoose: (id: string | null) => void
}

function Saved({ contacts, chosen, onChoose }: SavedProps) {
  const { t } = useTranslation('calls')
  const name = useId()
  return (
    <div className="lbox calltargets" role="radiogroup" aria-label={t('transfer.saved')}>
      {contacts.map(({ id, name: called, about, address }) => (
        <label className="lrow" key={id}>
          <input type="radio" className="radio" name={name} checked={chosen === id} onChange={() => onChoose(id)} />
          <span className="grow tr">
            <span className="strong" dir="auto">
              {called}
            </span>
            {about && (
              <span className="small t3" dir="auto">
                {' '}
                {about}
              </span>
            )}
          </span>
          <bdi className="small num t2">{prettyNumber(address)}</bdi>
        </label>
      ))}
      <label className="lrow">
        <input type="radio" className="radio" name={name} checked={chosen === null} onChange={() => onChoose(null)} />
        <span className="grow strong">{t('transfer.other')}</span>
      </label>
    </div>
  )
}
