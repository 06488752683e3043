/** Export many conversations: which format, which columns, with notes or without. The server writes; the tray shows how far it is. */
import { call } from '@earshot/client'
import { createExport, ExportColumn, type ExportFormat } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { Button } from '../ui/Button.tsx'
import { Checkbox, Segmented } from '../ui/Choice.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useFollowJob } from '../work/use-follow-job.ts'
import { type Many, showDownloads } from './asked.ts'
import { ColumnChoice, type WhichColumns } from './ColumnChoice.tsx'

type Props = { many: Many; columns?: readonly ExportColumn[] | undefined; onClose: () => void }

export function ExportDialog({ many, columns, onClose }: Props) {
  const { t } = useTranslation(['exports', 'common'])
  const cache = useQueryClient()
  const follow = useFollowJob()
  const shown = columns?.length ? [...columns] : undefined
  const [format, setFormat] = useState<ExportFormat>('csv')
  const [which, setWhich] = useState<WhichColumns>(shown ? 'shown' : 'all')
  const [chosen, setChosen] = useState<ExportColumn[]>(shown ?? [...ExportColumn.options])
  const [notes, setNotes] = useState(false)
  const wanted = which === 'all' ? undefined : which === 'shown' ? shown : chosen
  const create = useMutation({
    mutationFn: () =>
      call(createExport, {
        body: { selection: many.selection, format, notes, ...(format === 'csv' && wanted ? { columns: wanted } : {}) },
      }),
    onSuccess: (made) => {
      void cache.invalidateQueries({ queryKey: ['exports'] })
      if (made.jobId) follow(made.jobId)
      many.onAsked?.()
      onClose()
    },
    onError: tellProblem,
  })
  const nothing = format === 'csv' && which === 'chosen' && chosen.length === 0
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={t('export.title')}
      description={t(`export.text.${format}`, { count: many.count })}
      onSubmit={() => !nothing && !create.isPending && create.mutate()}
      footer={
        <>
          <Button variant="quiet" onClick={showDownloads}>
            {t('downloads.open')}
          </Button>
          <span className="grow" />
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={create.isPending} disabled={nothing}>
            {t('export.verb', { count: many.count })}
          </Button>
        </>
      }
    >
      <Segmented
        label={t('format')}
        value={format}
        onChange={setFormat}
        options={[
          { value: 'csv', label: t('export.csv') },
          { value: 'jsonl', label: t('export.jsonl') },
        ]}
      />
      {format === 'csv' && (
        <ColumnChoice which={which} onWhich={setWhich} shown={shown?.length} chosen={chosen} onChosen={setChosen} />
      )}
      <Checkbox checked={notes} onChange={setNotes}>
        {t('notes')} <span className="small t3">{t('noCoaching')}</span>
      </Checkbox>
    </Dialog>
  )
}
