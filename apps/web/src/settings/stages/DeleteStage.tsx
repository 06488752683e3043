/** Delete a stage: its conversations go to another one, which is chosen here. */
import type { Stage } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { StageGlyph } from '../../ui/Stage.tsx'
import { stageCountsQuery, useStageCommands } from './use-stages.ts'

type Props = { stage: Stage; stages: readonly Stage[]; onDone: () => void }

export function DeleteStage({ stage, stages, onDone }: Props) {
  const { t } = useTranslation('stages')
  const { data: counts } = useQuery(stageCountsQuery)
  const { remove } = useStageCommands()
  const others = stages.filter(({ key }) => key !== stage.key)
  const alike = others.find(({ category }) => category === stage.category) ?? others[0]
  const [moveTo, setMoveTo] = useState(alike?.key ?? '')
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={t('deleteTitle', { name: stage.name })}
      description={t('deleteText', { count: counts?.[stage.key] ?? 0 })}
      verb={t('delete')}
      cancel={t('cancel')}
      destructive
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ key: stage.key, moveTo }, { onSuccess: onDone })}
    >
      <Field label={t('moveTo')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('moveTo')}
            value={moveTo}
            onChange={setMoveTo}
            options={others.map((one) => ({
              value: one.key,
              label: one.name,
              icon: <StageGlyph stageKey={one.key} category={one.category} color={one.color} />,
            }))}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
