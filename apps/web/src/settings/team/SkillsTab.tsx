/** Skills as they are used: by how many people, and waited for by how many conversations. */
import type { SkillUse } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { skillsQuery, useTeamCommands } from './use-teams.ts'

export function SkillsTab() {
  const { t } = useTranslation('teams')
  const skills = useQuery(skillsQuery)
  const mayChange = useMay('admin')
  const [renamed, setRenamed] = useState<SkillUse | null>(null)
  return (
    <>
      <p className="t3 section-lead">{t('skill.lead')}</p>
      <Loaded query={skills} rows={3}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState art="star" title={t('skill.empty')} text={t('skill.emptyText')} />
          ) : (
            <ul className="lbox">
              {items.map((skill) => (
                <li className="lrow" key={skill.name}>
                  <span className="grow strong tr" dir="auto">
                    {skill.name}
                  </span>
                  {skill.waiting > 0 && <Badge tone="warn">{t('skill.waiting', { count: skill.waiting })}</Badge>}
                  <span className="t2 small">{t('skill.members', { count: skill.members })}</span>
                  {mayChange && (
                    <Button
                      size="sm"
                      aria-label={t('skill.renameNamed', { name: skill.name })}
                      onClick={() => setRenamed(skill)}
                    >
                      {t('skill.rename')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {renamed && <RenameSkill skill={renamed} onClose={() => setRenamed(null)} />}
    </>
  )
}

function RenameSkill({ skill, onClose }: { skill: SkillUse; onClose: () => void }) {
  const { t } = useTranslation(['teams', 'common'])
  const { rename } = useTeamCommands()
  const [typed, setTyped] = useState(skill.name)
  const to = typed.trim()
  const ready = to !== '' && to !== skill.name
  const keep = () => {
    if (ready) rename.mutate({ from: skill.name, to }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('skill.renameTitle', { name: skill.name })}
      onSubmit={keep}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={rename.isPending}>
            {t('skill.rename')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('skill.newName')}
        hint={t('skill.renameHint')}
        value={typed}
        maxLength={60}
        dir="auto"
        onChange={(event) => setTyped(event.target.value)}
      />
    </Dialog>
  )
}
