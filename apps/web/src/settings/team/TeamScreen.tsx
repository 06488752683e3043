/** Who works in this workspace, who is asked in, what each may do and can do for the queue. */
import '../../inbox/texts.ts'
import { call } from '@earshot/client'
import { listMembers, type Member, ROLES } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import UserRoundPlus from 'lucide-react/icons/user-round-plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { atLeast, useMay, useSession } from '../../app/session.ts'
import { InviteDialog } from '../../invitations/InviteDialog.tsx'
import { OpenInvitations } from '../../invitations/OpenInvitations.tsx'
import { RightsMatrix } from '../../invitations/RightsMatrix.tsx'
import type { Shown } from '../../invitations/use-invitations.ts'
import { OperatorAvatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Segmented } from '../../ui/Choice.tsx'
import { Select } from '../../ui/Select.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { OperatorDialog } from './OperatorDialog.tsx'
import { QueueTab } from './QueueTab.tsx'
import { RemoveMember } from './RemoveMember.tsx'
import { SkillsTab } from './SkillsTab.tsx'
import { TeamsTab } from './TeamsTab.tsx'
import { useChangeRole } from './use-change-role.ts'
import { operatorsQuery } from './use-teams.ts'

export const membersQuery = {
  queryKey: ['members'],
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (await call(listMembers, { query: { limit: 200 }, signal })).items,
}

const TABS = ['people', 'teams', 'skills', 'queue'] as const

export function TeamScreen() {
  const { t } = useTranslation(['settings', 'teams', 'invitations'])
  const [tab, setTab] = useState<(typeof TABS)[number]>('people')
  const [inviting, setInviting] = useState(false)
  const [shown, setShown] = useState<Shown | null>(null)
  const mayInvite = useMay('admin')
  return (
    <SettingsPage
      documentTitle={t('team.title')}
      title={t('team.head')}
      lead={`${t('team.lead')} ${t('teams:lead')}`}
      actions={
        mayInvite && (
          <Button variant="primary" icon={UserRoundPlus} onClick={() => setInviting(true)}>
            {t('invitations:invite')}
          </Button>
        )
      }
    >
      <div className="team-tabs">
        <Segmented
          label={t('teams:tabs')}
          value={tab}
          onChange={setTab}
          options={TABS.map((value) => ({ value, label: t(`teams:tab.${value}`) }))}
        />
      </div>
      {mayInvite && tab === 'people' && <OpenInvitations shown={shown} onShown={setShown} />}
      {tab === 'people' && <People />}
      {tab === 'teams' && <TeamsTab />}
      {tab === 'skills' && <SkillsTab />}
      {tab === 'queue' && <QueueTab />}
      {inviting && (
        <InviteDialog
          onClose={() => setInviting(false)}
          onLink={(link) => {
            setShown(link)
            setTab('people')
          }}
        />
      )}
    </SettingsPage>
  )
}

function People() {
  const { t } = useTranslation('settings')
  const members = useQuery(membersQuery)
  return (
    <>
      <Loaded query={members} rows={3}>
        {(items) => (
          <ul className="lbox">
            {items.map((member) => (
              <MemberRow member={member} key={member.id} />
            ))}
          </ul>
        )}
      </Loaded>
      <RightsMatrix title={t('team.rolesTitle')} />
    </>
  )
}

/** What the queue knows of a person: skills, how much at once, whether they are here. */
function InQueue({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation(['teams', 'inbox'])
  const { data: operators } = useQuery(operatorsQuery)
  const [open, setOpen] = useState(false)
  const mayChange = useMay('supervisor')
  const operator = operators?.find(({ member }) => member.id === id)
  if (!operator) return null
  const { skills, caps, state } = operator
  return (
    <>
      <span className="hide-s small t2 tr member-skills" dir="auto">
        {skills.join(', ') || <span className="none">{t('noSkills')}</span>}
      </span>
      <span className="hide-s small t3 num">{t('capsShort', { chat: caps.chat, voice: caps.voice })}</span>
      <span className="small row g2 hide-s">
        <span className={`presence-dot ${state}`} />
        {t(`inbox:presence.${state}`)}
      </span>
      {mayChange && (
        <IconButton size="sm" icon={SlidersHorizontal} label={t('editNamed', { name })} onClick={() => setOpen(true)} />
      )}
      {open && <OperatorDialog operator={operator} onClose={() => setOpen(false)} />}
    </>
  )
}

function MemberRow({ member }: { member: Member }) {
  const { t } = useTranslation(['settings', 'shell'])
  const { member: me } = useSession()
  const change = useChangeRole()
  const mine = member.id === me.id
  // Nobody hands out more than they have, and nobody locks themselves out by a slip.
  const changeable = !mine && atLeast(me.role, 'admin') && atLeast(me.role, member.role)
  return (
    <li className="lrow tall">
      <OperatorAvatar name={member.name} size="md" />
      <span className="grow">
        <span className="strong tr block" dir="auto">
          {member.name}
        </span>
        <span className="sub tr block">{member.email}</span>
      </span>
      <InQueue id={member.id} name={member.name} />
      {mine && <Badge>{t('settings:team.you')}</Badge>}
      {changeable ? (
        <span className="role-select">
          <Select
            label={t('settings:team.role', { name: member.name })}
            value={member.role}
            disabled={change.isPending}
            onChange={(role) => change.mutate({ member, role })}
            options={ROLES.filter((role) => atLeast(me.role, role)).map((role) => ({
              value: role,
              label: t(`shell:roles.${role}`),
            }))}
          />
        </span>
      ) : (
        <span className="t2">{t(`shell:roles.${member.role}`)}</span>
      )}
      {changeable && <RemoveMember member={member} />}
    </li>
  )
}
