/** Teams: who is in each, and making, changing and deleting them. */
import type { Team } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import Trash2 from 'lucide-react/icons/trash-2'
import UsersRound from 'lucide-react/icons/users-round'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { operatorsQuery, teamsQuery, useTeamCommands } from './use-teams.ts'

type Asked = { what: 'edit' | 'delete'; team: Team | null } | null

export function TeamsTab() {
  const { t } = useTranslation('teams')
  const teams = useQuery(teamsQuery)
  const { data: operators = [] } = useQuery(operatorsQuery)
  const mayChange = useMay('admin')
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  const nameOf = (id: string) => operators.find(({ member }) => member.id === id)?.member.name
  const add = mayChange && (
    <Button icon={Plus} onClick={() => setAsked({ what: 'edit', team: null })}>
      {t('team.add')}
    </Button>
  )
  return (
    <>
      <p className="t3 section-lead">{t('team.lead')}</p>
      <Loaded query={teams} rows={3}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState art="inbox" title={t('team.empty')} text={t('team.emptyText')} actions={add} />
          ) : (
            <>
              <ul className="lbox">
                {items.map((team) => (
                  <li className="lrow tall" key={team.id}>
                    <Icon of={UsersRound} />
                    <span className="grow">
                      <span className="strong tr block" dir="auto">
                        {team.name}
                      </span>
                      <span className="sub tr block" dir="auto">
                        {team.memberIds.map(nameOf).filter(Boolean).join(', ') ||
                          t('team.count', { count: team.memberIds.length })}
                      </span>
                    </span>
                    {mayChange && <TeamActions team={team} onAsk={setAsked} />}
                  </li>
                ))}
              </ul>
              <div className="row section-foot">{add}</div>
            </>
          )
        }
      </Loaded>
      {asked?.what === 'edit' && <TeamDialog team={asked.team} onClose={close} />}
      {asked?.what === 'delete' && asked.team && <DeleteTeam team={asked.team} onClose={close} />}
    </>
  )
}

function TeamActions({ team, onAsk }: { team: Team; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('teams')
  const { name } = team
  return (
    <>
      <IconButton
        size="sm"
        icon={Pencil}
        label={t('team.changeNamed', { name })}
        onClick={() => onAsk({ what: 'edit', team })}
      />
      <IconButton
        size="sm"
        icon={Trash2}
        label={t('team.deleteNamed', { name })}
        onClick={() => onAsk({ what: 'delete', team })}
      />
    </>
  )
}

function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const { t } = useTranslation(['teams', 'common'])
  const { data: operators = [] } = useQuery(operatorsQuery)
  const { team: save } = useTeamCommands()
  const [name, setName] = useState(team?.name ?? '')
  const [memberIds, setMemberIds] = useState(team?.memberIds ?? [])
  const ready = name.trim() !== ''
  const keep = () => {
    if (ready) save.mutate({ id: team?.id ?? null, name: name.trim(), memberIds }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={team ? t('team.editTitle', { name: team.name }) : t('team.addTitle')}
      onSubmit={keep}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={save.isPending}>
            {team ? t('common:save') : t('team.create')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('team.name')}
        value={name}
        maxLength={80}
        dir="auto"
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset className="field">
        <legend>{t('team.members')}</legend>
        {operators.map(({ member }) => (
          <Checkbox
            key={member.id}
            checked={memberIds.includes(member.id)}
            onChange={(on) => setMemberIds((was) => (on ? [...was, member.id] : was.filter((id) => id !== member.id)))}
          >
            {member.name}
          </Checkbox>
        ))}
      </fieldset>
    </Dialog>
  )
}

function DeleteTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const { t } = useTranslation(['teams', 'common'])
  const { remove } = useTeamCommands()
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      destructive
      title={t('team.deleteTitle', { name: team.name })}
      description={t('team.deleteText')}
      verb={t('team.delete')}
      cancel={t('common:cancel')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate(team, { onSuccess: onClose })}
    />
  )
}
