/** What one person can do for the queue: skills, teams, and how much at once. */
import type { Caps, Operator } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { CapsFields, capsAreRight } from './CapsFields.tsx'
import { teamsQuery, useTeamCommands } from './use-teams.ts'

export function OperatorDialog({ operator, onClose }: { operator: Operator; onClose: () => void }) {
  const { t } = useTranslation(['teams', 'common'])
  const { data: teams = [] } = useQuery(teamsQuery)
  const { operator: save } = useTeamCommands()
  const [skills, setSkills] = useState(operator.skills.join(', '))
  const [teamIds, setTeamIds] = useState(operator.teams.map(({ id }) => id))
  const [caps, setCaps] = useState<Caps | null>(operator.ownCaps ? operator.caps : null)
  const { member } = operator
  const ready = caps === null || capsAreRight(caps)
  const keep = () => {
    if (!ready) return
    const edits = { skills: listOf(skills), teamIds, caps }
    save.mutate({ id: member.id, ...edits }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('dialogTitle', { name: member.name })}
      onSubmit={keep}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={save.isPending}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('skillsLabel')}
        hint={t('skillsHint')}
        value={skills}
        dir="auto"
        onChange={(event) => setSkills(event.target.value)}
      />
      <fieldset className="field">
        <legend>{t('teamsLabel')}</legend>
        {teams.length === 0 && <span className="hint">{t('noTeams')}</span>}
        {teams.map(({ id, name }) => (
          <Checkbox
            key={id}
            checked={teamIds.includes(id)}
            onChange={(on) => setTeamIds((was) => (on ? [...was, id] : was.filter((one) => one !== id)))}
          >
            {name}
          </Checkbox>
        ))}
      </fieldset>
      <Checkbox checked={caps !== null} onChange={(on) => setCaps(on ? operator.caps : null)}>
        {t('ownCaps')}
      </Checkbox>
      {caps && <CapsFields caps={caps} onChange={setCaps} />}
    </Dialog>
  )
}

const listOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[,;\n]/)
      .map((one) => one.trim().slice(0, 60))
      .filter(Boolean),
  ),
]
