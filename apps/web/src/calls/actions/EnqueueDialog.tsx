/** Into the queue for a person: for anyone or a team, with a reason and the skills it needs. */
import type { Call, Operator, QueueItem, Team } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { operatorsQuery, queueQuery, teamsQuery } from '../../inbox/queue-cache.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { agentOf } from '../names.ts'
import { leaveAir, onAir } from '../sound/on-air.ts'
import { useCallCommands } from './use-call-commands.ts'

const NOBODY: Operator[] = []
const EMPTY: QueueItem[] = []

export function EnqueueDialog({ call, onClose }: { call: Call; onClose: () => void }) {
  const { t } = useTranslation('calls')
  const { enqueue } = useCallCommands(call)
  const [teamId, setTeam] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [skills, setSkills] = useState('')
  const confirm = () => {
    if (enqueue.isPending) return
    const said = reason.trim()
    const given = {
      skills: skills
        .split(',')
        .map((skill) => skill.trim())
        .filter(Boolean)
        .slice(0, 20),
      ...(said === '' ? {} : { reason: said }),
      ...(teamId === null ? {} : { teamId }),
    }
    enqueue.mutate(given, {
      onSuccess: () => {
        if (onAir()?.conversationId === call.conversationId) leaveAir()
        toast.done(t('done.enqueued'))
        onClose()
      },
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('enqueue.title')}
      description={t('enqueue.text', { agent: agentOf(call, t) })}
      onSubmit={confirm}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={enqueue.isPending}>
            {t('enqueue.verb')}
          </Button>
        </>
      }
    >
      <Teams chosen={teamId} onChoose={setTeam} />
      <TextField
        label={t('enqueue.reason')}
        hint={t('enqueue.reasonHint')}
        value={reason}
        maxLength={200}
        dir="auto"
        onChange={(event) => setReason(event.target.value)}
      />
      <TextField
        label={t('enqueue.skills')}
        hint={t('enqueue.skillsHint')}
        value={skills}
        maxLength={400}
        dir="auto"
        onChange={(event) => setSkills(event.target.value)}
      />
    </Dialog>
  )
}

function Teams({ chosen, onChoose }: { chosen: string | null; onChoose: (id: string | null) => void }) {
  const { t } = useTranslation('calls')
  const name = useId()
  const { data: teams = [] } = useQuery(teamsQuery)
  const { data: operators = NOBODY } = useQuery(operatorsQuery)
  const { data: queue = EMPTY } = useQuery(queueQuery)
  const rows = [{ id: null, name: t('enqueue.anyone') }, ...teams.map((team) => ({ id: team.id, name: team.name }))]
  return (
    <div className="lbox calltargets" role="radiogroup" aria-label={t('enqueue.team')}>
      {rows.map((row) => {
        const team = teams.find(({ id }) => id === row.id)
        const waits = waiting(queue, team)
        return (
          <label className="lrow" key={row.id ?? ''}>
            <input
              type="radio"
              className="radio"
              name={name}
              checked={chosen === row.id}
              onChange={() => onChoose(row.id)}
            />
            <span className="grow strong tr" dir="auto">
              {row.name}
            </span>
            <span className="small t3 num">{t('enqueue.free', { count: free(operators, team) })}</span>
            {waits > 0 && <span className="small t2 num">{t('enqueue.waits', { count: waits })}</span>}
          </label>
        )
      })}
    </div>
  )
}

/** Here, and with room for one more call. */
const free = (operators: readonly Operator[], team: Team | undefined): number =>
  operators.filter(
    ({ member, state, load, caps }) =>
      state === 'available' && load.voice < caps.voice && (!team || team.memberIds.includes(member.id)),
  ).length

const waiting = (queue: readonly QueueItem[], team: Team | undefined): number =>
  queue.filter((item) => item.load === 'voice' && item.state !== 'held' && (!team || item.team?.id === team.id)).length
