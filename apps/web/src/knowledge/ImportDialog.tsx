/** Import knowledge: choose files, see what would become of them, then let a job write them. */
import { type ArticleImport, MAX_IMPORT_FILE_BYTES } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import Upload from 'lucide-react/icons/upload'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { Switch } from '../ui/Choice.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Select } from '../ui/Select.tsx'
import { foldersQuery } from './use-folders.ts'
import { useImport } from './use-import.ts'

const ACCEPTED = '.md,.markdown,.txt,.html,.htm,.csv,.tsv,.docx,.pdf'

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['knowledge', 'common'])
  const field = useRef<HTMLInputElement>(null)
  const { data: folders = [] } = useQuery(foldersQuery)
  const [folderId, setFolderId] = useState('none')
  const [publish, setPublish] = useState(false)
  const { read, start } = useImport(onClose)
  const count = read.data?.files.reduce((sum, file) => sum + file.count, 0) ?? 0
  const begin = () => {
    if (!read.data) return
    const wanted = { folderId: folderId === 'none' ? null : folderId, status: publish ? 'published' : 'draft' } as const
    start.mutate({ id: read.data.id, ...wanted })
  }
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t('knowledge:import.title')}
      description={t('knowledge:import.text', { megabytes: MAX_IMPORT_FILE_BYTES / 1024 / 1024 })}
      footer={
        <>
          <span className="small t3 grow">{publish ? t('knowledge:import.atOnce') : t('knowledge:import.draft')}</span>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button variant="primary" disabled={count === 0} busy={start.isPending} onClick={begin}>
            {t('knowledge:import.start', { count })}
          </Button>
        </>
      }
    >
      <input
        ref={field}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        aria-label={t('knowledge:import.choose')}
        onChange={(event) => {
          read.mutate([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <Button icon={Upload} busy={read.isPending} onClick={() => field.current?.click()}>
        {t('knowledge:import.choose')}
      </Button>
      {read.data && <Preview files={read.data.files} />}
      <Select
        label={t('knowledge:import.folder')}
        value={folderId}
        onChange={setFolderId}
        options={[
          { value: 'none', label: t('knowledge:folder.none') },
          ...folders.map((folder) => ({ value: folder.id, label: folder.name })),
        ]}
      />
      <div className="row">
        <Switch label={t('knowledge:import.publish')} checked={publish} onChange={setPublish} />
        <span>{t('knowledge:import.publish')}</span>
      </div>
    </Dialog>
  )
}

function Preview({ files }: { files: ArticleImport['files'] }) {
  const { t } = useTranslation('knowledge')
  return (
    <ul className="lbox imported" aria-label={t('import.found')}>
      {files.map((file, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and the list does not change
        <li className="lrow" key={i}>
          <span className={file.refused ? 'bad' : 'ok'}>
            <Icon of={file.refused ? CircleAlert : CircleCheck} size="s" />
          </span>
          <span className="strong tr" dir="auto">
            {file.name}
          </span>
          <span className="t2 small grow">{file.refused ? t(`import.refused.${file.refused}`) : becomes(file, t)}</span>
        </li>
      ))}
    </ul>
  )
}

function becomes(file: ArticleImport['files'][number], t: ReturnType<typeof useTranslation<'knowledge'>>['t']): string {
  const first = file.articles[0]
  if (file.count !== 1 || !first) return t('import.becomesMany', { count: file.count })
  return t(`import.becomes.${first.becomes}`, { title: first.title, words: first.words, language: first.language })
}
