/** The questions before something that the contact feels at once: take over, hand back, block. */
import type { Conversation } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field, TextArea, TextField } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { focusComposer } from '../composer/focus.ts'
import { agentName, contactName } from '../names.ts'
import { FlagDialog, TitleDialog } from './Asking.tsx'
import type { Question } from './dialog-context.ts'
import { useBlocking, useControl } from './use-commands.ts'

type Props = { conversation: Conversation; question: Question; onClose: () => void }

export function ControlDialogs({ conversation, question, onClose }: Props) {
  return (
    <>
      <TakeOver
        key={`t${conversation.id}`}
        conversation={conversation}
        open={question === 'takeOver'}
        onClose={onClose}
      />
      <HandBack
        key={`h${conversation.id}`}
        conversation={conversation}
        open={question === 'handBack'}
        onClose={onClose}
      />
      <FlagDialog
        key={`f${conversation.id}`}
        conversation={conversation}
        open={question === 'flag'}
        onClose={onClose}
      />
      <TitleDialog
        key={`n${conversation.id}`}
        conversation={conversation}
        open={question === 'title'}
        onClose={onClose}
      />
      <Block key={`b${conversation.id}`} conversation={conversation} open={question === 'block'} onClose={onClose} />
    </>
  )
}

type One = { conversation: Conversation; open: boolean; onClose: () => void }

function TakeOver({ conversation, open, onClose }: One) {
  const { t } = useTranslation(['conversations', 'common'])
  const { member } = useSession()
  const { set } = useControl(conversation)
  const [tell, setTell] = useState(true)
  const { assignee, control } = conversation
  const holder = control === 'operator' && assignee?.id !== member.id ? assignee?.name : undefined
  const confirm = () =>
    set.mutate(
      { control: 'operator', announce: tell, force: holder !== undefined },
      { onSuccess: () => focusComposer('message'), onSettled: onClose },
    )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={
        holder
          ? t('takeOver.titleFrom', { name: holder })
          : t('takeOver.title', { name: contactName(conversation.contact, t) })
      }
      description={
        holder ? t('takeOver.textFrom', { name: holder }) : t('takeOver.text', { agent: agentName(conversation, t) })
      }
      verb={t('takeOver.verb')}
      cancel={t('common:cancel')}
      busy={set.isPending}
      onConfirm={confirm}
    >
      <Checkbox checked={tell} onChange={setTell}>
        {t('takeOver.announce')}
      </Checkbox>
    </ConfirmDialog>
  )
}

function HandBack({ conversation, open, onClose }: One) {
  const { t } = useTranslation(['conversations', 'common'])
  const { set } = useControl(conversation)
  const [note, setNote] = useState('')
  const [tell, setTell] = useState(true)
  const agent = agentName(conversation, t)
  const confirm = () => {
    if (set.isPending) return
    set.mutate(
      { control: 'agent', note: note.trim() || undefined, announce: tell },
      { onSuccess: () => setNote(''), onSettled: onClose },
    )
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('handBack.title', { agent })}
      description={t('handBack.text', { agent })}
      onSubmit={confirm}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={set.isPending}>
            {t('handBack.verb')}
          </Button>
        </>
      }
    >
      <TextArea
        label={t('handBack.note', { agent })}
        hint={t('handBack.hint')}
        value={note}
        maxLength={4000}
        rows={3}
        dir="auto"
        onChange={(event) => setNote(event.target.value)}
      />
      <Checkbox checked={tell} onChange={setTell}>
        {t('handBack.announce', { agent })}
      </Checkbox>
    </Dialog>
  )
}

const HOUR = 3_600_000
const EXPIRY = { never: 0, hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR } as const
type Expiry = keyof typeof EXPIRY
const EXPIRIES: readonly Expiry[] = ['never', 'hour', 'day', 'week', 'month']

function Block({ conversation, open, onClose }: One) {
  const { t } = useTranslation(['conversations', 'common'])
  const { block } = useBlocking(conversation)
  const [reason, setReason] = useState('')
  const [expiry, setExpiry] = useState<Expiry>('never')
  const confirm = () => {
    const expiresAt = expiry === 'never' ? undefined : new Date(Date.now() + EXPIRY[expiry]).toISOString()
    block.mutate(
      { reason: reason.trim() || undefined, expiresAt },
      { onSuccess: () => setReason(''), onSettled: onClose },
    )
  }
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('block.title', { name: contactName(conversation.contact, t) })}
      description={t('block.text', { channel: conversation.channel.name })}
      verb={t('block.verb')}
      cancel={t('common:cancel')}
      destructive
      busy={block.isPending}
      onConfirm={confirm}
    >
      <TextField
        label={t('block.reason')}
        hint={t('block.reasonHint')}
        value={reason}
        maxLength={500}
        dir="auto"
        onChange={(e) => setReason(e.target.value)}
      />
      <Field label={t('block.until')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('block.until')}
            value={expiry}
            onChange={setExpiry}
            options={EXPIRIES.map((value) => ({ value, label: t(`block.expiry.${value}`) }))}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
