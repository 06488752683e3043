/** Pass a conversation on: to a person or a team, with a note for whoever gets it. */
import type { Conversation, Operator, Team } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import UsersRound from 'lucide-react/icons/users-round'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '../app/session.ts'
import { useStore } from '../app/store.ts'
import { OperatorAvatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Checkbox } from '../ui/Choice.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextArea, TextField } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { operatorsQuery, teamsQuery } from './queue-cache.ts'
import { transferAsked } from './transfer-asked.ts'
import { useContactName } from './use-contact-name.ts'
import { useQueueCommands } from './use-queue-commands.ts'

export function TransferDialog() {
  const conversation = useStore(transferAsked)
  if (!conversation) return null
  return <Asked conversation={conversation} key={conversation.id} />
}

type Target = { kind: 'member' | 'team'; id: string; name: string; away: boolean }

function Asked({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['inbox', 'conversations', 'common'])
  const { transfer } = useQueueCommands(conversation)
  const { member } = useSession()
  const name = useContactName(conversation.contact)
  const supervises = useMay('supervisor')
  const [target, setTarget] = useState<Target | null>(null)
  const [note, setNote] = useState('')
  const [anyway, setAnyway] = useState(false)
  const close = () => transferAsked.set(null)
  // Taking it from whoever has it is a supervisor's right.
  const takes = supervises && conversation.assignee !== null && conversation.assignee.id !== member.id
  const ready = target !== null && (!target.away || anyway) && !transfer.isPending
  const give = () => {
    if (!ready || !target) return
    const to = target.kind === 'member' ? { memberId: target.id } : { teamId: target.id }
    const said = note.trim()
    transfer.mutate(
      { ...to, to: target.name, force: takes || anyway, ...(said !== '' && { note: said }) },
      { onSuccess: close },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('transferDialog.title', { name: name })}
      description={t('transferDialog.text')}
      onSubmit={give}
      footer={
        <>
          <Button onClick={close}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={transfer.isPending}>
            {t('transferDialog.verb')}
          </Button>
        </>
      }
    >
      <Targets conversation={conversation} chosen={target} onChoose={setTarget} />
      {target?.away && (
        <Checkbox checked={anyway} onChange={setAnyway}>
          {t('transferDialog.away', { name: target.name })} {t('transferDialog.force')}
        </Checkbox>
      )}
      <TextArea
        label={t('transferDialog.note')}
        hint={t('transferDialog.noteHint')}
        value={note}
        maxLength={4000}
        rows={2}
        dir="auto"
        onChange={(event) => setNote(event.target.value)}
      />
    </Dialog>
  )
}

type TargetsProps = { conversation: Conversation; chosen: Target | null; onChoose: (target: Target) => void }

function Targets({ conversation, chosen, onChoose }: TargetsProps) {
  const { t } = useTranslation('inbox')
  const { data: operators = [] } = useQuery(operatorsQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  const [typed, setTyped] = useState('')
  const fits = (name: string) => name.toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase())
  const people = operators.filter((one) => one.member.id !== conversation.assignee?.id && fits(one.member.name))
  const groups = teams.filter(({ name }) => fits(name))
  return (
    <>
      <TextField label={t('transferDialog.search')} value={typed} onChange={(event) => setTyped(event.target.value)} />
      <div className="targets" role="radiogroup" aria-label={t('transferDialog.verb')}>
        {people.length > 0 && <div className="sech">{t('transferDialog.people')}</div>}
        {people.map((operator) => (
          <Person key={operator.member.id} operator={operator} chosen={chosen} onChoose={onChoose} />
        ))}
        {groups.length > 0 && <div className="sech">{t('transferDialog.teams')}</div>}
        {groups.map((team) => (
          <TeamRow key={team.id} team={team} chosen={chosen} onChoose={onChoose} />
        ))}
        {people.length + groups.length === 0 && (
          <p className="small t3">{t('transferDialog.nothing', { query: typed })}</p>
        )}
      </div>
    </>
  )
}

type RowProps = Pick<TargetsProps, 'chosen' | 'onChoose'>

function Person({ operator, chosen, onChoose }: RowProps & { operator: Operator }) {
  const { t } = useTranslation('inbox')
  const { member, state, load, caps } = operator
  const target: Target = { kind: 'member', id: member.id, name: member.name, away: state !== 'available' }
  return (
    <TargetRow
      target={target}
      chosen={chosen}
      onChoose={onChoose}
      mark={<OperatorAvatar name={member.name} size="sm" />}
    >
      <span className="small t3 num">{t('presence.load', { load: load.chat, cap: caps.chat })}</span>
      <span className="small t2 row g2">
        <span className={`presence-dot ${state}`} />
        {t(`presence.${state}`)}
      </span>
    </TargetRow>
  )
}

function TeamRow({ team, chosen, onChoose }: RowProps & { team: Team }) {
  const { t } = useTranslation('inbox')
  const target: Target = { kind: 'team', id: team.id, name: team.name, away: false }
  return (
    <TargetRow target={target} chosen={chosen} onChoose={onChoose} mark={<Icon of={UsersRound} />}>
      <span className="small t3">{t('transferDialog.members', { count: team.memberIds.length })}</span>
    </TargetRow>
  )
}

type TargetRowProps = RowProps & { target: Target; mark: ReactNode; children: ReactNode }

function TargetRow({ target, chosen, onChoose, mark, children }: TargetRowProps) {
  return (
    <label className="row target">
      <input
        type="radio"
        className="radio"
        name="transfer-target"
        checked={chosen?.id === target.id}
        onChange={() => onChoose(target)}
      />
      {mark}
      <span className="grow tr" dir="auto">
        {target.name}
      </span>
      {children}
    </label>
  )
}
