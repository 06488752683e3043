/** The files of exports: being written, ready to take, or gone; newest first. */
import { call } from '@earshot/client'
import { type Export, linkExport, listExports, removeExport } from '@earshot/contracts'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Download from 'lucide-react/icons/download'
import Link2 from 'lucide-react/icons/link-2'
import Trash2 from 'lucide-react/icons/trash-2'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { Button, buttonClass, IconButton } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Icon } from '../ui/Icon.tsx'
import { toast } from '../ui/Toasts.tsx'
import { useJobCommands } from '../work/jobs.ts'

/** While one is being written it is read again this often. */
const AGAIN_MS = 700

const exportsQuery = queryOptions({
  queryKey: ['exports'],
  queryFn: async ({ signal }) => (await call(listExports, { query: { limit: 50 }, signal })).items,
  refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'writing') ? AGAIN_MS : false),
  refetchOnMount: 'always',
})

export function DownloadsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['exports', 'common'])
  const { data: files } = useQuery(exportsQuery)
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(next) => !next && onClose()}
      title={t('downloads.title')}
      description={t('downloads.text')}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onClose}>{t('common:close')}</Button>
        </>
      }
    >
      {files?.length === 0 && <p className="t3">{t('downloads.none')}</p>}
      <ul className="lbox export-files" aria-label={t('downloads.title')}>
        {files?.map((file) => (
          <li className="lrow" key={file.id}>
            <File file={file} />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function File({ file }: { file: Export }) {
  const { t, i18n } = useTranslation('exports')
  const number = new Intl.NumberFormat(i18n.language)
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  const said = [
    t(`state.${file.state}`, {
      count: file.done,
      done: number.format(file.done),
      total: number.format(file.total ?? 0),
    }),
    file.size !== null && file.state === 'ready' ? sizeText(file.size, i18n.language) : null,
    file.state === 'ready' ? t('downloads.until', { date: date.format(new Date(file.expiresAt)) }) : null,
    file.createdBy.name,
  ]
  return (
    <>
      <span className="grow col g1">
        <span className="strong tr">{file.name}</span>
        <span className="small t3 num">{said.filter(Boolean).join(' · ')}</span>
        {file.state === 'writing' && <Progress file={file} />}
      </span>
      <Commands file={file} />
    </>
  )
}

function Progress({ file: { done, total, name } }: { file: Export }) {
  const share = total ? Math.min(100, Math.round((100 * done) / total)) : 0
  return (
    <span className="progress" role="progressbar" aria-label={name} aria-valuenow={share}>
      <i style={{ inlineSize: `${share}%` }} />
    </span>
  )
}

function Commands({ file }: { file: Export }) {
  const { t } = useTranslation('exports')
  const cache = useQueryClient()
  const { cancel } = useJobCommands()
  const again = () => void cache.invalidateQueries({ queryKey: ['exports'] })
  const params = { id: file.id }
  const link = useMutation({
    mutationFn: () => call(linkExport, { params }),
    onSuccess: async ({ url }) => {
      await navigator.clipboard.writeText(url)
      toast.done(t('downloads.linkCopied'))
    },
    onError: tellProblem,
  })
  const remove = useMutation({
    mutationFn: () => call(removeExport, { params }),
    onSettled: again,
    onError: tellProblem,
  })
  if (file.state === 'writing' && file.jobId)
    return (
      <Button size="sm" onClick={() => file.jobId && cancel(file.jobId)}>
        {t('downloads.stop')}
      </Button>
    )
  if (file.state !== 'ready') return null
  return (
    <span className="row g2">
      <a className={buttonClass({ size: 'sm' })} href={`/api/v1/exports/${file.id}/file`} download>
        <Icon of={Download} size="s" />
        {t('downloads.download')}
      </a>
      <IconButton
        size="sm"
        label={t('downloads.link', { name: file.name })}
        icon={Link2}
        onClick={() => link.mutate()}
      />
      <IconButton
        size="sm"
        label={t('downloads.remove', { name: file.name })}
        icon={Trash2}
        onClick={() => remove.mutate()}
      />
    </span>
  )
}

function sizeText(bytes: number, language: string): string {
  const unit = bytes < 1_000_000 ? 'kilobyte' : 'megabyte'
  const value = Math.max(bytes / (unit === 'kilobyte' ? 1000 : 1_000_000), 0.1)
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(
    value,
  )
}
